import type { SqlParameters } from '../../store/resultSet';
import { sqlTokens } from '../../store/sqlite/sqlTokens';

/** A statement with numbered parameters, as PostgreSQL wants them. */
export interface NumberedStatement {
  readonly text: string;
  readonly values: readonly (string | number | null)[];
}

/**
 * Puts `$1` in place of `:name`, each with its type: PostgreSQL would otherwise guess it from the place where it stands.
 * A name that nothing was given for stays NULL, as in SQLite.
 */
export function numberedParameters(sql: string, parameters: SqlParameters): NumberedStatement {
  const names: string[] = [];
  let text = '';
  let position = 0;
  for (const { kind, start, end } of sqlTokens(sql)) {
    // A cast (`::bigint`) is two signs and a word to SQLite's eyes.
    if (kind !== 'parameter' || sql[start - 1] === ':') {
      continue;
    }
    const name = sql.slice(start + 1, end);
    const known = names.indexOf(name);
    const place = known === -1 ? names.push(name) : known + 1;
    text += `${sql.slice(position, start)}$${place}::${typeOf(valueOf(parameters, name))}`;
    position = end;
  }
  return { text: text + sql.slice(position), values: names.map((name) => valueOf(parameters, name)) };
}

/** No object's own name, such as `constructor`, has a value that nobody gave. */
function valueOf(parameters: SqlParameters, name: string): string | number | null {
  return Object.hasOwn(parameters, name) ? (parameters[name] ?? null) : null;
}

function typeOf(value: string | number | null): string {
  return typeof value === 'number' ? (Number.isInteger(value) ? 'bigint' : 'double precision') : 'text';
}
