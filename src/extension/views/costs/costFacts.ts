import * as l10n from '@vscode/l10n';
import { countOf, escapeMarkdown, formatMoment } from '../../../sync/words';
import { moneyText } from '../../costs/moneyText';
import type { NodeClick, NodeIcon } from '../tree/treeNode';
import type { CostNode } from './costNode';
import { lastRunOf, type CostItem, type CostView } from './costView';

/** What differs between the lines about a scope. */
interface Fact {
  /** Same across refreshes; also the token `fact=` that menus look for. */
  readonly key: string;
  readonly label: string;
  readonly icon: NodeIcon;
  readonly description?: string | undefined;
  readonly tooltip?: string | undefined;
  readonly click?: NodeClick | undefined;
}

/** Facts of one kind, as far as there are any. */
type FactSource = (item: CostItem, view: CostView) => readonly Fact[];

const ERROR: NodeIcon = { id: 'error', color: 'list.errorForeground' };
const WARNING: NodeIcon = { id: 'warning', color: 'list.warningForeground' };

/** In the order in which they are shown: what needs somebody first. */
const SOURCES: readonly FactSource[] = [
  signIn,
  failure,
  throttling,
  unmapped,
  amounts,
  knownTo,
  lastRun,
  restated,
];

/** The lines below a scope, above its runs. */
export function costFactNodes(item: CostItem, view: CostView): readonly CostNode[] {
  return SOURCES.flatMap((source) => source(item, view)).map(({ key, ...shown }) => ({
    ...shown,
    id: `cost:${item.key}/${key}`,
    scopeKey: item.key,
    connectionId: item.connection?.id,
    contextValue: `type=costFact,fact=${key.replace(/:.*/, '')}`,
    children: [],
  }));
}

function signIn({ signInProblem }: CostItem): readonly Fact[] {
  return signInProblem === undefined
    ? []
    : [
        {
          key: 'azureSignIn',
          label: signInProblem,
          icon: ERROR,
          tooltip: escapeMarkdown(signInProblem),
          click: { command: 'openwebuiSync.signInToAzure', title: l10n.t('Sign In to Azure') },
        },
      ];
}

function failure(item: CostItem): readonly Fact[] {
  const run = lastRunOf(item);
  const hasFailed = run?.status === 'failed' || run?.status === 'partial';
  return !hasFailed || run.error === undefined || item.signInProblem !== undefined
    ? []
    : [
        {
          key: 'costError',
          label: run.error,
          icon: run.status === 'failed' ? ERROR : WARNING,
          tooltip: escapeMarkdown(run.error),
        },
      ];
}

function throttling({ status }: CostItem, { now, zone }: CostView): readonly Fact[] {
  const until = (status?.retryAfter ?? 0) * 1000;
  return until <= now
    ? []
    : [
        {
          key: 'throttled',
          label: l10n.t('Azure is throttling'),
          icon: { id: 'watch' },
          description: l10n.t('until {0}', formatMoment(until, now, zone)),
          tooltip: l10n.t('What was read before stays. The next cost sync goes on after that.'),
        },
      ];
}

function unmapped({ status }: CostItem): readonly Fact[] {
  const count = status?.unmappedResources ?? 0;
  return count === 0
    ? []
    : [
        {
          key: 'unmapped',
          label: l10n.t('{0} without an instance', countOf(count, 'resource')),
          icon: WARNING,
          description: l10n.t('to be mapped'),
          tooltip: l10n.t(
            'Their cost belongs to nobody until you say which instances they serve: Map Azure Resources.',
          ),
          click: { command: 'openwebuiSync.mapAzureResources', title: l10n.t('Map Azure Resources') },
        },
      ];
}

function amounts({ status }: CostItem): readonly Fact[] {
  return (status?.newestMonth ?? []).map(({ month, currency, cost }) => ({
    key: `month:${currency}`,
    label: l10n.t('Actual cost of {0}', month),
    icon: { id: 'credit-card' },
    description: moneyText(cost, currency),
    click: { command: 'openwebuiSync.openCostReport', title: l10n.t('Open Cost Report') },
  }));
}

function knownTo({ status }: CostItem): readonly Fact[] {
  return status?.newestDate === undefined
    ? []
    : [
        {
          key: 'knownTo',
          label: l10n.t('Known to'),
          icon: { id: 'calendar' },
          description: l10n.t('{0} (UTC) · {1}', status.newestDate, countOf(status.months, 'month')),
          tooltip: l10n.t(
            'Azure tells the cost of a day 8 to 24 hours later, and may change it until its month is closed.',
          ),
        },
      ];
}

function lastRun(item: CostItem, { isDaily, now, zone }: CostView): readonly Fact[] {
  const run = lastRunOf(item);
  if (run === undefined) {
    return [];
  }
  const at = formatMoment((run.finishedAt ?? run.startedAt) * 1000, now, zone);
  const next = isDaily || item.connection === undefined ? [] : [l10n.t('on demand')];
  return [
    {
      key: 'lastRun',
      label: item.source === 'import' ? l10n.t('Last import') : l10n.t('Last cost sync'),
      icon: { id: 'history' },
      description: [at, ...(run.calls === 0 ? [] : [countOf(run.calls, 'call')]), ...next].join(' · '),
    },
  ];
}

function restated(item: CostItem): readonly Fact[] {
  const days = lastRunOf(item)?.restatedDays ?? 0;
  return days === 0
    ? []
    : [
        {
          key: 'restated',
          label: l10n.t('{0} restated', countOf(days, 'day')),
          icon: { id: 'diff' },
          description: l10n.t('in the last cost sync'),
          tooltip: l10n.t('Azure changed what these days cost. The table cost_restatements has old and new.'),
        },
      ];
}
