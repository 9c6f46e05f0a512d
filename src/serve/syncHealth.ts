import { Gauge, Registry } from 'prom-client';
import type { Instance } from '../store/instances/instance';
import type { InstanceStatus, MirrorStatus, RunStatus, RunSummary } from '../store/runs';

const PREFIX = 'openwebui_sync_';

/** Every end that a run may have: a series each, so that an alert can name one. */
const RUN_STATUSES: readonly RunStatus[] = [
  'running',
  'ok',
  'partial',
  'failed',
  'cancelled',
  'interrupted',
  'deferred',
];

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number | undefined];

/** What is told of each instance. An unknown value is left out. */
interface InstanceGauge {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  readonly samples: (status: InstanceStatus, now: number) => readonly Sample[];
}

const INSTANCE_GAUGES: readonly InstanceGauge[] = [
  {
    name: 'last_sync_timestamp_seconds',
    help: 'End of the last sync that brought the mirror up to date, seconds since 1970.',
    samples: ({ lastSyncEpoch }) => [[{}, lastSyncEpoch]],
  },
  {
    name: 'last_sync_age_seconds',
    help: 'Seconds since the end of the last sync that brought the mirror up to date.',
    samples: ({ lastSyncEpoch }, now) => [
      [{}, lastSyncEpoch === undefined ? undefined : Math.max(0, now - lastSyncEpoch)],
    ],
  },
  {
    name: 'last_run_status',
    help: '1 for the status of the newest run, 0 for the others.',
    labels: ['status'],
    samples: ({ runs: [newest] }) =>
      newest === undefined
        ? []
        : RUN_STATUSES.map((status) => [{ status }, Number(newest.status === status)]),
  },
  {
    name: 'last_run_duration_seconds',
    help: 'How long the newest run that ended took.',
    samples: ({ runs }) => [[{}, seconds(ended(runs)?.durationMs)]],
  },
  {
    name: 'last_run_requests',
    help: 'Requests of the newest run that ended.',
    samples: ({ runs }) => [[{}, ended(runs)?.requests]],
  },
  {
    name: 'last_run_rows',
    help: 'Rows of the newest run that ended, by what happened to them.',
    labels: ['change'],
    samples: ({ runs }) => {
      const run = ended(runs);
      return run === undefined
        ? []
        : (['inserted', 'updated', 'deleted', 'restored', 'quarantined'] as const).map((change) => [
            { change },
            run.counts[change],
          ]);
    },
  },
  {
    name: 'held_deletions',
    help: 'Deletions that wait for a person.',
    samples: ({ heldDeletions }) => [[{}, heldDeletions]],
  },
  {
    name: 'stream_problem',
    help: '1 for each stream that cannot be read.',
    labels: ['stream', 'code'],
    samples: ({ problems }) => problems.map(({ stream, code }) => [{ stream, code }, 1]),
  },
  {
    name: 'stream_problem_since_timestamp_seconds',
    help: 'Since when a stream cannot be read, seconds since 1970.',
    labels: ['stream', 'code'],
    samples: ({ problems }) => problems.map(({ stream, code, since }) => [{ stream, code }, since]),
  },
  {
    name: 'mirrored',
    help: 'What the mirror holds and the server has not deleted.',
    labels: ['kind'],
    samples: ({ users, chats, messages }) => [
      [{ kind: 'users' }, users],
      [{ kind: 'chats' }, chats],
      [{ kind: 'messages' }, messages],
    ],
  },
];

/**
 * Health of syncs in the text format of Prometheus. An instance that was never synced has its `instance_info` alone.
 * @param now seconds since 1970
 */
export function syncHealthText(
  instances: readonly Instance[],
  status: MirrorStatus,
  now: number,
): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: readonly string[] = []): Gauge =>
    new Gauge({ name: PREFIX + name, help, labelNames: [...labelNames], registers: [registry] });

  gauge('file_generation', 'Number of the newest file generation; 0: nothing was synced yet.').set(
    status.generation,
  );
  const bytes = gauge('database_bytes', 'Bytes of the mirror: the database, and files of older text.', [
    'part',
  ]);
  if (status.sizes !== undefined) {
    bytes.set({ part: 'database' }, status.sizes.imageBytes);
    bytes.set({ part: 'text' }, status.sizes.shardBytes);
  }
  const info = gauge('instance_info', '1 for each instance that is set up.', [
    'instance',
    'enabled',
    'version',
  ]);
  const known = new Map(status.instances.map((one) => [one.instanceId, one]));
  for (const { id, name, enabled } of instances) {
    info.set({ instance: name, enabled: String(enabled), version: known.get(id)?.version ?? '' }, 1);
  }
  for (const { name, help, labels = [], samples } of INSTANCE_GAUGES) {
    const made = gauge(name, help, ['instance', ...labels]);
    for (const instance of instances) {
      const one = known.get(instance.id);
      for (const [more, value] of one === undefined ? [] : samples(one, now)) {
        if (value !== undefined) {
          made.set({ instance: instance.name, ...more }, value);
        }
      }
    }
  }
  return registry.metrics();
}

function ended(runs: readonly RunSummary[]): RunSummary | undefined {
  return runs.find(({ status }) => status !== 'running');
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}
