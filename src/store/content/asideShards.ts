import { join } from 'node:path';
import type { DataFolder } from '../files/dataFolder';
import { renameWithRetry, syncFolder } from '../files/durableFiles';
import { codeOf } from '../errors';

/** Told from damaged databases by the beginning of their names. */
const PREFIX = 'text-';

/** Whether a name in `corrupt/` is that of a damaged shard. */
export function isShardPutAside(name: string): boolean {
  return name.startsWith(PREFIX);
}

/**
 * Moves a damaged shard to `corrupt/`: nothing is ever thrown away. One that is not there is no failure.
 * @param time part of its new name, such as `20251116-143015`
 */
export function putShardAside({ content, corrupt }: DataFolder, name: string, time: string): void {
  try {
    renameWithRetry(
      join(content, name),
      join(corrupt, `${PREFIX}${name.replace(/\.db$/u, '')}-${time}-${process.pid}.db`),
    );
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') {
      throw error;
    }
    return;
  }
  syncFolder(corrupt);
  syncFolder(content);
}
