import * as l10n from '@vscode/l10n';
import type { CostRunStatus, CostRunSummary } from '../../../store/costs/costTypes';
import { countOf, escapeMarkdown, formatDuration, formatMoment } from '../../../sync/words';
import { moneyText } from '../../costs/moneyText';
import type { NodeIcon } from '../tree/treeNode';
import { costFactNodes } from './costFacts';
import type { CostNode } from './costNode';
import { costItems, lastRunOf, type CostItem, type CostView } from './costView';
import { COST_STATUS_WORDS, COST_TRIGGER_WORDS } from './costWords';

const RUN_ICONS: Readonly<Record<CostRunStatus, NodeIcon>> = {
  running: { id: 'sync~spin' },
  ok: { id: 'pass', color: 'testing.iconPassed' },
  partial: { id: 'warning', color: 'list.warningForeground' },
  failed: { id: 'error', color: 'list.errorForeground' },
  cancelled: { id: 'circle-slash' },
  throttled: { id: 'watch' },
};

/** The whole tree: the scopes with what is known of each. */
export function costTree(view: CostView): readonly CostNode[] {
  return costItems(view).map((item) => scopeNode(item, view));
}

function scopeNode(item: CostItem, view: CostView): CostNode {
  const { key, connection, progress, signInProblem, status } = item;
  const facts = costFactNodes(item, view);
  const runs = (status?.runs ?? []).filter(({ status: state }) => state !== 'running');
  return {
    id: `cost:${key}`,
    scopeKey: key,
    connectionId: connection?.id,
    label: item.name,
    description: scopeDescription(item, view),
    tooltip: scopeTooltip(item),
    icon: iconOf(item),
    contextValue: [
      'type=costScope',
      `source=${connection === undefined ? 'import' : 'azure'}`,
      `state=${progress === undefined ? 'idle' : 'running'}`,
      `auth=${signInProblem === undefined ? 'ok' : 'needed'}`,
      ...((status?.unmappedResources ?? 0) > 0 ? ['map=needed'] : []),
    ].join(','),
    children: [...facts, ...runs.map((run) => runNode(run, item, view))],
  };
}

function iconOf(item: CostItem): NodeIcon {
  const { connection, progress, signInProblem, source } = item;
  if (progress !== undefined) {
    return { id: 'sync~spin' };
  }
  if (signInProblem !== undefined) {
    return { id: 'key', color: 'list.errorForeground' };
  }
  const run = lastRunOf(item);
  if (run?.status === 'failed' || run?.status === 'partial') {
    return RUN_ICONS[run.status];
  }
  if (source === 'import') {
    return { id: 'file' };
  }
  return connection === undefined ? { id: 'debug-disconnect' } : { id: 'credit-card' };
}

/** `Nov 2026: 1,234.56 EUR · known to 2026-11-27`, or what is in the way of it. */
function scopeDescription(item: CostItem, { now, zone }: CostView): string {
  const { connection, progress, signInProblem, source, status } = item;
  if (progress !== undefined) {
    return progress;
  }
  const amounts = (status?.newestMonth ?? []).map(({ month, currency, cost }) =>
    l10n.t('{0}: {1}', month, moneyText(cost, currency)),
  );
  const state: string[] = [];
  const waitsUntil = (status?.retryAfter ?? 0) * 1000;
  const run = lastRunOf(item);
  if (signInProblem !== undefined) {
    state.push(l10n.t('sign-in needed'));
  } else if (waitsUntil > now) {
    state.push(l10n.t('throttled until {0}', formatMoment(waitsUntil, now, zone)));
  } else if (run?.status === 'failed') {
    state.push(l10n.t('failed {0}', formatMoment((run.finishedAt ?? run.startedAt) * 1000, now, zone)));
  } else if (status === undefined) {
    state.push(l10n.t('nothing read yet'));
  } else if (source === 'import') {
    state.push(l10n.t('from a file'));
  } else if (connection === undefined) {
    state.push(l10n.t('disconnected'));
  } else if (status.newestDate !== undefined) {
    state.push(l10n.t('known to {0}', status.newestDate));
  }
  return [...amounts, ...state].join(' · ');
}

function scopeTooltip({ connection, name, scope, signInProblem, status }: CostItem): string {
  const lines = [`**${escapeMarkdown(name)}**`, escapeMarkdown(scope)];
  if (connection?.tag !== undefined) {
    lines.push(escapeMarkdown(l10n.t('With the values of the tag {0}', connection.tag)));
  }
  if (status !== undefined) {
    lines.push(l10n.t('Cost of {0} is known', countOf(status.months, 'month')));
  }
  if (signInProblem !== undefined) {
    lines.push(escapeMarkdown(signInProblem));
  }
  return lines.join('\n\n');
}

function runNode(run: CostRunSummary, { key }: CostItem, { now, zone }: CostView): CostNode {
  const description = runDescription(run, now, zone);
  const notes = run.notes.map(escapeMarkdown);
  return {
    id: `cost:${key}/run:${run.runId}`,
    scopeKey: key,
    costRunId: run.runId,
    label: run.trigger === 'import' ? l10n.t('Import') : l10n.t('Cost sync'),
    description,
    tooltip: [escapeMarkdown(description), COST_TRIGGER_WORDS[run.trigger], ...notes].join('\n\n'),
    icon: RUN_ICONS[run.status],
    contextValue: `type=costRun,status=${run.status}`,
    click: { command: 'openwebuiSync.showCostRun', title: l10n.t('Show Cost Run') },
    children: [],
  };
}

/** `14:30 · 4 min 5 s · 13 months, 2,410 rows changed · 39 calls` */
function runDescription(run: CostRunSummary, now: number, zone: string): string {
  const took = run.finishedAt === undefined ? undefined : (run.finishedAt - run.startedAt) * 1000;
  return [
    formatMoment(run.startedAt * 1000, now, zone),
    ...(run.status === 'ok' ? [] : [COST_STATUS_WORDS[run.status]]),
    ...(took === undefined ? [] : [formatDuration(took)]),
    run.status === 'failed' && run.error !== undefined ? run.error : countOf(run.months, 'month'),
    ...(run.calls === 0 ? [] : [countOf(run.calls, 'call')]),
  ].join(' · ');
}
