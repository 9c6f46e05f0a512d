import { randomUUID } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as l10n from '@vscode/l10n';

/**
 * Writes a file unless it is there already, whole or not at all: of several windows that try at once, one does. Folders are
 * made as needed.
 * @returns whether it was written now.
 * @throws Error naming the file
 */
export async function writeOnce(path: string, text: string): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    try {
      await writeFile(temporary, text, { flag: 'wx' });
      return await linkOnce(temporary, path, text);
    } finally {
      await rm(temporary, { force: true });
    }
  } catch (error) {
    throw new Error(l10n.t('Failed to write {0}', path), { cause: error });
  }
}

/** A link never replaces a file. Some file systems have none: there, a reader may see the file while it grows. */
async function linkOnce(temporary: string, path: string, text: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    return isExisting(error) ? false : createOnce(path, text);
  }
}

async function createOnce(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isExisting(error)) {
      return false;
    }
    throw error;
  }
}

function isExisting(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EEXIST';
}
