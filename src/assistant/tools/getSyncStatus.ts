import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { InstanceStatus, RunSummary } from '../../store/runs';
import { formatDateTime } from '../../sync/words';
import { chosenOf, type AvailableInstance } from '../available';
import { todayText } from '../modelWords';
import { rowsTable } from '../markdownTable';
import { toolOf } from '../toolTypes';

/** Runs of each instance that are told. */
const RUNS = 3;

/** How fresh the mirror is, what failed, and what the user can do about it. */
export const getSyncStatus = toolOf({
  name: 'openwebui_get_sync_status',
  input: v.object({}),
  output: v.object({
    now: v.string(),
    zone: v.string(),
    instances: v.array(
      v.object({
        instance_id: v.number(),
        name: v.string(),
        is_syncing: v.boolean(),
        last_sync: v.nullable(v.string()),
        held_deletions: v.number(),
        unreadable: v.array(v.object({ stream: v.string(), code: v.string(), since: v.string() })),
        runs: v.array(v.record(v.string(), v.nullable(v.union([v.string(), v.number()])))),
      }),
    ),
  }),
  progress: () => l10n.t('Looking at the last syncs'),
  run: async (_input, { available, status, syncing, now, zone }) => {
    const known = chosenOf(available).map((instance) => ({
      instance,
      isSyncing: syncing.includes(instance.id),
      status: status.find(({ instanceId }) => instanceId === instance.id),
    }));
    return Promise.resolve({
      text: [...known.map((one) => partOf(one, zone)), todayText(now, zone)].join('\n\n'),
      data: { now: formatDateTime(now, zone), zone, instances: known.map((one) => dataOf(one, zone)) },
    });
  },
});

/** An instance, and what is known of its syncs. */
interface Known {
  readonly instance: AvailableInstance;
  readonly isSyncing: boolean;
  readonly status: InstanceStatus | undefined;
}

function dataOf({ instance: { id, name, text }, isSyncing, status }: Known, zone: string): object {
  return {
    instance_id: id,
    name,
    is_syncing: isSyncing,
    last_sync: status?.lastSync ?? null,
    held_deletions: status?.heldDeletions ?? 0,
    unreadable: (status?.problems ?? []).map(({ stream, code, since }) => ({
      stream,
      code,
      since: formatDateTime(since * 1000, zone),
    })),
    runs: (status?.runs ?? []).slice(0, RUNS).map((run) => runRow(run, text, zone)),
  };
}

function partOf({ instance: { name, text }, status, isSyncing }: Known, zone: string): string {
  const lines = [
    `## ${name}`,
    isSyncing ? 'A sync is running.' : 'No sync is running.',
    status?.lastSync === undefined
      ? 'It was never synced. Ask the user to run "OpenWebUI Sync: Sync", or "openwebui-sync sync" in a terminal.'
      : `Data as of ${status.lastSync}.`,
  ];
  if (status !== undefined) {
    lines.push(...problemsOf(status, zone));
    if (status.runs.length > 0) {
      lines.push('', rowsTable(status.runs.slice(0, RUNS).map((run) => runRow(run, text, zone))));
    }
  }
  return lines.join('\n');
}

function problemsOf({ problems, heldDeletions }: InstanceStatus, zone: string): readonly string[] {
  return [
    ...problems.map(
      ({ stream, code, since }) =>
        `Not readable since ${formatDateTime(since * 1000, zone)}: ${stream} (${code}); what was read before is kept.`,
    ),
    ...(heldDeletions === 0
      ? []
      : [
          `${heldDeletions} deletions are held back. Ask the user to run "OpenWebUI Sync: Review Deletions...", or "openwebui-sync deletions" in a terminal.`,
        ]),
  ];
}

/** Sentences of errors may name what people wrote: where their words are not available, the code has to do. */
function runRow(
  run: RunSummary,
  hasText: boolean,
  zone: string,
): Readonly<Record<string, string | number | null>> {
  return {
    started: formatDateTime(run.startedAt * 1000, zone),
    kind: run.kind,
    trigger: run.trigger,
    status: run.status,
    inserted: run.counts.inserted,
    updated: run.counts.updated,
    deleted: run.counts.deleted,
    error: (hasText ? run.error : undefined) ?? run.errorCode ?? null,
  };
}
