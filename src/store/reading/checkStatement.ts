import * as l10n from '@vscode/l10n';
import { toError } from '../errors';
import { SqlError, type StatementCheck } from '../resultSet';
import type { SqliteDatabase } from '../sqlite/sqlite';
import { parameterNames, sqlTokens } from '../sqlite/sqlTokens';
import { assertSingle, explained, writeRefused } from './runStatement';

/** A {@link StatementCheck} on its way to another thread, where errors lose their class. */
export interface CheckMessage extends Omit<StatementCheck, 'error'> {
  readonly error: { readonly message: string; readonly offset: number | undefined } | undefined;
}

/** Steps of a statement's program that are looked at; no program of a person's statement is as long. */
const MOST_STEPS = 100_000;
/** Column of `EXPLAIN` that names the step, and the one that is not 0 where a transaction begins that writes. */
const OPCODE = 1;
const P2 = 3;

/** Compiles exactly one statement; nothing runs. What would refuse it at a run is its error. */
export function checkStatement(database: SqliteDatabase, sql: string): CheckMessage {
  const parameters = parameterNames(sql);
  try {
    assertSingle(database, sql);
    assertNamedParameters(sql);
    const columns = database.columnNames(sql);
    if (writes(database, sql)) {
      throw writeRefused();
    }
    return { error: undefined, parameters, columns };
  } catch (error) {
    const told = explained(database, sql, toError(error));
    if (!(told instanceof SqlError)) {
      throw told;
    }
    return { error: { message: told.message, offset: told.offset }, parameters, columns: [] };
  }
}

/** A `?` could be given no value. */
function assertNamedParameters(sql: string): void {
  const unnamed = sqlTokens(sql).find(({ kind, start }) => kind === 'other' && sql[start] === '?');
  if (unnamed !== undefined) {
    throw new SqlError(l10n.t('Give each parameter a name, such as :from.'), unnamed.start);
  }
}

function writes(database: SqliteDatabase, sql: string): boolean {
  if (/^\s*explain\b/i.test(withoutLeadingComments(sql))) {
    return false;
  }
  const { rows } = database.select(`EXPLAIN ${sql}`, MOST_STEPS);
  return rows.some((step) => step[OPCODE] === 'Transaction' && step[P2] !== 0);
}

function withoutLeadingComments(sql: string): string {
  const first = sqlTokens(sql).find(({ kind }) => kind !== 'comment');
  return first === undefined ? '' : sql.slice(first.start);
}
