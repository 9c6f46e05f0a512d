import { realpathSync, statSync } from 'node:fs';

/** Why something is not replaced by a file: a key of `WRITE_REASONS`. */
const NO_FILE = 'NO_FILE';

/**
 * Where a file is put that a person named: behind links, so that those stay.
 * @throws an Error with a code of `WRITE_REASONS` where a device or a pipe is there: replacing `/dev/null` breaks a computer
 */
export function outputPlace(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory()) {
    return path;
  }
  if (!found.isFile()) {
    throw Object.assign(new Error(`${path} is no file`), { code: NO_FILE });
  }
  return realpathSync(path);
}
