import * as l10n from '@vscode/l10n';
import type { Noun } from '../language/nouns';
import { formatCount, formatTenths } from '../language/numbers';
import { translated } from '../language/translated';
import { localTimeIn } from '../store/localTime';
import type { LocalTimeOf } from '../store/localTime';
import type { StreamName } from '../store/records';
import type { ChangeCounts, RunStatus, SyncKind, SyncTrigger, SyncWalk } from '../store/runs';
import type { RunProgress } from './engine/syncTypes';

export { countOf, formatCount } from '../language/numbers';

const zones = new Map<string, LocalTimeOf>();

/** `2025-11-16 14:30:15` in the mirror's zone; `at` in ms since 1970. */
export function formatDateTime(at: number, zone: string): string {
  const localTime = zones.get(zone) ?? localTimeIn(zone);
  zones.set(zone, localTime);
  return localTime(at / 1000).text;
}

/** `14:30` for a moment of the same local date as `now`, else `2025-11-16 14:30`. Both in ms since 1970. */
export function formatMoment(at: number, now: number, zone: string): string {
  const [date, time] = formatDateTime(at, zone).split(' ');
  const [today] = formatDateTime(now, zone).split(' ');
  const minutes = time?.slice(0, 5) ?? '';
  return date === today ? minutes : `${date ?? ''} ${minutes}`;
}

/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min` */
export function formatDuration(ms: number): string {
  if (ms < 9950) {
    return `${formatTenths(ms / 1000)} s`;
  }
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3600) {
    return joinUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  }
  const minutes = Math.round(seconds / 60);
  return joinUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

const BYTE_UNITS = [
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
] as const;

/** `812 B`, `4.2 kB`, `3.1 MB`, `1.1 GB` */
export function formatBytes(bytes: number): string {
  const [size, unit] = BYTE_UNITS.find(([least]) => bytes >= least) ?? [1, 'B'];
  return size === 1 ? `${formatCount(bytes)} B` : `${formatTenths(bytes / size)} ${unit}`;
}

export const KIND_WORDS = translated<Readonly<Record<SyncKind, string>>>(() => ({
  full: l10n.t('Full sync'),
  incremental: l10n.t('Incremental sync'),
}));

/** Whom a run looks at. */
export const WALK_WORDS = translated<Readonly<Record<SyncWalk, string>>>(() => ({
  active: l10n.t('users who were active since the last sync'),
  complete: l10n.t('everybody'),
}));

export const TRIGGER_WORDS = translated<Readonly<Record<SyncTrigger, string>>>(() => ({
  manual: l10n.t('by hand'),
  schedule: l10n.t('by the timer'),
  startup: l10n.t('at start-up'),
  cli: l10n.t('from the command line'),
  extension: l10n.t('by another extension'),
}));

/** What became of a run; a run that broke off says what happened to its data. */
export const STATUS_WORDS = translated<Readonly<Record<RunStatus, string>>>(() => ({
  running: l10n.t('running'),
  ok: l10n.t('done'),
  partial: l10n.t('done in part'),
  failed: l10n.t('failed'),
  cancelled: l10n.t('cancelled · what was fetched is kept'),
  interrupted: l10n.t('interrupted · what was fetched is kept'),
  deferred: l10n.t('put off · the server asked to come back later'),
}));

/** Names of the streams, as a heading has them. */
export const STREAM_WORDS = translated<Readonly<Record<StreamName, string>>>(() => ({
  users: l10n.t('Users'),
  groups: l10n.t('Groups'),
  chats: l10n.t('Chats'),
  messages: l10n.t('Messages'),
  feedback: l10n.t('Feedback'),
  models: l10n.t('Models'),
  knowledge_bases: l10n.t('Knowledge bases'),
  files: l10n.t('Files'),
}));

/** Names of the streams, as a sentence has them. */
export const STREAMS_IN_TEXT = translated<Readonly<Record<StreamName, string>>>(() => ({
  users: l10n.t('users'),
  groups: l10n.t('groups'),
  chats: l10n.t('chats'),
  messages: l10n.t('messages'),
  feedback: l10n.t('feedback'),
  models: l10n.t('models'),
  knowledge_bases: l10n.t('knowledge bases'),
  files: l10n.t('files'),
}));

/** One of a stream's rows. */
export const ROW_NOUNS: Readonly<Record<StreamName, Noun>> = {
  users: 'user',
  groups: 'group',
  chats: 'chat',
  messages: 'message',
  feedback: 'rating',
  models: 'model',
  knowledge_bases: 'knowledge base',
  files: 'file',
};

const STATE_WORDS = translated(() => ({
  queued: l10n.t('waiting for its turn'),
  connecting: l10n.t('connecting'),
  publishing: l10n.t('saving'),
}));

/** `chats 120 of 482`, `users 38`, `connecting` */
export function progressText(progress: RunProgress): string {
  const { phase, done, total } = progress;
  if (phase === 'queued' || phase === 'connecting' || phase === 'publishing') {
    return STATE_WORDS[phase];
  }
  const stream = STREAMS_IN_TEXT[phase];
  if (total !== undefined) {
    return l10n.t('{0} {1} of {2}', stream, formatCount(done), formatCount(total));
  }
  return done === 0 ? stream : `${stream} ${formatCount(done)}`;
}

const CHANGE_WORDS = {
  inserted: (n) => l10n.t('{0} new', n),
  updated: (n) => l10n.t('{0} changed', n),
  deleted: (n) => l10n.t('{0} deleted', n),
  restored: (n) => l10n.t('{0} restored', n),
  quarantined: (n) => l10n.t('{0} unreadable', n),
  heldBack: (n) => l10n.t('{0} deletions held back', n),
} as const satisfies Partial<Record<keyof ChangeCounts, (shown: string) => string>>;

/** `12 new, 3 changed`; `nothing changed` when nothing was written. */
export function changesText(counts: ChangeCounts): string {
  const parts = (Object.keys(CHANGE_WORDS) as (keyof typeof CHANGE_WORDS)[])
    .filter((key) => counts[key] > 0)
    .map((key) => CHANGE_WORDS[key](formatCount(counts[key])));
  return parts.length === 0 ? l10n.t('nothing changed') : parts.join(', ');
}

/** Markdown with every character that could format, link or name an icon made literal. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!~|<>&$]/g, '\\$&').replace(/\s+/g, ' ');
}
