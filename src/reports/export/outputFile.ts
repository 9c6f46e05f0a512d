import { randomUUID } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as l10n from '@vscode/l10n';
import { codeOf } from '../../store/errors';
import { makeFolder } from '../../store/files/makeFolder';
import { outputPlace } from '../../store/files/outputPlace';
import { removingAtExit } from '../../store/files/removingAtExit';
import { WRITE_REASONS } from '../../store/files/writeReasons';

/** What a file is made of: all at once or as it comes. */
export type FileContent =
  string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file as a whole: whoever opens it sees the old or the new one. Folders are made as needed; what a failure
 * leaves is removed, and so is what is unfinished when the process exits.
 * @throws Error naming the file, and why where that is known
 */
export async function writeOutput(path: string, content: FileContent): Promise<void> {
  try {
    makeFolder(dirname(path));
    await replaceWith(outputPlace(path), content);
  } catch (error) {
    const reason = WRITE_REASONS[codeOf(error) ?? ''];
    const sentence =
      reason === undefined
        ? l10n.t('Failed to write {0}', path)
        : l10n.t('Failed to write {0}: {1}.', path, reason);
    throw new Error(sentence, { cause: error });
  }
}

async function replaceWith(place: string, content: FileContent): Promise<void> {
  const temporary = `${place}.${randomUUID()}.tmp`;
  const parts = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  const remove = (): void => rmSync(temporary, { force: true });
  await removingAtExit(remove, async () => {
    try {
      await pipeline(parts, createWriteStream(temporary, { flags: 'wx' }));
      await rename(temporary, place);
    } catch (error) {
      // The failure before this is the one to tell.
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  });
}

/** All of it, for a place that takes no stream. */
export async function contentBytes(content: FileContent): Promise<Uint8Array> {
  if (typeof content === 'string' || content instanceof Uint8Array) {
    return Buffer.from(content);
  }
  const parts: Buffer[] = [];
  for await (const part of content) {
    parts.push(Buffer.from(part));
  }
  return Buffer.concat(parts);
}
