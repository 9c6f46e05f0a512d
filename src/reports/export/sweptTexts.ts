import type { TopLevelSpec } from 'vega-lite';

/** Comments, names and texts of a statement; only texts come from data. */
const SQL_PART = /--[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"]|"")*"|'(?:[^']|'')*'/gu;

/** Replaces what names somebody in a text. */
type Sweep = (text: string) => string;

/** A statement whose literals name nobody. */
export function sweptSql(sql: string, sweep: Sweep): string {
  return sql.replace(SQL_PART, (part) => {
    if (!part.startsWith(`'`)) {
      return part;
    }
    const text = part.slice(1, -1).replaceAll(`''`, `'`);
    return `'${sweep(text).replaceAll(`'`, `''`)}'`;
  });
}

/** Where a spec holds values of data; its other texts are names of columns and words of Vega-Lite. */
const VALUE_KEYS = ['domain', 'sort', 'values'];
/** Where somebody's own spec may hold names besides. */
const WORD_KEYS = ['text', 'title', 'description'];

/**
 * A spec whose values name nobody.
 * @param hasOwnWords somebody wrote its words, too
 */
export function sweptSpec(spec: TopLevelSpec, sweep: Sweep, hasOwnWords: boolean): TopLevelSpec {
  const keys = new Set(hasOwnWords ? [...VALUE_KEYS, ...WORD_KEYS] : VALUE_KEYS);
  const swept = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      return keys.has(key) ? sweep(value) : value;
    }
    if (Array.isArray(value)) {
      return value.map((item) => swept(item, key));
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, swept(item, name)]));
    }
    return value;
  };
  return swept(spec, '') as TopLevelSpec;
}
