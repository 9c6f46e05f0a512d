import { dataFolderAt, ensureDataFolder, type DataFolder } from '../files/dataFolder';
import { GenerationStore } from '../files/generationStore';
import { loadInstances } from '../instances/instancesFile';
import { openMirror, openMirrorCopy, type OpenedMirror } from './openMirror';

/** A mirror's database with the folder that it came from. */
export interface OpenedFile extends OpenedMirror {
  readonly folder: DataFolder;
  readonly store: GenerationStore;
  /** The newest generation that anybody has published; higher than `generation` where that one is damaged. */
  readonly base: number;
  /** Of the data folder's hashed user ids; undefined as long as none was needed. */
  readonly salt: string | undefined;
}

/**
 * Opens the newest generation for writing. Makes the folder, and sweeps what crashed processes left there.
 * @param time part of the name of a damaged file. @throws NewerDatabaseError, InstancesFileError
 */
export async function openFile(root: string, time: string): Promise<OpenedFile> {
  const folder = ensureDataFolder(root);
  const store = new GenerationStore(folder);
  store.sweep();
  // Before opening: a generation that another process publishes from here on must end in a conflict.
  const highest = store.highestNumber();
  const opened = await openMirror(folder, store, time);
  const { salt } = await loadInstances(folder.root);
  return { ...opened, folder, store, base: Math.max(opened.generation, highest), salt };
}

/** A throw-away copy of the newest generation: nothing in the folder is touched. @throws NewerDatabaseError, InstancesFileError */
export async function openFileCopy(root: string): Promise<OpenedFile> {
  const folder = dataFolderAt(root);
  const copy = await openMirrorCopy(folder);
  const { salt } = await loadInstances(folder.root);
  return { ...copy, folder, store: new GenerationStore(folder), base: copy.generation, salt };
}
