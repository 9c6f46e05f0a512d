// Lets unit tests import `.sql` and `.md` files as text, as the bundles do (loader in esbuild.mjs).
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');

for (const extension of ['.sql', '.md']) {
  Module._extensions[extension] = (module, file) => {
    module.exports = readFileSync(file, 'utf8');
  };
}

// Vega's canvas for Node is optional and not installed; its top-level await does not load in CommonJS. The bundles
// take the other build too (alias in esbuild.mjs).
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return request === 'vega-canvas'
    ? join(__dirname, '../node_modules/vega-canvas/build/vega-canvas.browser.js')
    : resolveFilename.call(this, request, ...rest);
};
