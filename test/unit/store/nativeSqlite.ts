import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/sqlite3', '/usr/local/bin/sqlite3', '/opt/homebrew/bin/sqlite3'];

/** Asks the `sqlite3` program of this machine; undefined where it has none: skip the test then. */
export function nativeSqlite(): ((file: string, sql: string) => string) | undefined {
  const program = PLACES.find(existsSync);
  return program === undefined
    ? undefined
    : (file, sql) => execFileSync(program, ['-readonly', file, sql], { encoding: 'utf8' });
}
