import * as l10n from '@vscode/l10n';
import { DatabaseBrokenError, TextFileError, toError } from '../errors';
import { columnsOf, SqlError, type ResultSet, type SqlParameters } from '../resultSet';
import type { Selection, SelectionLimit } from '../sqlite/sqlite';
import { placeOfError } from './errorPlace';
import type { Statements } from './shardedText';

/** Errors that no change of the statement would help. */
const PASSED_ON = [SqlError, DatabaseBrokenError, TextFileError];

/** What compiles statements. */
type Compiler = Pick<Statements, 'check' | 'remainder'>;

const NOTHING = 'Nothing to prepare';

/** Runs exactly one statement; a number as `limit`: of rows. @throws SqlError with the place of the error, where it can be told; TextFileError */
export async function runStatement(
  database: Statements,
  sql: string,
  limit: number | SelectionLimit,
  parameters: SqlParameters = {},
): Promise<ResultSet> {
  const started = performance.now();
  try {
    assertSingle(database, sql);
    return resultSet(await database.select(sql, limit, parameters), performance.now() - started);
  } catch (error) {
    throw explained(database, sql, toError(error));
  }
}

/** @throws SqlError when a second statement follows; as SQLite does when the first one does not compile. */
export function assertSingle(database: Compiler, sql: string): void {
  database.check(sql);
  const rest = database.remainder(sql);
  if (messageOf(database, rest) !== NOTHING) {
    throw new SqlError(l10n.t('Run one statement at a time.'), sql.length - rest.trimStart().length);
  }
}

/** What SQLite says to a text; undefined when it compiles. */
function messageOf(database: Compiler, sql: string): string | undefined {
  try {
    database.check(sql);
    return undefined;
  } catch (error) {
    return toError(error).message;
  }
}

/** What a person is told about an error of a statement, with its place where it can be told. */
export function explained(database: Compiler, sql: string, error: Error): Error {
  if (PASSED_ON.some((type) => error instanceof type)) {
    return error;
  }
  if (error.message === NOTHING) {
    return new SqlError(l10n.t('There is no statement to run.'));
  }
  if (error.message === 'attempt to write a readonly database') {
    return writeRefused();
  }
  const place = placeOfError(sql, error.message, (text) => messageOf(database, text));
  return new SqlError(error.message, place);
}

export function writeRefused(): SqlError {
  return new SqlError(l10n.t('This is a read-only copy. Only SELECT and other reading statements run here.'));
}

function resultSet({ columns, rows, truncated, size, isFull }: Selection, elapsedMs: number): ResultSet {
  return {
    columns: columnsOf(columns, rows),
    rowCount: rows.length,
    truncated,
    size,
    ...(isFull === true ? { isFull } : {}),
    elapsedMs,
  };
}
