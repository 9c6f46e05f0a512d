import type { Instance } from '../store/instances/instance';
import type { InstanceStatus, MirrorStatus } from '../store/runs';
import { loadStatus } from '../store/status';
import { withReader } from './workers';

/** What the database of a folder holds of all instances. */
export function mirrorStatus(folder: string): Promise<MirrorStatus> {
  return withReader(folder, (reader) => loadStatus(folder, reader));
}

/** What it holds of one instance; undefined when that was never synced. */
export async function statusOf(
  folder: string,
  { id }: Pick<Instance, 'id'>,
): Promise<InstanceStatus | undefined> {
  const { instances } = await mirrorStatus(folder);
  return instances.find(({ instanceId }) => instanceId === id);
}
