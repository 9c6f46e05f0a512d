import * as l10n from '@vscode/l10n';
import type { RunStatus, RunSummary } from '../../store/runs';
import type { NodeModel } from './nodeModel';
import type { NodeIcon } from './tree/treeNode';
import type { ShownRun } from './shownRun';
import { requestsText, shownProgressText } from './shownRun';
import {
  KIND_WORDS,
  STATUS_WORDS,
  TRIGGER_WORDS,
  changesText,
  countOf,
  escapeMarkdown,
  formatDuration,
  formatMoment,
} from '../../sync/words';

const ICONS: Readonly<Record<RunStatus, NodeIcon>> = {
  running: { id: 'sync~spin' },
  ok: { id: 'pass', color: 'testing.iconPassed' },
  partial: { id: 'warning', color: 'list.warningForeground' },
  failed: { id: 'error', color: 'list.errorForeground' },
  cancelled: { id: 'circle-slash' },
  interrupted: { id: 'debug-disconnect', color: 'list.warningForeground' },
  deferred: { id: 'watch' },
};

/** What a run ended with that another one may mend. */
const RETRIED: ReadonlySet<RunStatus> = new Set([
  'partial',
  'failed',
  'cancelled',
  'interrupted',
  'deferred',
]);

/** A run under way: its numbers as they stand. */
export function runningNode(progress: ShownRun): NodeModel {
  const parts = [shownProgressText(progress), changesText(progress.counts), requestsText(progress)];
  return {
    id: runNodeId(progress.instanceId, progress.runId),
    label: KIND_WORDS[progress.kind],
    description: parts.filter((part) => part !== undefined).join(' · '),
    tooltip: l10n.t('{0}, started {1}', KIND_WORDS[progress.kind], TRIGGER_WORDS[progress.trigger]),
    icon: ICONS.running,
    contextValue: 'type=activeRun',
    instanceId: progress.instanceId,
    children: [],
  };
}

/** A run of the past. Its words are found when they are asked for: most runs are never looked at. */
export function runNode(run: RunSummary, instanceId: number, now: number, zone: string): NodeModel {
  return {
    id: runNodeId(instanceId, run.runId),
    label: KIND_WORDS[run.kind],
    get description() {
      return runDescription(run, now, zone);
    },
    get tooltip() {
      return runTooltip(run, now, zone);
    },
    icon: ICONS[run.status],
    contextValue: `type=run,status=${run.status}${RETRIED.has(run.status) ? ',retry=offered' : ''}`,
    instanceId,
    runId: run.runId,
    click: { command: 'openwebuiSync.showRun', title: l10n.t('Show Sync Run') },
    children: [],
  };
}

function runNodeId(instanceId: number, runId: string): string {
  return `instance:${instanceId}/run:${runId}`;
}

/** `14:30 · 3.1 s · 12 new, 3 changed · 15 requests` */
function runDescription(run: RunSummary, now: number, zone: string): string {
  return [
    formatMoment(run.startedAt * 1000, now, zone),
    ...(run.status === 'ok' ? [] : [STATUS_WORDS[run.status]]),
    ...(run.durationMs === undefined ? [] : [formatDuration(run.durationMs)]),
    ...(run.status === 'failed' && run.error !== undefined ? [run.error] : [changesText(run.counts)]),
    ...(run.requests === undefined ? [] : [countOf(run.requests, 'request')]),
  ].join(' · ');
}

function runTooltip(run: RunSummary, now: number, zone: string): string {
  const lines = [
    `**${KIND_WORDS[run.kind]}** ${TRIGGER_WORDS[run.trigger]}`,
    escapeMarkdown(runDescription(run, now, zone)),
    ...run.notes.map(({ message }) => escapeMarkdown(message)),
  ];
  if (run.error !== undefined && run.status !== 'failed') {
    lines.push(escapeMarkdown(run.error));
  }
  return lines.join('\n\n');
}
