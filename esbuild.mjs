// Builds everything that ships (dist/) and, with --tests, what the test hosts load (out/test/).
// Usage: node esbuild.mjs [--production] [--watch] [--tests]
import * as esbuild from 'esbuild';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
  loader: { '.sql': 'text', '.md': 'text' },
};

/** @type {esbuild.BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Its entry for Node carries a fetch of its own, which we never use: half of the extension's time to load.
  alias: { ofetch: './node_modules/ofetch/dist/index.mjs' },
};

/** @type {esbuild.BuildOptions} */
const browser = {
  ...common,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  alias: { 'vega-expression': './node_modules/vega-expression' },
};

/**
 * One module that hands on `vscode`: imported by each file itself, its hundreds of names would be copied for each of them
 * while the extension starts, which is most of that time.
 * @type {esbuild.Plugin}
 */
const vscodeOnce = {
  name: 'vscode once',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ path, namespace }) =>
      namespace === 'handed-on' ? { path, external: true } : { path, namespace: 'handed-on' },
    );
    build.onLoad({ filter: /.*/, namespace: 'handed-on' }, () => ({ contents: "export * from 'vscode';" }));
  },
};

/** @type {Record<string, esbuild.BuildOptions>} */
const bundles = {
  // Only the extension may import `vscode`: the other bundles fail to build if they do.
  // Vega is large: it stays in a bundle of its own, which runs in a worker.
  extension: {
    ...node,
    entryPoints: { extension: 'src/extension/extension.ts' },
    plugins: [vscodeOnce],
  },
  reportExport: {
    ...node,
    entryPoints: { reportExport: 'src/reports/export/exportWorker.ts' },
    alias: {
      // Without the optional canvas for Node, which is loaded by top-level await: CommonJS has none.
      'vega-canvas': './node_modules/vega-canvas/build/vega-canvas.browser.js',
      'vega-expression': './node_modules/vega-expression',
    },
  },
  workers: {
    ...node,
    entryPoints: {
      writer: 'src/sync/writerWorker.ts',
      reader: 'src/store/readerWorker.ts',
      query: 'src/store/queryWorker.ts',
      resultExport: 'src/reports/export/resultExportWorker.ts',
      tableExport: 'src/exports/exportWorker.ts',
    },
  },
  // The only bundle that holds the SDK of Azure: loaded by path when costs are asked for.
  azure: { ...node, entryPoints: { azure: 'src/sync/azure/azure.ts' } },
  // The only bundle that holds servers: loaded by path by the command line.
  servers: { ...node, entryPoints: { servers: 'src/serve/servers.ts' } },
  // The only bundle that holds the driver of PostgreSQL: loaded by path when a warehouse is asked for. Its optional parts
  // (a driver in C, sockets of Cloudflare) are never reached.
  warehouse: {
    ...node,
    entryPoints: { warehouse: 'src/warehouse/warehouse.ts' },
    external: ['pg-native', 'cloudflare:sockets'],
  },
  demo: { ...node, entryPoints: { demo: 'src/demo/demoWorker.ts' } },
  cli: { ...node, entryPoints: { cli: 'src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
  sample: { ...node, entryPoints: { sample: 'src/sample/main.ts' } },
  webview: {
    ...browser,
    entryPoints: {
      'webview/report': 'src/webview/report/main.mts',
      'webview/results': 'src/webview/results/main.mts',
      'webview/resultsChart': 'src/webview/results/chart/main.mts',
      'webview/conversation': 'src/webview/conversation/main.mts',
      'webview/dashboard': 'src/webview/dashboard/main.mts',
      'webview/toolbar': 'src/webview/shared/toolbar.mts',
      'webview/exportRuntime': 'src/webview/export/main.mts',
    },
  },
  // VS Code loads a renderer as a module; what draws charts it takes from `webview/resultsChart` when one is asked for.
  renderer: {
    ...browser,
    format: 'esm',
    entryPoints: { 'webview/notebook': 'src/webview/notebook/main.mts' },
  },
  styles: {
    ...common,
    entryPoints: {
      'webview/report': 'src/webview/report/report.css',
      'webview/results': 'src/webview/results/results.css',
      'webview/conversation': 'src/webview/conversation/conversation.css',
      'webview/dashboard': 'src/webview/dashboard/dashboard.css',
      'webview/notebook': 'src/webview/notebook/notebook.css',
    },
  },
};

/** @type {Record<string, esbuild.BuildOptions>} */
const testBundles = {
  hostTests: {
    ...node,
    entryPoints: { 'test/host/index': 'test/host/index.ts' },
    external: ['vscode', 'mocha'],
    outdir: 'out',
  },
};

const selected = { ...bundles, ...(tests ? testBundles : {}) };
if (!watch) {
  await rm('dist', { recursive: true, force: true });
}
await mkdir('dist', { recursive: true });
await copyFile('node_modules/sql.js/dist/sql-wasm.wasm', 'dist/sql-wasm.wasm');

if (watch) {
  const contexts = await Promise.all(
    Object.values(selected).map((options) => esbuild.context({ outdir: 'dist', ...options })),
  );
  await Promise.all(contexts.map((context) => context.watch()));
  console.log('Watching for changes. Press Ctrl+C to stop.');
} else {
  const results = await Promise.all(
    Object.entries(selected).map(async ([name, options]) => [
      name,
      (await esbuild.build({ outdir: 'dist', ...options })).metafile,
    ]),
  );
  await mkdir('out', { recursive: true });
  await writeFile('out/bundles.json', JSON.stringify(Object.fromEntries(results)));
}
