import * as l10n from '@vscode/l10n';
import type { SqlParameters } from '../../store/resultSet';
import type { ColumnFilter, FilterKind, Narrowing } from '../../webview/results/narrowing';
import { isNumberInSql, quotedName } from '../../store/sqlite/sqlQuoting';
import { splitStatements } from '../sql/statements';

/** A statement as it is run: its text and the values of its parameters. */
export interface BoundStatement {
  readonly text: string;
  readonly parameters?: SqlParameters | undefined;
}

/** Statements whose rows another statement can read. */
const READABLE = new Set(['SELECT', 'WITH', 'VALUES']);

const INTEGER = /^[+-]?\d{1,19}$/u;

/** Why the rows of a statement can be neither sorted nor filtered, in words; undefined: they can. */
export function whyFixed(text: string): string | undefined {
  const word = /^\w+/u.exec(bodyOf(text))?.[0].toUpperCase() ?? '';
  return READABLE.has(word)
    ? undefined
    : l10n.t('Only rows of SELECT, WITH and VALUES can be sorted and filtered, not those of {0}.', word);
}

/**
 * The statement around another one that gives its rows filtered and sorted, under the names they have. Values are bound, never part
 * of the text; integers and bytes stay what they are.
 * @param names of the statement's columns, which may be equal
 */
export function narrowedStatement(
  { text, parameters = {} }: BoundStatement,
  names: readonly string[],
  { sort, filters, search }: Narrowing,
): BoundStatement {
  const free = freeName(text);
  const columns = names.map((_, index) => `c${index + 1}`);
  const values: Record<string, string> = {};
  const bind = (value: string): string => {
    const name = `${free}_${Object.keys(values).length + 1}`;
    values[name] = value;
    return `:${name}`;
  };
  const columnAt = (index: number): string => columns[index] ?? 'NULL';
  const conditions = filters.map((filter) => condition(columnAt(filter.column), filter, bind));
  if (search !== '') {
    const wanted = bind(search);
    conditions.push(anyOf(columns.map((column) => contains(column, wanted))));
  }
  const lines = [
    // The line end closes a comment at the end of the statement.
    `WITH ${free}(${columns.join(', ')}) AS (\n${bodyOf(text)}\n)`,
    `SELECT ${columns.map((column, index) => `${column} AS ${quotedName(names[index] ?? '')}`).join(', ')} FROM ${free}`,
    ...(conditions.length === 0 ? [] : [`WHERE ${conditions.map((one) => `(${one})`).join(' AND ')}`]),
    ...(sort === undefined ? [] : [`ORDER BY ${orderBy(columnAt(sort.column), sort.isDescending)}`]),
  ];
  return { text: lines.join('\n'), parameters: { ...parameters, ...values } };
}

/** The statement alone, without comments around it and the `;` behind it. */
function bodyOf(text: string): string {
  return (splitStatements(text)[0]?.text ?? '').replace(/;$/u, '');
}

/** A name that the statement does not use: a table expression of its name would read itself. */
function freeName(text: string): string {
  let name = 'ow_result';
  while (text.toLowerCase().includes(name)) {
    name += '_';
  }
  return name;
}

/** The value as the grid shows it. */
function shown(column: string): string {
  return `CASE typeof(${column}) WHEN 'blob' THEN 'x''' || lower(hex(${column})) || '''' ELSE CAST(${column} AS TEXT) END`;
}

/** Letters of ASCII match in either case. */
function contains(column: string, value: string): string {
  return `ifnull(instr(lower(${shown(column)}), lower(${value})), 0) > 0`;
}

/** SQLite nests expressions no deeper than 1,000: a chain of all columns could be deeper. */
function anyOf(conditions: readonly string[]): string {
  if (conditions.length <= 1) {
    return conditions[0] ?? '0';
  }
  const middle = Math.ceil(conditions.length / 2);
  return `(${anyOf(conditions.slice(0, middle))} OR ${anyOf(conditions.slice(middle))})`;
}

type Bind = (value: string) => string;

const CONDITIONS: Readonly<Record<FilterKind, (column: string, value: string, bind: Bind) => string>> = {
  contains: (column, value, bind) => contains(column, bind(value)),
  equals: equals,
  differs: (column, value, bind) => `NOT ifnull(${equals(column, value, bind)}, 0)`,
  less: (column, value, bind) => compared(column, '<', value, bind),
  greater: (column, value, bind) => compared(column, '>', value, bind),
  isNull: (column) => `${column} IS NULL`,
  isNotNull: (column) => `${column} IS NOT NULL`,
};

function condition(column: string, { kind, value }: ColumnFilter, bind: Bind): string {
  return CONDITIONS[kind](column, value, bind);
}

/** A number equals by its value, everything by how it is shown. */
function equals(column: string, value: string, bind: Bind): string {
  const typed = value.trim();
  const isShownSo = `${shown(column)} = ${bind(value)}`;
  return isNumberInSql(typed)
    ? `((${isNumber(column)} AND ${column} = ${boundNumber(typed, bind)}) OR ${isShownSo})`
    : isShownSo;
}

/** Numbers compare with numbers, texts (and so dates) with texts. */
function compared(column: string, operator: '<' | '>', value: string, bind: Bind): string {
  const typed = value.trim();
  return isNumberInSql(typed)
    ? `${isNumber(column)} AND ${column} ${operator} ${boundNumber(typed, bind)}`
    : `typeof(${column}) = 'text' AND ${column} ${operator} ${bind(value)}`;
}

function isNumber(column: string): string {
  return `typeof(${column}) IN ('integer', 'real')`;
}

/** Bound as text, since integers beyond 2^53 are no JavaScript numbers. */
function boundNumber(typed: string, bind: Bind): string {
  return `CAST(${bind(typed)} AS ${INTEGER.test(typed) ? 'INTEGER' : 'REAL'})`;
}

function orderBy(column: string, isDescending: boolean): string {
  return `${column} COLLATE NOCASE${isDescending ? ' DESC' : ''}`;
}
