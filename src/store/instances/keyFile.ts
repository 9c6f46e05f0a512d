import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../files/dataFolder';
import { replaceFile } from '../files/durableFiles';
import { explained } from '../files/storageFailure';
import type { CredentialSource, Instance } from './instance';

/** Where the data folder keeps the key of an instance, if a person asked the command line to keep it. */
export function keyFileOf(root: string, { id }: Pick<Instance, 'id'>): string {
  return join(dataFolderAt(root).keys, `${id}.key`);
}

/**
 * Writes a key into the data folder, readable by its owner alone (file 0600, folder 0700); one that is there is replaced
 * as a whole. @returns what `instances.json` says of it @throws StorageError
 */
export function writeKeyFile(root: string, instance: Pick<Instance, 'id'>, key: string): CredentialSource {
  const path = keyFileOf(root, instance);
  const { keys } = dataFolderAt(root);
  explained(root, 0, () => {
    mkdirSync(keys, { recursive: true, mode: 0o700 });
    chmodSync(keys, 0o700);
  });
  replaceFile(path, `${key}\n`);
  return { kind: 'file', path };
}

/** Deletes the key that the data folder keeps of an instance; none is no failure. @throws StorageError */
export function removeKeyFile(root: string, instance: Pick<Instance, 'id'>): void {
  explained(root, 0, () => rmSync(keyFileOf(root, instance), { force: true }));
}
