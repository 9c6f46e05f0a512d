import * as l10n from '@vscode/l10n';
import type { RunSummary } from '../../store/runs';
import { countOf, escapeMarkdown, formatMoment } from '../../sync/words';
import { PRIVACY_WORDS } from '../../sync/privacyWords';
import type { InstanceState, InstanceView } from './instanceView';
import { hasRows, heldDeletionsOf } from './instanceView';
import { problemText } from '../../sync/texts/problemText';
import { shownProgressText } from './shownRun';
import { translated } from '../../language/translated';

/** `482 chats · last sync 14:30 · next 15:00`, or what is in the way of it. */
export function instanceDescription(item: InstanceView, now: number, zone: string): string {
  const { status, state } = item;
  const isCounted = status !== undefined && hasRows(status) && !NOT_COUNTED.has(state);
  const standing = instanceStanding(item, now, zone);
  return isCounted ? `${countOf(status.chats, 'chat')} · ${standing}` : standing;
}

/** States whose words say what becomes of the chats, or that there are none. */
const NOT_COUNTED: ReadonlySet<InstanceState> = new Set(['running', 'queued', 'never']);

/** `last sync 14:30 · next 15:00`, or what is in the way of it. */
export function instanceStanding(item: InstanceView, now: number, zone: string): string {
  const { status, lastRun } = item;
  const moment = (at: number): string => formatMoment(at, now, zone);
  const endOf = (run: RunSummary): string => moment((run.finishedAt ?? run.startedAt) * 1000);
  const lastSync =
    status?.lastSyncEpoch === undefined ? [] : [l10n.t('last sync {0}', moment(status.lastSyncEpoch * 1000))];
  const next = item.nextRun === undefined ? [] : [l10n.t('next {0}', moment(Math.max(item.nextRun, now)))];
  const held = heldDeletionsOf(item);
  const review = held === 0 ? [] : [l10n.t('{0} held back', countOf(held, 'deletion'))];
  const parts: Readonly<Record<InstanceState, () => readonly string[]>> = {
    running: () => (item.progress === undefined ? [] : [shownProgressText(item.progress)]),
    queued: () => [l10n.t('waiting for its turn')],
    signIn: () => [l10n.t('key needed')],
    failed: () => [failedText(lastRun, endOf), ...next],
    incomplete: () => [incompleteText(lastRun, endOf), ...review, ...next],
    ok: () => [...lastSync, ...review, ...next],
    never: () => [l10n.t('not synced yet'), ...next],
    paused: () => [l10n.t('paused'), ...lastSync],
  };
  return parts[item.state]().join(' · ');
}

function failedText(run: RunSummary | undefined, endOf: (run: RunSummary) => string): string {
  return run === undefined ? l10n.t('failed') : l10n.t('failed {0}', endOf(run));
}

const INCOMPLETE_WORDS = translated(() => ({
  cancelled: l10n.t('cancelled'),
  interrupted: l10n.t('interrupted'),
  partial: l10n.t('synced in part'),
  deferred: l10n.t('put off'),
}));

function incompleteText(run: RunSummary | undefined, endOf: (run: RunSummary) => string): string {
  if (run === undefined || !(run.status in INCOMPLETE_WORDS)) {
    return '';
  }
  return `${INCOMPLETE_WORDS[run.status as keyof typeof INCOMPLETE_WORDS]} ${endOf(run)}`;
}

/** The instance in a few lines of Markdown, for tooltips. */
export function instanceTooltip(item: InstanceView, now: number, zone: string): string {
  const { instance, status, lastRun } = item;
  const version = status?.version === undefined ? '' : ` · Open WebUI ${escapeMarkdown(status.version)}`;
  const lines = [`**${escapeMarkdown(instance.name)}**`, `${escapeMarkdown(instance.url)}${version}`];
  if (item.progress !== undefined) {
    lines.push(escapeMarkdown(shownProgressText(item.progress)));
  }
  if (status?.lastSyncEpoch !== undefined) {
    const counts = [
      countOf(status.users, 'user'),
      countOf(status.chats, 'chat'),
      countOf(status.messages, 'message'),
    ];
    lines.push(
      counts.join(', '),
      l10n.t('Last sync {0}', formatMoment(status.lastSyncEpoch * 1000, now, zone)),
    );
  }
  if (item.nextRun !== undefined) {
    lines.push(l10n.t('Next sync {0}', formatMoment(Math.max(item.nextRun, now), now, zone)));
  }
  const { privacy = 'full' } = instance;
  if (privacy !== 'full') {
    lines.push(l10n.t('Privacy: {0}', PRIVACY_WORDS[privacy].name));
  }
  lines.push(...(status?.problems ?? []).map((problem) => escapeMarkdown(problemText(problem, zone))));
  const error = item.signInProblem ?? (item.state === 'ok' ? undefined : lastRun?.error);
  if (error !== undefined) {
    lines.push(escapeMarkdown(error));
  }
  return lines.join('\n\n');
}
