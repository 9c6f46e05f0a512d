import { createHash } from 'node:crypto';
import type { LocalTimeOf } from '../localTime';
import type { PrivacyRules } from '../instances/privacy';
import type { EpochSeconds } from '../records';
import type { SqliteDatabase, Value } from '../sqlite/sqlite';

/** What all parts of the writer work with. */
export interface Session {
  readonly database: SqliteDatabase;
  readonly localTime: LocalTimeOf;
  /** Time of `sync_datetime`. */
  now(): EpochSeconds;
  /** Of the data folder's hashed user ids; undefined as long as none was needed. */
  readonly salt?: string | undefined;
}

/** The run on whose behalf rows are written. */
export interface RunContext {
  /** `sync_runs.id`. */
  readonly rowId: number;
  readonly runId: string;
  readonly instanceId: number;
  /** What may be stored. */
  readonly rules: PrivacyRules;
}

/** Values of `sync_datetime` and `sync_datetime_epoch`. */
export function stamp({ localTime, now }: Pick<Session, 'localTime' | 'now'>): readonly [string, number] {
  const epoch = now();
  return [localTime(epoch).text, epoch];
}

/** Values of a time column and its `_epoch` twin. */
export function timePair(
  localTime: LocalTimeOf,
  epoch: EpochSeconds | null | undefined,
): readonly [string | null, number | null] {
  return epoch === undefined || epoch === null ? [null, null] : [localTime(epoch).text, Math.floor(epoch)];
}

/**
 * 96 bits over the stored values of a row: equal hashes mean that nothing is to be written.
 * @param text long text of the row, kept apart because escaping it costs more than hashing it.
 */
export function rowHash(values: readonly Value[], text = ''): string {
  return createHash('sha1').update(JSON.stringify(values)).update(text).digest('base64url').slice(0, 16);
}

/** `?, ?, ?` */
export function placeholders(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}
