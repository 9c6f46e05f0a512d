import { quotedName } from '../../store/sqlite/sqlQuoting';

/** A column of the mirror, as SQLite's `table_xinfo` tells it. */
export interface MirrorColumn {
  readonly name: string;
  /** As declared: INTEGER, TEXT, REAL or BLOB. */
  readonly type: string;
  readonly isRequired: boolean;
  /** Place in the primary key from 1; 0: not in it. */
  readonly keyPlace: number;
}

/** A table of the mirror. */
export interface MirrorTable {
  readonly name: string;
  readonly columns: readonly MirrorColumn[];
}

/** A column that each table has beside the mirror's: a digest of its row, by which a push sees what has changed. */
export const DIGEST_COLUMN = 'warehouse_digest';

/**
 * What PostgreSQL stores a column of SQLite as. Text sorts by its bytes, as in SQLite: the language of a server changes no
 * order and no comparison.
 */
const TYPES: Readonly<Record<string, string>> = {
  INTEGER: 'bigint',
  TEXT: 'text COLLATE "C"',
  REAL: 'double precision',
  BLOB: 'bytea',
};

/** A column as PostgreSQL defines it, without the rules of its table. @throws Error for a type that SQLite's schema should not have */
export function columnDefinition({ name, type }: MirrorColumn): string {
  return `${quotedName(name)} ${postgresType(name, type)}`;
}

function postgresType(name: string, type: string): string {
  const stored = TYPES[type.toUpperCase()];
  if (stored === undefined) {
    throw new Error(`The column ${name} has the type "${type}", which no warehouse knows`);
  }
  return stored;
}

/** The columns that tell rows of a table apart, in the order of its key. */
export function keyColumns({ columns }: MirrorTable): readonly MirrorColumn[] {
  return columns.filter(({ keyPlace }) => keyPlace > 0).toSorted((a, b) => a.keyPlace - b.keyPlace);
}

/** Their names. */
export function keyOf(table: MirrorTable): readonly string[] {
  return keyColumns(table).map(({ name }) => name);
}

/** What an array of a column's values is in PostgreSQL. */
export function arrayType({ name, type }: MirrorColumn): string {
  return `${postgresType(name, type).replace(/ COLLATE .*/u, '')}[]`;
}

/** The statement that makes a table of the mirror in the current schema. */
export function createTable(table: MirrorTable): string {
  const lines = [
    ...table.columns.map((column) => `${columnDefinition(column)}${column.isRequired ? ' NOT NULL' : ''}`),
    `${DIGEST_COLUMN} bigint`,
    `PRIMARY KEY (${keyOf(table).map(quotedName).join(', ')})`,
  ];
  return `CREATE TABLE ${quotedName(table.name)} (\n  ${lines.join(',\n  ')}\n)`;
}

/**
 * The statement that gives a table the columns that it lacks. What is required in the mirror is not here: rows that were
 * pushed before, and that the mirror does not have any more, hold nothing in them.
 */
export function addColumns(name: string, columns: readonly MirrorColumn[]): string {
  return `ALTER TABLE ${quotedName(name)} ${columns.map((column) => `ADD COLUMN ${columnDefinition(column)}`).join(', ')}`;
}
