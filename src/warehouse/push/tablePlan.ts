import { quotedName } from '../../store/sqlite/sqlQuoting';
import type { Cell } from '../../store/resultSet';
import {
  arrayType,
  DIGEST_COLUMN,
  keyColumns,
  keyOf,
  type MirrorColumn,
  type MirrorTable,
} from '../schema/tables';
import type { StoredType } from './encodeRow';
import { EMPTIED_COLUMNS, UNPUSHED_ROWS } from './tableRules';

/** What is needed to read a table of the mirror and to compare it with the warehouse's. */
export interface TablePlan {
  readonly table: MirrorTable;
  readonly name: string;
  readonly columns: readonly string[];
  readonly types: readonly StoredType[];
  /** Places of the key's columns among the columns. */
  readonly keyPlaces: readonly number[];
  /** Places of texts that name something: of the key, and others that are looked up. */
  readonly idPlaces: readonly number[];
  /** The key's columns, quoted. */
  readonly key: readonly string[];
  /** SELECT … FROM … of the mirror, without its WHERE. */
  readonly select: string;
  /** Condition of the rows that are pushed. */
  readonly pushed: string;
}

/** A row's key as a text that no other key has. */
export type KeyText = string;

const STORED: Readonly<Record<string, StoredType>> = {
  INTEGER: 'bigint',
  TEXT: 'text',
  REAL: 'double',
  BLOB: 'bytes',
};

export function planOf(table: MirrorTable): TablePlan {
  const { name, columns } = table;
  const emptied = EMPTIED_COLUMNS[name] ?? [];
  const unpushed = UNPUSHED_ROWS[name];
  const list = columns.map((column) => (emptied.includes(column.name) ? 'NULL' : quotedName(column.name)));
  return {
    table,
    name,
    columns: columns.map((column) => column.name),
    types: columns.map(({ type }) => STORED[type.toUpperCase()] ?? 'text'),
    keyPlaces: keyColumns(table).map((column) => columns.indexOf(column)),
    idPlaces: [...columns.keys()].filter((place) => isId(columns[place])),
    key: keyOf(table).map(quotedName),
    select: `SELECT ${list.join(', ')} FROM main.${quotedName(name)}`,
    pushed: unpushed === undefined ? 'true' : `(${unpushed}) IS NOT TRUE`,
  };
}

function isId(column: MirrorColumn | undefined): boolean {
  return column?.type === 'TEXT' && (column.keyPlace > 0 || column.name.endsWith('_id'));
}

export function keyCells({ keyPlaces }: TablePlan, row: readonly Cell[]): readonly Cell[] {
  return keyPlaces.map((place) => row[place] ?? null);
}

/** The same of a key that the mirror told and of one that PostgreSQL told. */
export function keyText(cells: readonly Cell[]): KeyText {
  return JSON.stringify(cells.map(String));
}

/** Columns as a COPY names them. */
export function copiedColumns({ columns }: TablePlan): readonly string[] {
  return [...columns, DIGEST_COLUMN];
}

/** A statement that deletes the rows of these keys; its parameters are an array for each column of the key. */
export function deleteSql({ name, table }: TablePlan): string {
  const own = keyColumns(table);
  const arrays = own.map((column, index) => `$${index + 1}::${arrayType(column)}`).join(', ');
  const names = own.map((_, index) => `k${index}`).join(', ');
  const matches = own.map((column, index) => `t.${quotedName(column.name)} = k.k${index}`).join(' AND ');
  return `DELETE FROM ${quotedName(name)} t USING unnest(${arrays}) AS k (${names}) WHERE ${matches}`;
}
