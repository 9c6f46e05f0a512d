import { sqlTokens } from '../../../../store/sqlite/sqlTokens';
import type { layOut, FormatOptions } from './formatter';

/**
 * A script laid out anew; undefined where it cannot be read or would say something else afterwards.
 * @param lay what lays it out: it is large, so the caller loads it when it is needed
 */
export function formatSql(sql: string, options: FormatOptions, lay: typeof layOut): string | undefined {
  const formatted = orUndefined(() => lay(sql, options));
  return formatted !== undefined && isSameSql(sql, formatted)
    ? `${formatted.trimEnd()}${/\n\s*$/.test(sql) ? '\n' : ''}`
    : undefined;
}

/** The formatter throws for whatever its grammar does not know; to people that is one thing. */
function orUndefined<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Whether two texts differ in nothing but white space: no word, text, parameter or comment is lost or changed. */
function isSameSql(one: string, other: string): boolean {
  const said = (sql: string): string =>
    sqlTokens(sql)
      .map(({ kind, start, end }) => {
        const token = sql.slice(start, end);
        return kind === 'comment' ? token.replace(/\s+/g, ' ').trim() : token;
      })
      .join('\n');
  return said(one) === said(other);
}
