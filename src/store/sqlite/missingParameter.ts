import type { SqlParameters } from '../resultSet';
import { sqlTokens } from './sqlTokens';

/**
 * The first parameter of a statement that has no value, as it is written: SQLite takes it for NULL, which no row equals.
 * Only `:name` can have one. @returns undefined where none is missing
 */
export function missingParameter(sql: string, parameters: SqlParameters = {}): string | undefined {
  return sqlTokens(sql)
    .map(({ kind, start, end }) => ({ kind, text: sql.slice(start, end) }))
    .filter(({ kind, text }) => kind === 'parameter' || text === '?')
    .map(({ text }) => text)
    .find((text) => !text.startsWith(':') || !Object.hasOwn(parameters, text.slice(1)));
}
