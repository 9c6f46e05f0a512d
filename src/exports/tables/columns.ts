import type { SqliteDatabase } from '../../store/sqlite/sqlite';
import type { ExportedTable } from './exportedTables';
import { withoutNames } from './privateTexts';

/**
 * What the values of a column are. `instant`: seconds since 1970, UTC; `local`: the same moment as `YYYY-MM-DD HH:MM:SS` in the
 * mirror's zone; `date`: a date as text, or days since 1970-01-01; `amount`: an integer of 0.00000001.
 */
export type ColumnKind = 'integer' | 'real' | 'text' | 'boolean' | 'instant' | 'local' | 'date' | 'amount';

/** A column of an export. */
export interface ExportColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** SQL of its value. */
  readonly sql: string;
  /** The text of messages, which may lie in sealed files. */
  readonly isMessageText?: boolean;
}

/** Serve change detection, or how text is stored; `share_id` opens a chat to whoever has it. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'row_hash',
  'first_seen_run',
  'last_changed_run',
  'content_shard',
  'list_title',
  'fetched_at_epoch',
  'share_id',
]);

/** Beside all that begin with `is_`. */
const BOOLEANS: ReadonlySet<string> = new Set([
  'enabled',
  'archived',
  'pinned',
  'has_sources',
  'has_usage',
  'billed_is_final',
]);

const DATES: ReadonlySet<string> = new Set([
  'date',
  'day',
  'utc_day',
  'valid_from',
  'valid_from_day',
  'known_to_day',
  'first_day',
  'last_day',
]);

/** Local times of views, which have no epoch beside them. */
const LOCAL_TIMES: ReadonlySet<string> = new Set(['created_at', 'sync_datetime']);

/** Columns of views that SQLite knows no type of; all others are integers. */
const UNTYPED: Readonly<Record<string, ColumnKind>> = {
  tag: 'text',
  outcome: 'text',
  currency: 'text',
  cost_source: 'text',
  billed_cost: 'real',
  list_cost: 'real',
  cost: 'real',
};

/** What a table has beside the columns of the database. */
const ADDED: Readonly<Record<string, readonly ExportColumn[]>> = {
  chats: [{ name: 'is_shared', kind: 'boolean', sql: 't.share_id IS NOT NULL' }],
  messages: [
    {
      name: 'content',
      kind: 'text',
      sql: '(SELECT x.content FROM message_text x WHERE x.id = t.id)',
      isMessageText: true,
    },
  ],
};

const EPOCH = '_epoch';
const E8 = '_e8';

/**
 * The columns of a table in their order: `x_epoch` becomes `x_utc`, `x_e8` the exact amount `x`.
 * @param isPseudonymised their texts name nobody: the SQL needs the functions of `definePseudonyms`
 */
export function exportColumns(
  database: SqliteDatabase,
  { name: table, source = table }: ExportedTable,
  isPseudonymised = false,
): ExportColumn[] {
  const found = database.all<[string, string]>('SELECT name, type FROM pragma_table_xinfo(?)', [source]);
  const names = new Set(found.map(([name]) => name));
  const own = found
    .filter(([name]) => !LEFT_OUT.has(name) && !names.has(`${name}${E8}`))
    .map(([name, type]): ExportColumn => ({
      name: exportedName(name),
      kind: kindOf(name, type, names),
      sql: `t.${name}`,
    }));
  const columns = [...own, ...(ADDED[table] ?? [])];
  return isPseudonymised
    ? columns.map((column) => (column.kind === 'text' ? anonymous(table, column) : column))
    : columns;
}

function anonymous(table: string, { name, kind, sql }: ExportColumn): ExportColumn {
  return { name, kind, sql: withoutNames(table, name, sql) };
}

function exportedName(name: string): string {
  return name.endsWith(EPOCH)
    ? `${name.slice(0, -EPOCH.length)}_utc`
    : name.endsWith(E8)
      ? name.slice(0, -E8.length)
      : name;
}

function kindOf(name: string, type: string, names: ReadonlySet<string>): ColumnKind {
  if (name.endsWith(EPOCH)) {
    return 'instant';
  }
  if (name.endsWith(E8)) {
    return 'amount';
  }
  if (names.has(`${name}${EPOCH}`) || LOCAL_TIMES.has(name)) {
    return 'local';
  }
  if (name.startsWith('is_') || BOOLEANS.has(name)) {
    return 'boolean';
  }
  if (DATES.has(name)) {
    return 'date';
  }
  return type === 'TEXT' ? 'text' : type === 'REAL' ? 'real' : (UNTYPED[name] ?? 'integer');
}
