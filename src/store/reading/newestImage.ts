import type { DataFolder } from '../files/dataFolder';
import { newestGeneration, type SealedImage } from '../files/fileGeneration';
import { candidatesIn, readSealed } from '../files/generationStore';
import { isOurs } from '../migrations';

/** The newest sound file of a folder, read again only when a newer one appears. Damaged files are left to the writer. */
export class NewestImage {
  readonly #folder: DataFolder;
  #listed = 0;
  #loaded: SealedImage | undefined;

  constructor(folder: DataFolder) {
    this.#folder = folder;
  }

  /** @returns undefined when nothing was published yet; the same object as long as nothing newer is there. */
  current(): SealedImage | undefined {
    let listed = newestGeneration(this.#folder.generations);
    while (this.#loaded === undefined || listed !== this.#listed) {
      const loaded = newestFile(this.#folder);
      this.#listed = listed;
      this.#loaded = loaded ?? this.#loaded;
      // While we read, a writer may have published and pruned what we had listed.
      listed = newestGeneration(this.#folder.generations);
      if (this.#loaded === undefined && listed === this.#listed) {
        return undefined;
      }
    }
    return this.#loaded;
  }
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
