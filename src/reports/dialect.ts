/**
 * Everything in our statements that databases say differently, in one place. Reports are written for SQLite; a warehouse in
 * PostgreSQL needs another table of this type and nothing else.
 */
export type Dialect = Readonly<Record<MacroName, (...args: readonly string[]) => string>>;

/** What statements call as `{{name(argument, ...)}}`. */
export type MacroName = 'list' | 'rows' | 'json' | 'date' | 'day_of' | 'weekday' | 'quantile';

export const SQLITE: Dialect = {
  /** The values of a JSON array in a parameter, as a subquery for IN. */
  list: (parameter) => `(SELECT value FROM json_each(${parameter}))`,
  /** The elements of a JSON array in a parameter, as a table with the column `value`. */
  rows: (parameter) => `json_each(${parameter})`,
  /** A member of a JSON object. */
  json: (object, name) => `${object} ->> '$.${name}'`,
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
    `(SELECT ${column} FROM ${source} WHERE ${column} IS NOT NULL ORDER BY ${column} LIMIT 1 OFFSET ` +
    `MAX(0, (SELECT CAST(COUNT(${column}) * ${share} + 0.999999 AS INTEGER) - 1 FROM ${source})))`,
};

/** Whether the dialect defines a macro of that name. */
export function isMacroName(name: string): name is MacroName {
  return Object.hasOwn(SQLITE, name);
}
