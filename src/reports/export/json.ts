import type { Cell, ResultSet } from '../../store/resultSet';
import { cellText } from './cellText';
import { uniqueNames } from './uniqueNames';

/**
 * The rows as a JSON array of objects, a line each. Integers keep every digit, bytes are an SQL blob literal, and of
 * equally named columns the later ones get a number: `id`, `id_2`. Without a header each row is an array.
 */
export function* jsonLines({ columns, rowCount }: ResultSet, hasHeader = true): Generator<string> {
  const keys = hasHeader ? jsonKeys(columns.map(({ name }) => name)) : undefined;
  yield '[\n';
  for (let row = 0; row < rowCount; row += 1) {
    const line = jsonLine(
      columns.map((column) => column.at(row)),
      keys,
    );
    yield `${line}${row === rowCount - 1 ? '' : ','}\n`;
  }
  yield ']\n';
}

/** Names of columns as keys of an object. */
export function jsonKeys(names: readonly string[]): readonly string[] {
  return uniqueNames(names).map((name) => JSON.stringify(name));
}

/** One row, without a line end: an object, or an array where there are no keys. */
export function jsonLine(cells: readonly Cell[], keys: readonly string[] | undefined): string {
  const values = cells.map(jsonValue);
  return keys === undefined
    ? `[${values.join(',')}]`
    : `{${values.map((value, index) => `${keys[index] ?? ''}:${value}`).join(',')}}`;
}

function jsonValue(cell: Cell): string {
  if (typeof cell === 'bigint') {
    return String(cell);
  }
  if (cell instanceof Uint8Array) {
    return JSON.stringify(cellText(cell));
  }
  return JSON.stringify(cell);
}
