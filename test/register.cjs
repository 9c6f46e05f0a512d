// Lets unit tests import `.sql` files as text, as the bundles do (loader in esbuild.mjs).
const { readFileSync } = require('node:fs');
const Module = require('node:module');

Module._extensions['.sql'] = (module, file) => {
  module.exports = readFileSync(file, 'utf8');
};
