import type { ToolHost } from '../assistant/callTool';
import type { Mirror } from '../serve/mirror';

/** What a tool call needs, read anew: what was agreed to, and how fresh the mirror is. @throws Error where the data folder is gone */
export async function toolHostOf(mirror: Mirror): Promise<ToolHost> {
  if (!mirror.isThere()) {
    throw new Error('The data folder is not there any more.');
  }
  const [{ instances, zone }, status] = await Promise.all([mirror.instances(), mirror.status()]);
  return {
    instances,
    instancesNow: async () => (await mirror.instances()).instances,
    status,
    syncing: status.instances
      .filter(({ runs }) => runs.some((run) => run.status === 'running'))
      .map(({ instanceId }) => instanceId),
    queries: mirror.queries,
    generation: () => mirror.reader.generation(),
    now: Date.now(),
    zone,
  };
}
