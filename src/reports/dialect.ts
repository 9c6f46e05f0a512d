import type { DialectName } from '../store/resultSet';

/**
 * Everything in our statements that databases say differently, in one place. Reports are written for SQLite; what PostgreSQL
 * lacks of its functions, a warehouse's schema has (`src/warehouse/schema/functions.sql`).
 */
export interface Dialect {
  readonly macros: Readonly<Record<MacroName, (...args: readonly string[]) => string>>;
  /** The last touch to a statement whose macros are replaced. */
  readonly finish: (sql: string) => string;
}

/** What statements call as `{{name(argument, ...)}}`. */
export type MacroName =
  'list' | 'texts' | 'rows' | 'json' | 'json_number' | 'date' | 'day_of' | 'weekday' | 'quantile' | 'nocase';

const SQLITE: Dialect = {
  macros: {
    /** The ids of a JSON array in a parameter, as a subquery for IN. */
    list: (parameter) => `(SELECT value FROM json_each(${parameter}))`,
    /** The same of texts. */
    texts: (parameter) => `(SELECT value FROM json_each(${parameter}))`,
    /** The elements of a JSON array in a parameter, as a table with the column `value`. */
    rows: (parameter) => `json_each(${parameter})`,
    /** A member of a JSON object. */
    json: (object, name) => `${object} ->> '$.${name}'`,
    /** The same of a member that is an integer. */
    json_number: (object, name) => `${object} ->> '$.${name}'`,
    /** A local day (days since 1970-01-01) as `YYYY-MM-DD`. */
    date: (day) => `date(${day} * 86400, 'unixepoch')`,
    /** The other way round: the local day of a date, or of a time in the mirror's zone. */
    day_of: (text) => `(unixepoch(substr(${text}, 1, 10)) / 86400)`,
    /** 0 = Monday ... 6 = Sunday of a local day; 1970-01-01 was a Thursday. */
    weekday: (day) => `(${day} + 3) % 7`,
    /**
     * The smallest value of a column that at least this share of the rows do not exceed (nearest rank; 0.5 is the lower
     * median). The source is a table of the statement; NULL without rows.
     */
    quantile: (share, column, source) =>
      quantile(column, source, `CAST(COUNT(${column}) * ${share} + 0.999999 AS INTEGER)`),
    /** A text without a difference between A and a: to sort and to compare by. */
    nocase: (text) => `${text} COLLATE NOCASE`,
  },
  finish: (sql) => sql,
};

const POSTGRES: Dialect = {
  macros: {
    ...SQLITE.macros,
    list: (parameter) => `(SELECT value::bigint FROM json_each(${parameter}))`,
    json: (object, name) => `${object}::jsonb ->> '${name}'`,
    json_number: (object, name) => `(${object}::jsonb ->> '${name}')::bigint`,
    // A cast rounds there.
    quantile: (share, column, source) =>
      quantile(column, source, `CAST(FLOOR(COUNT(${column}) * ${share} + 0.999999) AS BIGINT)`),
    nocase: (text) => `lower(${text})`,
  },
  finish: (sql) =>
    sql
      // The schema of a warehouse is the first of its search path.
      .replace(/\bmain\./gu, '')
      // It finds its own way.
      .replace(/ NOT INDEXED\b/gu, '')
      // CROSS JOIN keeps SQLite's order of tables; with a condition only SQLite has it.
      .replace(/\bCROSS JOIN (\S+ \w+)(\s+)ON\b/gu, 'JOIN $1$2ON'),
};

function quantile(column: string, source: string, place: string): string {
  return (
    `(SELECT ${column} FROM ${source} WHERE ${column} IS NOT NULL ORDER BY ${column} LIMIT 1 ` +
    `OFFSET MAX(0, (SELECT ${place} - 1 FROM ${source})))`
  );
}

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = { sqlite: SQLITE, postgres: POSTGRES };

/** Whether the dialect defines a macro of that name. */
export function isMacroName(name: string): name is MacroName {
  return Object.hasOwn(SQLITE.macros, name);
}
