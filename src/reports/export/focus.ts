import * as l10n from '@vscode/l10n';
import { columnOf, type Cell, type ReportReader, type ResultSet } from '../../store/resultSet';
import type { ReportModel } from '../reportModel';
import { inDialect } from '../sqlTemplate';
import { CSV, delimitedLines } from './csv';
import { BYTE_ORDER_MARK } from './csvExport';
import { nameSweeper, type People } from './people';
import focusSql from './focusRows.sql';

/** A share, or all of a row that nothing became of, as a decimal number: REAL would round it. */
const E8 = 'COALESCE(s.cost_e8, d.cost_e8)';
const WHOLE = `CAST(ABS(${E8}) / 100000000 AS TEXT)`;
const FRACTION = `substr(CAST(100000000 + ABS(${E8}) % 100000000 AS TEXT), 2)`;
const AMOUNT = `CASE WHEN ${E8} < 0 THEN '-' ELSE '' END || ${WHOLE} || '.' || ${FRACTION}`;

/** The subscription in a path such as `/subscriptions/…/resourcegroups/…`; NULL without one. */
function subscriptionIn(column: string): string {
  const rest = `substr(ltrim(${column}, '/'), 15)`;
  return `CASE WHEN lower(ltrim(${column}, '/')) LIKE 'subscriptions/%' THEN substr(${rest}, 1, instr(${rest} || '/', '/') - 1) END`;
}

const SQL = focusSql
  .replaceAll('{{amount}}', AMOUNT)
  .replaceAll(/\{\{subscription\(([\w.]+)\)\}\}/gu, (_, column: string) => subscriptionIn(column));

/**
 * The rows of bills in the months that a reconciliation shows, each with what became of it: by instance and model, and of no
 * person. They add up to its control totals.
 * @throws Error when the report is another one
 */
export async function readFocusRows(reader: ReportReader, model: ReportModel): Promise<ResultSet> {
  const months = model.datasets['months'];
  if (model.reportId !== 'reconciliation' || months === undefined) {
    throw new Error(l10n.t('Only the report Reconciliation can be written as rows of bills.'));
  }
  const shown = [...new Set(months.map(({ month }) => String(month)))];
  return reader.query(inDialect(reader, SQL), { months: JSON.stringify(shown) });
}

/** Columns whose texts people wrote, such as names of resources and ids of models. */
const WRITTEN: ReadonlySet<string> = new Set([
  'ResourceId',
  'SkuMeter',
  'x_Scope',
  'x_MeterSubcategory',
  'x_Instance',
  'x_Model',
]);

/** Such rows with the names of people replaced, as in exported tables with pseudonyms; no tag is in them. */
export function focusWithoutNames(rows: ResultSet, { users }: People): ResultSet {
  const sweeper = nameSweeper(users);
  const swept = (cell: Cell): Cell => (typeof cell === 'string' ? sweeper.sweep(cell) : cell);
  return {
    ...rows,
    columns: rows.columns.map((column) =>
      WRITTEN.has(column.name)
        ? columnOf(column.name, column.length, (row) => swept(column.at(row)))
        : column,
    ),
  };
}

/** Such rows as CSV, as they come. */
export function* focusCsv(rows: ResultSet): Generator<string> {
  yield BYTE_ORDER_MARK;
  yield* delimitedLines(rows, CSV);
}
