import type { ReportReader } from '../store/resultSet';
import { rowsOf } from '../store/resultSet';
import type { LocalDay } from './days';
import { dayOfIso } from './days';
import type { KnownDays } from './period';
import type { SourceModel } from './reportModel';
import type { ReportScope } from './reportSettings';
import sourcesSql from './sources.sql';
import { inDialect } from './sqlTemplate';
import type { TimeMark } from './specs/time';

/** There is nothing to report on yet; the message names the next step. */
export class NoReportDataError extends Error {
  override readonly name = 'NoReportDataError';
}

/** An instance in the mirror, with the days of its messages. */
export interface Source extends SourceModel {
  readonly isRemoved: boolean;
  /** Day of the first sync that ended well: chats deleted on the server before it are missing. */
  readonly firstSyncDay?: LocalDay | undefined;
  readonly firstDay?: LocalDay | undefined;
  readonly lastDay?: LocalDay | undefined;
}

/**
 * The instances that a scope covers.
 * @throws NoReportDataError before the first sync.
 */
export async function readSources(reader: ReportReader, scope: ReportScope): Promise<readonly Source[]> {
  if ((await reader.generation()) === 0) {
    throw new NoReportDataError('No data yet. Run Sync to fill the report.');
  }
  const sources = rowsOf(await reader.query(inDialect(reader, sourcesSql))).map((row): Source => ({
    id: Number(row['id']),
    name: textOf(row['name']) ?? '',
    lastSync: textOf(row['last_sync']),
    isRemoved: Number(row['is_deleted']) === 1,
    firstSyncDay: dayOfIso(textOf(row['first_sync'])?.slice(0, 10) ?? ''),
    firstDay: dayOf(row['first_day']),
    lastDay: dayOf(row['last_day']),
  }));
  const covered = sources.filter(({ id }) => isCovered(scope, id));
  if (covered.length === 0) {
    throw new NoReportDataError(
      reader.dialect === 'postgres'
        ? 'Nothing of it was pushed to this warehouse yet. Run Sync, then push to the warehouse.'
        : 'This instance was not synced yet. Run Sync to fill its report.',
    );
  }
  return covered;
}

function isCovered(scope: ReportScope, id: number): boolean {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'instance':
      return scope.instanceId === id;
    case 'instances':
      return scope.instanceIds.includes(id);
  }
}

function textOf(cell: unknown): string | undefined {
  return typeof cell === 'string' && cell !== '' ? cell : undefined;
}

function dayOf(cell: unknown): LocalDay | undefined {
  return typeof cell === 'number' ? cell : undefined;
}

/** What the mirror knows of these instances together, and up to which hour of the last day. */
export interface Knowledge extends KnownDays {
  /** Last local hour that the newest sync saw of its day. */
  readonly lastHour: number;
}

/** From the first message to the newest sync of any of the instances. */
export function knowledgeOf(sources: readonly Source[], today: LocalDay): Knowledge {
  const first = minimum(sources.map(({ firstDay }) => firstDay));
  const lastMessage = maximum(sources.map(({ lastDay }) => lastDay));
  const lastSync = maximum(sources.map(({ lastSync: text }) => text));
  const syncDay = lastSync === undefined ? undefined : dayOfIso(lastSync.slice(0, 10));
  // A sync that never ended leaves messages without a "last sync"; their days are known all the same.
  const asOf = maximum([syncDay, lastMessage]) ?? today;
  const lastHour = syncDay === asOf && lastSync !== undefined ? Number(lastSync.slice(11, 13)) : 23;
  return { today, first, asOf, allAsOf: minimum([asOf, ...sources.map(reachedDay)]), lastHour };
}

/** The day up to which everything of an instance was synced; one that never was, and one that is removed, holds nobody up. */
function reachedDay({ lastSync, isRemoved }: Source): LocalDay | undefined {
  return lastSync === undefined || isRemoved ? undefined : dayOfIso(lastSync.slice(0, 10));
}

/** What time axes say of the first syncs: before them only chats count that still existed. */
export function firstSyncMarks(sources: readonly Source[]): readonly TimeMark[] {
  const days = new Set(known(sources.map(({ firstSyncDay }) => firstSyncDay)));
  return [...days].map((day) => {
    const names = sources.filter(({ firstSyncDay }) => firstSyncDay === day).map(({ name }) => name);
    return {
      day,
      text: names.length === sources.length ? 'First sync' : `First sync of ${names.join(', ')}`,
      detail: 'chats deleted before are missing',
    };
  });
}

/** How fresh the numbers are, in one sentence. */
export function freshnessOf(sources: readonly Source[]): string {
  const times = sources.map(({ lastSync }) => lastSync).filter((time) => time !== undefined);
  const oldest = minimum(times);
  const newest = maximum(times);
  const never = sources.filter(({ lastSync }) => lastSync === undefined).map(({ name }) => name);
  const synced =
    oldest === undefined || newest === undefined
      ? 'No sync has ended yet: the data is incomplete'
      : oldest === newest
        ? `Data as of ${newest}`
        : `Data as of ${oldest} to ${newest}, by instance`;
  return oldest !== undefined && never.length > 0
    ? `${synced}; no complete sync yet: ${never.join(', ')}`
    : synced;
}

function minimum<T extends number | string>(values: readonly (T | undefined)[]): T | undefined {
  return known(values).reduce<T | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
}

function maximum<T extends number | string>(values: readonly (T | undefined)[]): T | undefined {
  return known(values).reduce<T | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
}

function known<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}
