import type { Cell, ResultColumn, ResultSet } from '../../store/resultSet';
import { cellText } from './cellText';
import { ParquetFile, type ParquetColumn } from './parquetFile';
import { uniqueNames } from './uniqueNames';

/** Rows that are encoded together. */
const GROUP_ROWS = 50_000;

/** What all values of a column have in common. */
type ColumnKind = 'integer' | 'double' | 'text' | 'bytes';

interface Kind {
  readonly element: ParquetColumn['element'];
  readonly value: (cell: Exclude<Cell, null>) => unknown;
}

const KINDS: Readonly<Record<ColumnKind, Kind>> = {
  integer: { element: { type: 'INT64' }, value: (cell) => BigInt(cell as number | bigint) },
  double: { element: { type: 'DOUBLE' }, value: Number },
  text: {
    element: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
    value: cellText,
  },
  bytes: { element: { type: 'BYTE_ARRAY' }, value: (cell) => cell },
};

/**
 * A Parquet file of a result, part by part. A column is INT64, DOUBLE, text or bytes where all of its values are; mixed ones are
 * text, and no integer loses a digit. NULL stays NULL, equal names get a number.
 * @param onRows told how many rows were taken
 */
export function* parquetParts(
  { columns, rowCount }: ResultSet,
  onRows: (count: number) => void,
): Generator<Uint8Array> {
  const names = uniqueNames(columns.map(({ name }) => name));
  const kinds = columns.map((column) => KINDS[kindOf(column)]);
  const file = new ParquetFile(kinds.map(({ element }, index) => ({ name: names[index] ?? '', element })));
  for (let first = 0; first < rowCount; first += GROUP_ROWS) {
    const count = Math.min(GROUP_ROWS, rowCount - first);
    yield file.group(
      columns.map((column, index) => valuesOf(column, kinds[index] ?? KINDS.text, first, count)),
      count,
    );
    onRows(first + count);
  }
  yield file.end();
}

function valuesOf(column: ResultColumn, { value }: Kind, first: number, count: number): unknown[] {
  return Array.from({ length: count }, (_, index) => {
    const cell = column.at(first + index);
    return cell === null ? null : value(cell);
  });
}

/** Numbers that a double holds as they are go together; an integer beyond 2^53 among fractions makes the column text. */
function kindOf(column: ResultColumn): ColumnKind {
  const found = new Set<'integer' | 'large' | 'double' | 'text' | 'bytes'>();
  for (const cell of column) {
    if (cell !== null) {
      found.add(kindOfCell(cell));
    }
  }
  const isOnly = (...kinds: readonly string[]): boolean =>
    found.size > 0 && [...found].every((kind) => kinds.includes(kind));
  return isOnly('integer', 'large')
    ? 'integer'
    : isOnly('integer', 'double')
      ? 'double'
      : isOnly('bytes')
        ? 'bytes'
        : 'text';
}

function kindOfCell(cell: Exclude<Cell, null>): 'integer' | 'large' | 'double' | 'text' | 'bytes' {
  switch (typeof cell) {
    case 'bigint':
      return Number.isSafeInteger(Number(cell)) ? 'integer' : 'large';
    case 'number':
      return Number.isSafeInteger(cell) && !Object.is(cell, -0) ? 'integer' : 'double';
    case 'string':
      return 'text';
    default:
      return 'bytes';
  }
}
