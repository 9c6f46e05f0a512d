import * as v from 'valibot';
import { jsonLine } from '../../reports/export/json';
import { DatabaseBrokenError } from '../../store/errors';
import { SqlError, type ResultSet, type SqlParameters } from '../../store/resultSet';
import { missingParameter } from '../../store/sqlite/missingParameter';
import { ProblemError } from '../http/problem';
import { route } from './route';

const DEFAULT_ROWS = 1_000;
const MAX_ROWS = 10_000;
const MIB = 1024 * 1024;
/** Characters and bytes of all rows of an answer. */
const MAX_SIZE = 8 * MIB;
/** Characters of a statement. */
const MAX_SQL = 50_000;
const MAX_PARAMETERS = 100;
/** Names that objects have of themselves: valibot takes no value for them. */
const TAKEN_NAMES = ['__proto__', 'constructor', 'prototype'];

/** JSON has lost the last digits of larger ones. */
const exactNumber = v.pipe(
  v.number(),
  v.finite('give a number that is not beyond all numbers'),
  v.check(
    (value) => Number.isSafeInteger(value) || !Number.isInteger(value),
    'give whole numbers beyond 2^53 as text',
  ),
);

const body = v.strictObject({
  sql: v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty('write a statement'),
    v.maxLength(MAX_SQL),
    v.description('One SQLite statement that reads. It runs on a copy that is thrown away.'),
  ),
  limit: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.maxValue(MAX_ROWS),
      v.description('Most rows of the answer'),
    ),
    DEFAULT_ROWS,
  ),
  parameters: v.optional(
    v.pipe(
      v.record(
        v.pipe(v.string(), v.regex(/^[A-Za-z_]\w{0,63}$/u, 'name a parameter without its sign')),
        v.nullable(v.union([v.string(), exactNumber])),
      ),
      v.maxEntries(MAX_PARAMETERS),
      v.description('A value for each :name in the statement, by name'),
    ),
    {},
  ),
});

/** Rows of one statement. */
export const queryRoute = route({
  method: 'post',
  path: '/v1/query',
  operationId: 'query',
  summary: 'The rows of one SQL statement (docs/schema.md describes the tables)',
  input: { body },
  answer: { contentType: 'application/json', schema: 'QueryResult' },
  problems: [
    'bad_sql',
    'no_data',
    'too_large',
    'wrong_media_type',
    'took_too_long',
    'too_costly',
    'too_many',
    'unavailable',
  ],
  thread: 'query',
  run: async ({ body: { sql, limit, parameters } }, { mirror, signal }) => {
    assertComplete(sql, parameters);
    try {
      const result = await mirror.queries.run(sql, { limit, mostSize: MAX_SIZE, parameters, signal });
      return { contentType: 'application/json', body: resultJson(whatFits(result)) };
    } catch (error) {
      throw problemOf(error, sql);
    }
  },
});

/** @throws ProblemError where a parameter has no value */
function assertComplete(sql: string, parameters: SqlParameters): void {
  const missing = missingParameter(sql, parameters);
  if (missing !== undefined) {
    const isTaken = TAKEN_NAMES.includes(missing.slice(1));
    throw new ProblemError('bad_request', {
      detail: isTaken
        ? `A parameter cannot have the name ${missing.slice(1)}: choose another one.`
        : `There is no value for ${missing}: write parameters as :name and give each a value in "parameters".`,
    });
  }
}

/** The row with which a result became too large is left out. @throws ProblemError where it is the only one */
function whatFits(result: ResultSet): ResultSet {
  const { rowCount, size = 0 } = result;
  if (size <= MAX_SIZE) {
    return result;
  }
  if (rowCount === 1) {
    throw new ProblemError('too_costly', {
      detail: `One row is larger than an answer, which holds ${MAX_SIZE / MIB} MiB. Cut its values with substr().`,
    });
  }
  return { ...result, rowCount: rowCount - 1, truncated: true };
}

/** Rows are arrays: columns may have equal names. */
function resultJson({ columns, rowCount, truncated, elapsedMs }: ResultSet): string {
  const rows = Array.from({ length: rowCount }, (_, row) =>
    jsonLine(
      columns.map((column) => column.at(row)),
      undefined,
    ),
  );
  const names = columns.map(({ name }) => JSON.stringify(name));
  return `{"columns":[${names.join(',')}],"rows":[${rows.join(',\n')}],"rowCount":${rowCount},"isCut":${truncated},"elapsedMs":${elapsedMs}}\n`;
}

function problemOf(error: unknown, sql: string): unknown {
  if (error instanceof SqlError) {
    return new ProblemError('bad_sql', { detail: error.message, ...placeOf(sql, error.offset) });
  }
  if (error instanceof DatabaseBrokenError) {
    return new ProblemError('too_costly', { detail: 'Ask for less at once: aggregate, or add a LIMIT.' });
  }
  return error;
}

function placeOf(sql: string, offset: number | undefined): object {
  if (offset === undefined) {
    return {};
  }
  const before = sql.slice(0, offset).split('\n');
  return { offset, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
