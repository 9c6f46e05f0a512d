import * as v from 'valibot';

/** How long the mirror keeps what it could do without. */
export interface RetentionPolicy {
  /** The text of messages older than so many months goes; 0: all text is kept. */
  readonly textMonths: number;
  /** Sync runs older than so many days go, and those beyond {@link MOST_RUNS}. */
  readonly runDays: number;
}

/** A policy that leaves something open: without months all text is kept, without days runs as the mirror remembers. */
export interface OpenPolicy {
  readonly textMonths?: number | undefined;
  readonly runDays?: number | undefined;
}

/** Bounds and default of a policy's numbers, for settings and the command line alike. */
export const RETENTION_RANGES = {
  textMonths: { fallback: 0, minimum: 0, maximum: 120 },
  runDays: { fallback: 90, minimum: 1, maximum: 3650 },
} as const;

export const DEFAULT_RETENTION: RetentionPolicy = {
  textMonths: RETENTION_RANGES.textMonths.fallback,
  runDays: RETENTION_RANGES.runDays.fallback,
};

/** More sync runs than this are not kept, however young they are. */
export const MOST_RUNS = 5000;

/** An image above this size is worth a word, in bytes. */
export const SOFT_LIMIT = 256 * 1024 * 1024;

const whole = ({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }) =>
  v.pipe(v.number(), v.integer(), v.minValue(minimum), v.maxValue(maximum));

/** A policy as it crosses a border; anything out of bounds is refused, since what goes cannot be brought back. */
export const retentionSchema = v.object({
  textMonths: whole(RETENTION_RANGES.textMonths),
  runDays: whole(RETENTION_RANGES.runDays),
}) satisfies v.GenericSchema<unknown, RetentionPolicy>;

/**
 * What can be freed: text of messages, sync runs, files of older text that nothing names any more, and pages of the
 * database that hold nothing.
 */
export type FreeUpKind = 'text' | 'runs' | 'shards' | 'pages';

/** How much of one kind would go, or went. */
export interface FreeUpItem {
  readonly kind: FreeUpKind;
  /** Messages, runs, files or pages. */
  readonly rows: number;
  /** UTF-8 of the text, the cells of the runs, or the size of the files or pages. */
  readonly bytes: number;
  /** Local date `YYYY-MM-DD`: what is of that day or younger stays. Absent where age does not matter. */
  readonly olderThan?: string | undefined;
}

/** What the mirror takes on disk, in bytes. */
export interface SpaceUsed {
  /** The newest file generation. */
  readonly imageBytes: number;
  /** Text of messages inside of it. */
  readonly inlineTextBytes: number;
  /** Sealed files of older text. */
  readonly shardBytes: number;
  /** Older generations, dailies, pinned backups and damaged files. */
  readonly backupBytes: number;
  /** `openwebui_sync.db` and versions of it that somebody edited. */
  readonly copyBytes: number;
  /** All files of the data folder. */
  readonly totalBytes: number;
}

/** What `StoreWriter.freeUp` would do. */
export interface FreeUpPlan {
  readonly policy: RetentionPolicy;
  /** One of each kind, also where nothing would go. */
  readonly items: readonly FreeUpItem[];
  readonly space: SpaceUsed;
  /** After how many months text goes by itself, as somebody agreed; absent: it never does. */
  readonly agreedTextMonths?: number | undefined;
}

/** What is asked of the writer. */
export interface FreeUpRequest extends RetentionPolicy {
  /** Text that grows as old later on goes after syncs without a question. */
  readonly agreesForLater?: boolean | undefined;
}

/** What came of freeing space. */
export interface FreeUpResult {
  /** Number of the newest file generation. */
  readonly generation: number;
  /** False when nothing was to be done. */
  readonly published: boolean;
  readonly items: readonly FreeUpItem[];
  /** Size of the newest generation before and after, in bytes. */
  readonly imageBytesBefore: number;
  readonly imageBytesAfter: number;
}

const DAY_MS = 86_400_000;

/**
 * The date so many months before another one, both as days since 1970-01-01. Where the month is shorter its last day
 * counts: a month before 31 March is 28 or 29 February.
 */
export function monthsBefore(day: number, months: number): number {
  const date = new Date(day * DAY_MS);
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1));
  const next = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1);
  const lastDate = new Date(next - DAY_MS).getUTCDate();
  return first.getTime() / DAY_MS + Math.min(date.getUTCDate(), lastDate) - 1;
}

/** `YYYY-MM-DD` of days since 1970-01-01. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
