import * as l10n from '@vscode/l10n';
import { aiAccessOf } from '../../store/instances/aiAccess';
import type { RunSummary } from '../../store/runs';
import { countOf, escapeMarkdown, formatMoment } from '../../sync/words';
import { PRIVACY_WORDS } from '../../sync/privacyWords';
import { ACCESS_WORDS } from '../../assistant/accessWords';
import type { InstanceView } from './instanceView';
import { hasRows, heldDeletionsOf } from './instanceView';
import type { NodeModel } from './nodeModel';
import type { NodeIcon } from './tree/treeNode';
import { problemReason, problemTitle } from '../../sync/texts/problemText';
import { translated } from '../../language/translated';

/** What differs between the lines about an instance. */
interface Fact {
  /** Same across refreshes; also the token `fact=` that menus look for. */
  readonly key: string;
  readonly label: string;
  readonly icon: NodeIcon;
  readonly description?: string | undefined;
  readonly tooltip?: string | undefined;
}

/** Facts of one kind, as far as there are any; times are ms since 1970. */
type FactSource = (item: InstanceView, now: number, zone: string) => readonly Fact[];

/** In the order in which they are shown: what needs somebody first. */
const SOURCES: readonly FactSource[] = [
  errors,
  notes,
  heldDeletions,
  problems,
  signInEnds,
  amounts,
  times,
  privacy,
  aiAccess,
];

/** The lines below an instance, above its runs. */
export function factNodes(item: InstanceView, now: number, zone: string): readonly NodeModel[] {
  const { id } = item.instance;
  return SOURCES.flatMap((source) => source(item, now, zone)).map(({ key, ...shown }) => ({
    ...shown,
    id: `instance:${id}/${key}`,
    contextValue: `type=fact,fact=${key.replace(/:.*/, '')}`,
    instanceId: id,
    children: [],
  }));
}

function errors({ progress, signInProblem, state, lastRun }: InstanceView): readonly Fact[] {
  const error = signInProblem ?? (state === 'failed' ? lastRun?.error : undefined);
  if (progress !== undefined || error === undefined) {
    return [];
  }
  const icon = { id: 'error', color: 'list.errorForeground' };
  return [{ key: 'error', label: error, icon, tooltip: escapeMarkdown(error) }];
}

/** What became of the data of a run that broke off. */
const KEPT_NOTES = translated<Partial<Record<RunSummary['status'], string>>>(() => ({
  cancelled: l10n.t('Cancelled: what was fetched is kept'),
  interrupted: l10n.t('Interrupted: what was fetched is kept'),
}));

function notes({ progress, lastRun }: InstanceView): readonly Fact[] {
  const label = progress === undefined ? KEPT_NOTES[lastRun?.status ?? 'ok'] : undefined;
  return label === undefined ? [] : [{ key: 'note', label, icon: { id: 'info' } }];
}

const WARNING = { id: 'warning', color: 'list.warningForeground' };

function heldDeletions(item: InstanceView): readonly Fact[] {
  const held = heldDeletionsOf(item);
  if (held === 0) {
    return [];
  }
  const label = l10n.t('{0} held back', countOf(held, 'deletion'));
  const tooltip = l10n.t('Too many at once to be believed. Review Deletions shows them and asks.');
  return [{ key: 'held', label, icon: WARNING, description: l10n.t('to be reviewed'), tooltip }];
}

function problems({ status }: InstanceView, _now: number, zone: string): readonly Fact[] {
  return (status?.problems ?? []).map((problem) => ({
    key: `problem:${problem.stream}`,
    label: problemTitle(problem, zone),
    icon: WARNING,
    description: problemReason(problem),
    tooltip: l10n.t('What was stored before is kept. Each sync tries again.'),
  }));
}

function signInEnds({ signInEnd }: InstanceView, now: number, zone: string): readonly Fact[] {
  return signInEnd === undefined
    ? []
    : [
        {
          key: 'signInEnd',
          label: l10n.t('Sign-in ends'),
          icon: { id: 'key' },
          description: formatMoment(signInEnd, now, zone),
        },
      ];
}

function amounts({ status }: InstanceView): readonly Fact[] {
  return status === undefined || !hasRows(status)
    ? []
    : [
        { key: 'users', label: countOf(status.users, 'user'), icon: { id: 'account' } },
        { key: 'chats', label: countOf(status.chats, 'chat'), icon: { id: 'comment-discussion' } },
        { key: 'messages', label: countOf(status.messages, 'message'), icon: { id: 'comment' } },
      ];
}

function times({ status, nextRun }: InstanceView, now: number, zone: string): readonly Fact[] {
  const moment = (at: number): string => formatMoment(at, now, zone);
  const last = status?.lastSyncEpoch;
  const pausedUntil = (status?.nextAllowedEpoch ?? 0) * 1000;
  const next = nextRun === undefined ? l10n.t('on demand') : moment(Math.max(nextRun, now));
  return [
    ...(last === undefined
      ? []
      : [
          {
            key: 'lastSync',
            label: l10n.t('Last sync'),
            icon: { id: 'history' },
            description: moment(last * 1000),
          },
        ]),
    { key: 'nextSync', label: l10n.t('Next sync'), icon: { id: 'watch' }, description: next },
    ...(pausedUntil <= now
      ? []
      : [
          {
            key: 'paused',
            label: l10n.t('The timer waits'),
            icon: { id: 'debug-pause' },
            description: l10n.t('until {0}', moment(pausedUntil)),
            tooltip: l10n.t('The server asked for it, or several syncs in a row failed. Sync tries now.'),
          },
        ]),
  ];
}

function aiAccess({ instance }: InstanceView): readonly Fact[] {
  const access = aiAccessOf(instance);
  if (access === undefined) {
    return [];
  }
  const { name, holds } = ACCESS_WORDS[access];
  return [
    {
      key: 'ai',
      label: l10n.t('Available to AI'),
      icon: { id: 'sparkle' },
      description: name,
      tooltip: holds,
    },
  ];
}

function privacy({ instance }: InstanceView): readonly Fact[] {
  const mode = instance.privacy ?? 'full';
  const { name, holds } = PRIVACY_WORDS[mode];
  return mode === 'full'
    ? []
    : [
        {
          key: 'privacy',
          label: l10n.t('Privacy'),
          icon: { id: 'shield' },
          description: name,
          tooltip: holds,
        },
      ];
}
