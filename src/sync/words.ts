import { localTimeIn } from '../store/localTime';
import type { LocalTimeOf } from '../store/localTime';
import type { StreamName } from '../store/records';
import type { ChangeCounts, RunStatus, SyncKind, SyncTrigger, SyncWalk } from '../store/runs';
import type { RunProgress } from './engine/syncTypes';

/** `1,245`. Without Intl, whose first number takes as long as the rest of the extension takes to load. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 chat`, `482 chats`, `1,245 messages` */
export function countOf(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(value)} ${value === 1 ? singular : plural}`;
}

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
    return `${(ms / 1000).toFixed(1)} s`;
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
  return size === 1 ? `${formatCount(bytes)} B` : `${(bytes / size).toFixed(1)} ${unit}`;
}

export const KIND_WORDS: Readonly<Record<SyncKind, string>> = {
  full: 'Full sync',
  incremental: 'Incremental sync',
};

/** Whom a run looks at. */
export const WALK_WORDS: Readonly<Record<SyncWalk, string>> = {
  active: 'users who were active since the last sync',
  complete: 'everybody',
};

export const TRIGGER_WORDS: Readonly<Record<SyncTrigger, string>> = {
  manual: 'by hand',
  schedule: 'by the timer',
  startup: 'at start-up',
  cli: 'from the command line',
};

/** What became of a run; a run that broke off says what happened to its data. */
export const STATUS_WORDS: Readonly<Record<RunStatus, string>> = {
  running: 'running',
  ok: 'done',
  partial: 'done in part',
  failed: 'failed',
  cancelled: 'cancelled · what was fetched is kept',
  interrupted: 'interrupted · what was fetched is kept',
  deferred: 'put off · the server asked to come back later',
};

export const STREAM_WORDS = {
  users: 'Users',
  groups: 'Groups',
  chats: 'Chats',
  messages: 'Messages',
  feedback: 'Feedback',
  models: 'Models',
  knowledge_bases: 'Knowledge bases',
  files: 'Files',
} as const;

/** One of a stream's rows, and several of them. */
export const ROW_WORDS: Readonly<Record<StreamName, readonly [one: string, several: string]>> = {
  users: ['user', 'users'],
  groups: ['group', 'groups'],
  chats: ['chat', 'chats'],
  messages: ['message', 'messages'],
  feedback: ['rating', 'ratings'],
  models: ['model', 'models'],
  knowledge_bases: ['knowledge base', 'knowledge bases'],
  files: ['file', 'files'],
};

const PHASE_WORDS: Readonly<Record<RunProgress['phase'], string>> = {
  queued: 'waiting for its turn',
  connecting: 'connecting',
  users: 'users',
  groups: 'groups',
  chats: 'chats',
  messages: 'messages',
  feedback: 'feedback',
  models: 'models',
  knowledge_bases: 'knowledge bases',
  files: 'files',
  publishing: 'saving',
};

/** `chats 120 of 482`, `users 38`, `connecting` */
export function progressText(progress: RunProgress): string {
  const phase = PHASE_WORDS[progress.phase];
  if (progress.phase === 'queued' || progress.phase === 'connecting' || progress.phase === 'publishing') {
    return phase;
  }
  if (progress.total !== undefined) {
    return `${phase} ${formatCount(progress.done)} of ${formatCount(progress.total)}`;
  }
  return progress.done === 0 ? phase : `${phase} ${formatCount(progress.done)}`;
}

const CHANGE_WORDS = [
  ['inserted', 'new'],
  ['updated', 'changed'],
  ['deleted', 'deleted'],
  ['restored', 'restored'],
  ['quarantined', 'unreadable'],
  ['heldBack', 'deletions held back'],
] as const satisfies readonly (readonly [keyof ChangeCounts, string])[];

/** `12 new, 3 changed`; `nothing changed` when nothing was written. */
export function changesText(counts: ChangeCounts): string {
  const parts = CHANGE_WORDS.filter(([key]) => counts[key] > 0).map(
    ([key, word]) => `${formatCount(counts[key])} ${word}`,
  );
  return parts.length === 0 ? 'nothing changed' : parts.join(', ');
}

/** Markdown with every character that could format, link or name an icon made literal. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!~|<>&$]/g, '\\$&').replace(/\s+/g, ' ');
}
