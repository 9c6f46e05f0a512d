import type { Instance } from '../../store/instances/instance';
import type { InstanceStatus } from '../../store/runs';
import { json, route } from './route';

/** The instances, without anything that opens them. */
export const instancesRoute = route({
  method: 'get',
  path: '/v1/instances',
  operationId: 'listInstances',
  summary: 'The Open WebUI servers that are mirrored',
  input: {},
  answer: { contentType: 'application/json', schema: 'Instances' },
  problems: ['unavailable'],
  run: async (_input, { mirror }) => {
    const [{ instances, zone }, status] = await Promise.all([mirror.instances(), mirror.status()]);
    return json({
      zone,
      instances: instances.map((instance) =>
        instanceEntry(
          instance,
          status.instances.find(({ instanceId }) => instanceId === instance.id),
        ),
      ),
    });
  },
});

/** What `status --json` tells, without addresses. */
export const statusRoute = route({
  method: 'get',
  path: '/v1/status',
  operationId: 'getStatus',
  summary: 'What the mirror holds of each instance, its last syncs, and what failed',
  input: {},
  answer: { contentType: 'application/json', schema: 'Status' },
  problems: ['unavailable'],
  run: async (_input, { mirror }) => {
    const [{ zone }, { generation, sizes, instances }] = await Promise.all([
      mirror.instances(),
      mirror.status(),
    ]);
    return json({
      generation,
      zone,
      sizes: sizes ?? null,
      // An undefined value is no part of JSON.
      instances: instances.map((instance) => ({ ...instance, url: undefined })),
    });
  },
});

function instanceEntry(instance: Instance, status: InstanceStatus | undefined): object {
  const { id, name, url, enabled, privacy = 'full' } = instance;
  return {
    id,
    name,
    url: withoutCredentials(url),
    enabled,
    privacy,
    version: status?.version ?? null,
    lastSync: status?.lastSync ?? null,
    lastSyncEpoch: status?.lastSyncEpoch ?? null,
  };
}

/** None should be there, but the file may have been written by hand. */
function withoutCredentials(url: string): string {
  if (!URL.canParse(url)) {
    return '';
  }
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/+$/u, '');
}
