import { Readable } from 'node:stream';
import { openPromise, type Entry } from 'yauzl';
import { codeOf, toError } from '../../store/errors';

/** The files in an archive, folders left out; undefined where it is damaged. */
export async function zipEntries(path: string): Promise<readonly Entry[] | undefined> {
  const entries: Entry[] = [];
  try {
    const archive = await openPromise(path);
    for await (const entry of archive.eachEntry()) {
      if (!entry.fileName.endsWith('/')) {
        entries.push(entry);
      }
    }
  } catch (error) {
    if (isOfSystem(error)) {
      throw error;
    }
    return undefined;
  }
  return entries;
}

/** A file's unpacked bytes. */
export function openZipEntry(path: string, entry: Entry, signal: AbortSignal): Readable {
  return Readable.from(unpacked(path, entry), { objectMode: false, signal });
}

/** @throws Error with a code of zlib where the archive is damaged, whoever noticed */
async function* unpacked(path: string, entry: Entry): AsyncGenerator<Uint8Array> {
  const archive = await openPromise(path, { autoClose: false });
  try {
    for await (const bytes of await archive.openReadStreamPromise(entry)) {
      yield bytes as Uint8Array;
    }
  } catch (error) {
    throw isOfSystem(error)
      ? error
      : Object.assign(new Error(toError(error).message, { cause: error }), { code: 'Z_DATA_ERROR' });
  } finally {
    archive.close();
  }
}

/** Or of zlib. The library's own errors have no code. */
function isOfSystem(error: unknown): boolean {
  return codeOf(error) !== undefined;
}
