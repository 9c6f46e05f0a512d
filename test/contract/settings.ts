import type { ServerDatabase } from './truth';

/** Where everything is that a run needs, as `scripts/contract.mjs` tells it. */
export interface Settings {
  readonly version: string;
  readonly url: string;
  readonly cli: string;
  /** For data folders; removed afterwards. */
  readonly folder: string;
  readonly database: ServerDatabase;
  readonly controlUrl: string;
}

/** @throws Error when the test was not started by `npm run test:contract`. */
export function readSettings(): Settings {
  return {
    version: setting('VERSION'),
    url: setting('URL'),
    cli: setting('CLI'),
    folder: setting('FOLDER'),
    database: { file: setting('DATABASE'), python: setting('PYTHON') },
    controlUrl: setting('CONTROL'),
  };
}

function setting(name: string): string {
  const value = process.env[`CONTRACT_${name}`];
  if (value === undefined || value === '') {
    throw new Error(`CONTRACT_${name} is not set; start this test with npm run test:contract`);
  }
  return value;
}
