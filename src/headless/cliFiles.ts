/** What the command line does not start or sync without, below the folder of its bundle. */
export const NEEDED_FILES = ['cli.js', 'writer.js', 'reader.js', 'query.js', 'sql-wasm.wasm'] as const;

/** What single commands of it load; absent where a build has none. `.npmignore` packs the same. */
export const FURTHER_FILES = [
  'azure.js',
  'warehouse.js',
  'servers.js',
  'reportExport.js',
  'tableExport.js',
  'webview/exportRuntime.js',
] as const;
