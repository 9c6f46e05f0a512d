import type { Cell, ResultSet } from '../../store/resultSet';
import { MOST_CHART_ROWS, type ChartValue } from '../../webview/results/protocol';

/** Wider results are charted by their first columns. */
const MOST_COLUMNS = 50;
/** Labels are cut anyway. */
const MOST_CHARACTERS = 200;

/** The rows of a result as a chart reads them. */
export function chartRows({ columns, rowCount }: ResultSet): ChartValue[][] {
  const drawn = columns.slice(0, MOST_COLUMNS);
  return Array.from({ length: Math.min(rowCount, MOST_CHART_ROWS) }, (_, row) =>
    drawn.map((column) => chartValue(column.at(row, MOST_CHARACTERS))),
  );
}

function chartValue(cell: Cell): ChartValue {
  switch (typeof cell) {
    case 'bigint':
      return Number(cell);
    case 'string':
      return cell.slice(0, MOST_CHARACTERS);
    case 'number':
      return cell;
    default:
      return null;
  }
}
