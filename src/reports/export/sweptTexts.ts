import type { TopLevelSpec } from 'vega-lite';
import type { TermSweeper } from './termSweeper';

/** Comments, names and texts of a statement; only texts come from data. */
const SQL_PART = /--[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"]|"")*"|'(?:[^']|'')*'/gu;

/** A statement whose literals name nobody. */
export function sweptSql(sql: string, sweeper: TermSweeper): string {
  return sql.replace(SQL_PART, (part) => {
    if (!part.startsWith(`'`)) {
      return part;
    }
    const text = part.slice(1, -1).replaceAll(`''`, `'`);
    return `'${sweeper.sweep(text).replaceAll(`'`, `''`)}'`;
  });
}

/** Where a spec holds values of data; its other texts are names of columns and words of Vega-Lite. */
const VALUE_KEYS = new Set(['domain', 'sort', 'values', 'text', 'title', 'description']);

/** A spec whose values name nobody. */
export function sweptSpec(spec: TopLevelSpec, sweeper: TermSweeper): TopLevelSpec {
  return swept(spec, '', sweeper) as TopLevelSpec;
}

function swept(value: unknown, key: string, sweeper: TermSweeper): unknown {
  if (typeof value === 'string') {
    return VALUE_KEYS.has(key) ? sweeper.sweep(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => swept(item, key, sweeper));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, swept(item, name, sweeper)]),
    );
  }
  return value;
}
