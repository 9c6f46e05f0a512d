import { DatabaseError, types, type ClientBase } from 'pg';
import {
  columnsOf,
  SqlError,
  type Cell,
  type ReportReader,
  type ResultSet,
  type SqlParameters,
} from '../../store/resultSet';
import { numberedParameters } from './namedParameters';

/** How values of PostgreSQL become those that SQLite would give, by the number of their type. */
const PARSERS: ReadonlyMap<number, (text: string) => Cell> = new Map([
  [types.builtins.INT8, integerOf],
  [types.builtins.INT4, integerOf],
  [types.builtins.INT2, integerOf],
  [types.builtins.NUMERIC, numericOf],
  [types.builtins.FLOAT8, Number],
  [types.builtins.FLOAT4, Number],
  [types.builtins.BOOL, (text) => Number(text === 't')],
]);

/** Integers beyond 2^53 stay exact. */
function integerOf(text: string): Cell {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** Sums of integers are `numeric` in PostgreSQL; what has no fraction stays an integer. */
function numericOf(text: string): Cell {
  return /^-?\d+$/u.test(text) ? integerOf(text) : Number(text);
}

const asText = (text: string): string => text;

/**
 * Reads a warehouse with the product's own SQL. The connection's search path is the warehouse's schema; the caller ends it.
 * A statement that fails is a SqlError; a connection that does, an error of `pg`.
 * @param generation the mirror's file generation that was pushed last
 */
export function createPostgresReader(
  client: ClientBase,
  generation: () => Promise<number>,
): Omit<ReportReader, 'dispose'> {
  return { dialect: 'postgres', query: (sql, parameters) => query(client, sql, parameters), generation };
}

async function query(client: ClientBase, sql: string, parameters: SqlParameters = {}): Promise<ResultSet> {
  const startedAt = performance.now();
  const { text, values } = numberedParameters(sql, parameters);
  const result = await client
    .query<Cell[]>({
      text,
      values: [...values],
      rowMode: 'array',
      types: { getTypeParser: (type: number) => PARSERS.get(type) ?? asText },
    })
    .catch((error: unknown) => {
      throw error instanceof DatabaseError ? new SqlError(error.message) : error;
    });
  return {
    columns: columnsOf(
      result.fields.map(({ name }) => name),
      result.rows,
    ),
    rowCount: result.rows.length,
    truncated: false,
    elapsedMs: performance.now() - startedAt,
  };
}
