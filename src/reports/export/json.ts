import type { Cell, ResultSet } from '../../store/resultSet';
import { cellText } from './cellText';

/**
 * The rows as a JSON array of objects, a line each. Integers keep every digit, bytes are an SQL blob literal, and of
 * equally named columns the later ones get a number: `id`, `id_2`.
 */
export function* jsonLines({ columns, rowCount }: ResultSet): Generator<string> {
  const keys = uniqueNames(columns.map(({ name }) => name)).map((name) => JSON.stringify(name));
  yield '[\n';
  for (let row = 0; row < rowCount; row += 1) {
    const members = columns.map((column, index) => `${keys[index] ?? ''}:${jsonValue(column.at(row))}`);
    yield `{${members.join(',')}}${row === rowCount - 1 ? '' : ','}\n`;
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

function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let count = 2; seen.has(unique); count += 1) {
      const numbered = `${name}_${count}`;
      unique = taken.has(numbered) ? unique : numbered;
    }
    seen.add(unique);
    return unique;
  });
}
