import type { Instance } from '../store/instance';
import { createReader } from '../store/reader';
import type { InstanceStatus, MirrorStatus } from '../store/runs';
import { loadStatus } from '../store/status';
import { WORKERS } from './workers';

/** What the database of a folder holds of all instances. */
export async function mirrorStatus(folder: string): Promise<MirrorStatus> {
  const reader = createReader({ folder, workerPath: WORKERS.reader });
  try {
    return await loadStatus(folder, reader);
  } finally {
    reader.dispose();
  }
}

/** What it holds of one instance; undefined when that was never synced. */
export async function statusOf(
  folder: string,
  { id }: Pick<Instance, 'id'>,
): Promise<InstanceStatus | undefined> {
  const { instances } = await mirrorStatus(folder);
  return instances.find(({ instanceId }) => instanceId === id);
}
