import type { DataFolder } from '../dataFolder';
import { newestGeneration, type SealedImage } from '../fileGeneration';
import { candidatesIn, readSealed } from '../generationStore';
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
      const loaded = readFirst(candidatesIn(this.#folder));
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

function readFirst(paths: readonly string[]): SealedImage | undefined {
  for (const path of paths) {
    const sealed = readSealed(path);
    if (typeof sealed !== 'string' && isOurs(sealed.image)) {
      return sealed;
    }
  }
  return undefined;
}
