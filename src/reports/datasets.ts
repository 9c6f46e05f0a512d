import type { Cell, ReportReader } from '../store/resultSet';
import { rowsOf } from '../store/resultSet';
import { quotedName } from '../store/sqlite/sqlQuoting';
import type { Value } from './format';
import type { DatasetDefinition, DerivedDataset, DeriveContext, QueryDataset } from './reportDefinition';
import type { QueryModel, ReportRow } from './reportModel';
import type { ReportPlan } from './reportPlan';
import type { TableView } from './reportSettings';
import { expandSql, inlineParameters } from './sqlTemplate';

/** Most rows of a table that is shown whole: a page has to lay them out. */
export const MAX_TABLE_ROWS = 1000;

/** The rows of one dataset, and what was cut off. */
export interface Dataset {
  readonly rows: readonly ReportRow[];
  /** Rows before the cut. */
  readonly totalRows: number;
  /** Undefined for rows that were worked out from others. */
  readonly query?: QueryModel | undefined;
}

/** Reads the datasets of one report when they are first asked for. */
export class Datasets {
  readonly #run: ReportReader['query'];
  readonly #definitions: Readonly<Record<string, DatasetDefinition>>;
  readonly #plan: ReportPlan;
  readonly #context: DeriveContext;
  readonly #read = new Map<string, Dataset>();

  constructor(
    run: ReportReader['query'],
    definitions: Readonly<Record<string, DatasetDefinition>>,
    plan: ReportPlan,
    context: DeriveContext,
  ) {
    this.#run = run;
    this.#definitions = definitions;
    this.#plan = plan;
    this.#context = context;
  }

  /** @throws Error naming the dataset when its statement fails */
  async get(id: string): Promise<Dataset> {
    const read = this.#read.get(id) ?? (await this.#make(id));
    this.#read.set(id, read);
    return read;
  }

  /**
   * The dataset as a person wants to see it in a table; the dataset itself stays as it is for charts.
   * @returns its name among all datasets, and its rows.
   */
  async view(id: string, blockId: string, view: TableView): Promise<readonly [name: string, Dataset]> {
    const definition = this.#definition(id);
    if (view.sort === undefined && view.isLong !== true) {
      return [id, await this.get(id)];
    }
    const name = `${id}/${blockId}`;
    const read =
      this.#read.get(name) ??
      (isCut(definition)
        ? await this.#query(name, definition, view)
        : sorted(name, await this.get(id), view));
    this.#read.set(name, read);
    return [name, read];
  }

  /** Everything that was read, by name. */
  all(): ReadonlyMap<string, Dataset> {
    return this.#read;
  }

  #definition(id: string): DatasetDefinition {
    const definition = this.#definitions[id];
    if (definition === undefined) {
      throw new Error(`The report has no dataset "${id}"`);
    }
    return definition;
  }

  #make(id: string): Promise<Dataset> {
    const definition = this.#definition(id);
    return 'sql' in definition ? this.#query(id, definition, {}) : this.#derive(definition);
  }

  async #derive({ from, derive }: DerivedDataset): Promise<Dataset> {
    const sources: (readonly ReportRow[])[] = [];
    for (const id of from) {
      sources.push((await this.get(id)).rows);
    }
    const rows = derive(sources, this.#context);
    return { rows, totalRows: rows.length };
  }

  async #query(name: string, definition: QueryDataset, view: TableView): Promise<Dataset> {
    const sql = statementOf(expandSql(definition.sql, this.#plan.sql).trim(), definition, view);
    const parameters = { ...this.#plan.parameters, row_limit: rowLimitOf(definition, view) };
    const result = await this.#run(sql, parameters).catch((error: unknown) => {
      throw new Error(`Failed to read "${definition.title}" for the report`, { cause: error });
    });
    const rows = rowsOf(result).map(toReportRow);
    const total = rows[0]?.['total_rows'];
    return {
      rows,
      totalRows: typeof total === 'number' ? total : rows.length,
      query: {
        id: name,
        title: definition.title,
        sql: inlineParameters(sql, parameters),
        rowCount: rows.length,
        elapsedMs: result.elapsedMs,
      },
    };
  }
}

function rowLimitOf({ rowLimit }: QueryDataset, { isLong = false }: TableView): number {
  return rowLimit === undefined ? -1 : isLong ? Math.max(rowLimit, MAX_TABLE_ROWS) : rowLimit;
}

/** A statement whose rows are sorted, cut and counted before the cut; others are read whole, and sorted here. */
function statementOf(sql: string, definition: QueryDataset, { sort }: TableView): string {
  if (!isCut(definition)) {
    return sql;
  }
  const order =
    sort === undefined
      ? 'rank'
      : `${quotedName(sort.field)} ${sort.isDescending ? 'DESC' : 'ASC'} NULLS LAST, rank`;
  return `SELECT *, COUNT(*) OVER () AS total_rows FROM (\n${sql}\n) answer\nORDER BY ${order}\nLIMIT :row_limit`;
}

function isCut(definition: DatasetDefinition): definition is QueryDataset & { readonly rowLimit: number } {
  return 'sql' in definition && definition.rowLimit !== undefined;
}

function sorted(name: string, { query, ...dataset }: Dataset, { sort }: TableView): Dataset {
  const named = { ...dataset, query: query === undefined ? undefined : { ...query, id: name } };
  if (sort === undefined) {
    return named;
  }
  const sign = sort.isDescending ? -1 : 1;
  const valueOf = (row: ReportRow): Value => row[sort.field] ?? null;
  return { ...named, rows: dataset.rows.toSorted((a, b) => compare(valueOf(a), valueOf(b), sign)) };
}

function compare(a: Value, b: Value, sign: number): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)));
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
