import type { Cell, ReportReader, SqlParameters } from '../store/resultSet';
import { rowsOf } from '../store/resultSet';
import type { Value } from './format';
import type { DatasetDefinition } from './reportDefinition';
import type { QueryModel, ReportRow } from './reportModel';
import { expandSql, inlineParameters, type Access } from './sqlTemplate';

/** The rows of one query, and what was cut off. */
export interface Dataset {
  readonly rows: readonly ReportRow[];
  /** Rows before the cut. */
  readonly totalRows: number;
  readonly query: QueryModel;
}

/** Runs one dataset of a report. @throws Error naming the dataset when its statement fails. */
export async function runDataset(
  reader: ReportReader,
  id: string,
  definition: DatasetDefinition,
  shared: SqlParameters,
  access: Access,
): Promise<Dataset> {
  const sql = expandSql(definition.sql, access).trim();
  const parameters = { ...shared, row_limit: definition.rowLimit ?? -1 };
  const result = await reader.query(sql, parameters).catch((error: unknown) => {
    throw new Error(`Failed to read "${definition.title}" for the report`, { cause: error });
  });
  const rows = rowsOf(result).map(toReportRow);
  const total = rows[0]?.['total_rows'];
  return {
    rows,
    totalRows: typeof total === 'number' ? total : rows.length,
    query: {
      id,
      title: definition.title,
      sql: inlineParameters(sql, parameters),
      rowCount: rows.length,
      elapsedMs: result.elapsedMs,
    },
  };
}

function toReportRow(row: Readonly<Record<string, Cell>>): ReportRow {
  return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, toValue(cell)]));
}

/** Reports hold no BLOBs, and a count beyond 2^53 may be rounded: a chart shows three digits of it. */
function toValue(cell: Cell): Value {
  if (typeof cell === 'bigint') {
    return Number(cell);
  }
  return cell instanceof Uint8Array ? null : cell;
}
