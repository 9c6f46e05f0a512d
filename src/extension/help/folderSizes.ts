import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../store/errors';
import type { DataFolder } from '../../store/files/dataFolder';
import { generationPath, headerOf, namesIn, newestGeneration } from '../../store/files/fileGeneration';
import type { FolderSizes } from './diagnostics';

/** How many files the data folder holds and how large they are. */
export async function folderSizes(folder: DataFolder): Promise<FolderSizes> {
  const [generations, content] = await Promise.all([sizesIn(folder.generations), sizesIn(folder.content)]);
  return {
    generations: generations.length,
    generationBytes: sum(generations),
    contentFiles: content.length,
    contentBytes: sum(content),
    backups: namesIn(folder.daily).length + namesIn(folder.pinned).length,
  };
}

const HEADER_BYTES = 100;

/** `user_version` of the newest generation, without opening it as a database; undefined where there is none. */
export async function schemaOf(folder: DataFolder): Promise<number | undefined> {
  const newest = newestGeneration(folder.generations);
  if (newest === 0) {
    return undefined;
  }
  const file = await open(generationPath(folder.generations, newest), 'r');
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return bytesRead === HEADER_BYTES ? headerOf(buffer).schema : undefined;
  } finally {
    await file.close();
  }
}

/** Files that go while they are looked at count as nothing. */
async function sizesIn(folder: string): Promise<readonly number[]> {
  return Promise.all(
    namesIn(folder).map(async (name) => {
      try {
        return (await stat(join(folder, name))).size;
      } catch (error) {
        if (codeOf(error) === 'ENOENT') {
          return 0;
        }
        throw error;
      }
    }),
  );
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all + size, 0);
}
