import { existsSync, statSync } from 'node:fs';
import { removeOwnTemporaries } from '../store/files/durableFiles';
import { removingAtExit } from '../store/files/removingAtExit';
import { formatBytes } from '../sync/words';
import { CliError } from './exitCodes';
import { jsonText } from './jsonText';
import { noteExport } from './noteExport';
import type { Terminal } from './terminal';
import { withReader } from './workers';

/** How a copy is saved and told. */
export interface CopyOptions {
  readonly force?: boolean;
  readonly json?: boolean;
}

/**
 * Saves a complete copy of the database, all message text in one file, and says so. @param path absolute
 * @throws CliError where the file exists and is not to be replaced, NoDatabaseError before the first sync; the signal's reason
 */
export async function saveCompleteCopy(
  folder: string,
  path: string,
  { force, json }: CopyOptions,
  terminal: Terminal,
): Promise<void> {
  if (force !== true && existsSync(path)) {
    throw new CliError(`${path} exists already. Choose another name, or replace it with --force.`);
  }
  const bytes = await copied(folder, path, terminal.signal);
  await noteExport(folder, { path, format: 'sqlite', kind: 'copy' }, terminal);
  terminal.out(json === true ? jsonText({ path, bytes }) : `Saved ${path} (${formatBytes(bytes)}).\n`);
}

/**
 * Whole or not there, also where the signal ends it: a copy that got its name in the moment of the signal is saved, and told.
 * @returns its size in bytes
 */
async function copied(folder: string, path: string, signal: AbortSignal): Promise<number> {
  const earlier = fileAt(path);
  const remove = (): void => removeOwnTemporaries(path);
  try {
    return await removingAtExit(remove, () => withReader(folder, (reader) => reader.saveCopy(path), signal));
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
    remove();
    const saved = fileAt(path);
    if (saved === undefined || saved.ino === earlier?.ino) {
      throw error;
    }
    return Number(saved.size);
  }
}

/** A file that is replaced by another has another number (`ino`). */
function fileAt(path: string): { readonly ino: bigint; readonly size: bigint } | undefined {
  return existsSync(path) ? statSync(path, { bigint: true }) : undefined;
}
