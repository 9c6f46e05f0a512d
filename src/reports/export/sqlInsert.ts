import type { Cell, ResultSet } from '../../store/resultSet';
import { quotedName, quotedText } from '../../store/sqlite/sqlQuoting';
import { cellText } from './cellText';

/** The rows as statements of SQL, one each, into a table called `result`. Without a header the columns are not named. */
export function* insertLines({ columns, rowCount }: ResultSet, hasHeader: boolean): Generator<string> {
  const names = columns.map(({ name }) => quotedName(name)).join(', ');
  const into = hasHeader ? `INSERT INTO result (${names})` : 'INSERT INTO result';
  for (let row = 0; row < rowCount; row += 1) {
    yield `${into} VALUES (${columns.map((column) => literal(column.at(row))).join(', ')});\n`;
  }
}

function literal(cell: Cell): string {
  if (cell === null) {
    return 'NULL';
  }
  if (cell === Infinity || cell === -Infinity) {
    // SQL has no word for it; a number beyond all is one.
    return cell > 0 ? '9e999' : '-9e999';
  }
  return typeof cell === 'string' ? quotedText(cell) : cellText(cell);
}
