import { safeName } from '../../reports/export/fileName';
import type { SqliteDatabase, Value } from '../../store/sqlite/sqlite';
import { dateOfDay, dayOfDate } from './localDates';
import type { ExportedTable, MonthSource } from './exportedTables';
import type { Sweep } from './pseudonyms';

/** The rows of a table that are written to one file; a level that the table does not have is undefined, one that a row lacks null. */
export interface Partition {
  /** `instances.id`. */
  readonly instance?: number | null | undefined;
  /** `YYYY-MM`. */
  readonly month?: string | null | undefined;
}

/** What readers of partitioned folders take for NULL. */
const NONE = '__HIVE_DEFAULT_PARTITION__';

/** SQL of a row's month, of which {@link monthText} makes YYYY-MM. */
export function monthSql({ kind, column }: MonthSource): string {
  return kind === 'day' ? column : `substr(${column}, 1, 7)`;
}

/** @returns a function that remembers what it was asked for: there are few months */
export function monthTexts(kind: MonthSource['kind']): (value: unknown) => string | null {
  if (kind === 'text') {
    return (value) => (typeof value === 'string' && value !== '' ? value : null);
  }
  const known = new Map<unknown, string | null>();
  return (value) => {
    let month = known.get(value);
    if (month === undefined) {
      month = typeof value === 'number' ? (dateOfDay(value)?.slice(0, 7) ?? null) : null;
      known.set(value, month);
    }
    return month;
  };
}

/** SQL that is true for the rows of a partition, and its values. */
export function partitionSql(
  table: ExportedTable,
  { instance, month }: Partition,
): { readonly where: readonly string[]; readonly values: readonly Value[] } {
  const where: string[] = [];
  const values: Value[] = [];
  if (instance !== undefined && table.instance !== undefined) {
    where.push(`${table.instance} IS ?`);
    values.push(instance);
  }
  if (month !== undefined && table.month !== undefined) {
    const { kind, column } = table.month;
    if (month === null) {
      where.push(kind === 'day' ? `${column} BETWEEN ? AND ? IS NOT 1` : `coalesce(${column}, '') = ''`);
      values.push(...(kind === 'day' ? CALENDAR : []));
    } else {
      where.push(`${column} >= ? AND ${column} < ?`);
      values.push(...(kind === 'day' ? [firstDay(month), lastDay(month) + 1] : [month, `${month}~`]));
    }
  }
  return { where, values };
}

/** The same for a table without rows: of NULL alone some readers cannot tell a type. */
const EMPTY = 'none';

/**
 * The file of a partition: `users/instance=fasgpt-1/month=2026-01/part-0.parquet`.
 * @param isEmpty the table has no rows
 */
export function parquetPath(
  table: string,
  { instance, month }: Partition,
  names: InstanceNames,
  isEmpty: boolean,
): string {
  const none = isEmpty ? EMPTY : NONE;
  return [
    table,
    ...(instance === undefined ? [] : [`instance=${instance === null ? none : names(instance)}`]),
    ...(month === undefined ? [] : [`month=${month ?? none}`]),
    'part-0.parquet',
  ].join('/');
}

/** What stands for an instance in the name of a folder. */
export type InstanceNames = (id: number) => string;

/**
 * The instance's name and id, such as `fasgpt-1`: unique and always a text. A reader would take a name of digits and dashes for
 * a number or a date.
 * @param sweep replaces people's names in it
 */
export function instanceNames(database: SqliteDatabase, sweep: Sweep = (name) => name): InstanceNames {
  const names = new Map(database.all<[number, string]>('SELECT id, name FROM instances'));
  return (id) => {
    const name = safeName(sweep(names.get(id) ?? ''));
    return `${/\p{L}/u.test(name) ? name : `instance-${name}`}-${id}`;
  };
}

/** First and last day whose month has a name. */
const CALENDAR = [firstDay('0000-01'), lastDay('9999-12')];

function firstDay(month: string): number {
  return dayOfDate(`${month}-01`) ?? 0;
}

function lastDay(month: string): number {
  return firstDay(month) + daysOf(month) - 1;
}

function daysOf(month: string): number {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, number, 0);
  return date.getUTCDate();
}
