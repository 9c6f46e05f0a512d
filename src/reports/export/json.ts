import type { Cell, ResultSet } from '../../store/resultSet';
import { cellText } from './cellText';
import { uniqueNames } from './uniqueNames';

/**
 * The rows as a JSON array of objects, a line each. Integers keep every digit, bytes are an SQL blob literal, and of
 * equally named columns the later ones get a number: `id`, `id_2`. Without a header each row is an array.
 */
export function* jsonLines({ columns, rowCount }: ResultSet, hasHeader = true): Generator<string> {
  const keys = uniqueNames(columns.map(({ name }) => name)).map((name) => JSON.stringify(name));
  yield '[\n';
  for (let row = 0; row < rowCount; row += 1) {
    const values = columns.map((column) => jsonValue(column.at(row)));
    const members = values.map((value, index) => `${keys[index] ?? ''}:${value}`);
    const line = hasHeader ? `{${members.join(',')}}` : `[${values.join(',')}]`;
    yield `${line}${row === rowCount - 1 ? '' : ','}\n`;
  }
  yield ']\n';
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
