import { statSync } from 'node:fs';
import type { DataFolder } from '../files/dataFolder';
import { generationPath, newestGeneration, type SealedImage } from '../files/fileGeneration';
import { candidatesIn, readSealed } from '../files/generationStore';
import { isOurs } from '../migrations';

/** The newest sound file of a folder, read again only when a newer one appears. Damaged files are left to the writer. */
export class NewestImage {
  readonly #folder: DataFolder;
  #listed = '';
  #loaded: SealedImage | undefined;

  constructor(folder: DataFolder) {
    this.#folder = folder;
  }

  /** @returns undefined when nothing was published yet; the same object as long as nothing newer is there. */
  current(): SealedImage | undefined {
    let listed = newestIn(this.#folder);
    while (this.#loaded === undefined || listed !== this.#listed) {
      const loaded = newestFile(this.#folder);
      this.#listed = listed;
      this.#loaded = loaded ?? this.#loaded;
      // While we read, a writer may have published and pruned what we had listed.
      listed = newestIn(this.#folder);
      if (this.#loaded === undefined && listed === this.#listed) {
        return undefined;
      }
    }
    return this.#loaded;
  }
}

/** Which file is the newest one: whoever replaces a whole folder may bring another of the same number. */
function newestIn({ generations }: DataFolder): string {
  const number = newestGeneration(generations);
  const file = statSync(generationPath(generations, number), { throwIfNoEntry: false });
  return [number, file?.ino, file?.mtimeMs, file?.size].join(' ');
}

/** A file whose seal is right. */
export interface SoundFile extends SealedImage {
  readonly path: string;
}

/** What readers take: the first sound one of the files that may hold the newest state, whatever its schema. */
export function newestFile(folder: DataFolder): SoundFile | undefined {
  for (const path of candidatesIn(folder)) {
    const sealed = readSealed(path);
    if (typeof sealed !== 'string' && isOurs(sealed.image)) {
      return { ...sealed, path };
    }
  }
  return undefined;
}
