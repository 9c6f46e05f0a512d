import * as v from 'valibot';
import { readMeta, writeMeta } from '../migrations';
import { DEFAULT_RETENTION, retentionSchema } from './retention';
import type { SqliteDatabase } from '../sqlite/sqlite';

/** Keys of `meta`. */
const AGREED_TEXT_MONTHS = 'agreed_text_months';
const RUN_DAYS = 'run_days';
const TEXT_KEPT_FROM = 'text_kept_from_day';

/** After how many months text goes without a question; undefined: nobody has agreed to that. */
export function agreedTextMonths(database: SqliteDatabase): number | undefined {
  return numberOf(database, AGREED_TEXT_MONTHS);
}

/** Notes that a person agreed. */
export function agreeToTextMonths(database: SqliteDatabase, months: number): void {
  writeMeta(database, AGREED_TEXT_MONTHS, String(months));
}

/** How many days runs are kept where no settings say so: as they said last. */
export function rememberedRunDays(database: SqliteDatabase): number {
  const days = numberOf(database, RUN_DAYS);
  return v.is(retentionSchema.entries.runDays, days) ? days : DEFAULT_RETENTION.runDays;
}

export function rememberRunDays(database: SqliteDatabase, days: number): void {
  writeMeta(database, RUN_DAYS, String(days));
}

/** The local day before which no text was left anywhere, when it was last looked for everywhere. */
export function textClearedBefore(database: SqliteDatabase): number | undefined {
  return numberOf(database, TEXT_KEPT_FROM);
}

export function noteTextCleared(database: SqliteDatabase, day: number): void {
  writeMeta(database, TEXT_KEPT_FROM, String(day));
}

/** The file may have been edited. */
function numberOf(database: SqliteDatabase, key: string): number | undefined {
  const value = Number(readMeta(database, key) ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}
