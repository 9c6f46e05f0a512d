import { parseSources } from './parseSources';
import type { CteShape, Output, QueryShape, SelectShape, SourceShape } from './queryShape';
import { behindGroup, isName, nameOf, wordsOf, type Word } from './words';

/** Words that begin a clause and so end the one before. */
const CLAUSES: ReadonlySet<string> = new Set([
  'SELECT',
  'VALUES',
  'FROM',
  'WHERE',
  'GROUP',
  'HAVING',
  'WINDOW',
  'ORDER',
  'LIMIT',
]);
const COMPOUNDS: ReadonlySet<string> = new Set(['UNION', 'EXCEPT', 'INTERSECT']);
const QUERY_STARTS: ReadonlySet<string> = new Set(['SELECT', 'WITH', 'VALUES']);
/** End an expression, so that they are no name for it. */
const NO_ALIASES: ReadonlySet<string> = new Set([
  'END',
  'NULL',
  'ISNULL',
  'NOTNULL',
  'CURRENT_DATE',
  'CURRENT_TIME',
]);

/** The shape of a statement as far as it is typed: whatever is wrong with it, the rest is understood. */
export function parseQuery(sql: string): QueryShape {
  return new QueryParser(wordsOf(sql)).query(0, sql.length);
}

class QueryParser {
  constructor(private readonly words: readonly Word[]) {}

  /** The query between two offsets of the text. */
  query(start: number, end: number): QueryShape {
    const last = this.#indexAt(end);
    const inner: QueryShape[] = [];
    const ctes: CteShape[] = [];
    const selects: SelectShape[] = [];
    let index = this.#readCtes(this.#behindExplain(this.#indexAt(start)), last, ctes);
    while (index < last) {
      const next = this.#select(index, last, selects, inner);
      index = next + 1;
    }
    inner.push(...ctes.flatMap(({ query }) => (query === undefined ? [] : [query])));
    return { start, end, ctes, selects, inner };
  }

  #behindExplain(first: number): number {
    if (this.#keyword(first) !== 'EXPLAIN') {
      return first;
    }
    return this.#keyword(first + 1) === 'QUERY' ? first + 3 : first + 1;
  }

  /** `WITH a (x) AS (…), b AS MATERIALIZED (…)`. @returns the index behind it */
  #readCtes(first: number, last: number, ctes: CteShape[]): number {
    if (this.#keyword(first) !== 'WITH') {
      return first;
    }
    let index = this.#keyword(first + 1) === 'RECURSIVE' ? first + 2 : first + 1;
    for (;;) {
      const name = this.words[index];
      if (!isName(name) || index >= last || QUERY_STARTS.has(name.keyword)) {
        return index;
      }
      index += 1;
      let columns: string[] | undefined;
      if (this.#text(index) === '(') {
        const behind = behindGroup(this.words, index, last);
        columns = this.words
          .slice(index + 1, behind)
          .filter(isName)
          .map(nameOf);
        index = behind;
      }
      while (index < last && ['AS', 'NOT', 'MATERIALIZED'].includes(this.#keyword(index))) {
        index += 1;
      }
      const isGroup = this.#text(index) === '(';
      ctes.push({ name: nameOf(name), columns, query: isGroup ? this.#group(index, last) : undefined });
      index = isGroup ? behindGroup(this.words, index, last) : index;
      if (this.#text(index) !== ',') {
        return index;
      }
      index += 1;
    }
  }

  /** Reads one SELECT. @returns the index of the word that ends it, such as UNION */
  #select(first: number, last: number, selects: SelectShape[], inner: QueryShape[]): number {
    const sources: SourceShape[] = [];
    const outputs: Output[] = [];
    let index = first;
    while (index < last && !COMPOUNDS.has(this.#keyword(index))) {
      const keyword = this.#keyword(index);
      const behind = this.#clauseEnd(index + 1, last);
      const within = this.#queriesWithin(index, behind);
      inner.push(...within);
      if (keyword === 'SELECT') {
        outputs.push(...this.#outputs(index + 1, behind));
      } else if (keyword === 'FROM') {
        sources.push(...parseSources(this.words, { first: index + 1, last: behind, queries: within }));
      }
      index = behind;
    }
    selects.push({ start: this.words[first]?.start ?? 0, sources, outputs });
    return index;
  }

  #clauseEnd(first: number, last: number): number {
    let index = first;
    while (index < last && !CLAUSES.has(this.#keyword(index)) && !COMPOUNDS.has(this.#keyword(index))) {
      index = this.#text(index) === '(' ? behindGroup(this.words, index, last) : index + 1;
    }
    return index;
  }

  /** The outermost queries in parentheses between two indexes. */
  #queriesWithin(first: number, last: number): QueryShape[] {
    const found: QueryShape[] = [];
    for (let index = first; index < last; index += 1) {
      const query = this.#text(index) === '(' ? this.#group(index, last) : undefined;
      if (query !== undefined) {
        found.push(query);
        index = behindGroup(this.words, index, last) - 1;
      }
    }
    return found;
  }

  /** The query in the parentheses that open here; undefined where something else stands in them. */
  #group(open: number, last: number): QueryShape | undefined {
    if (!QUERY_STARTS.has(this.#keyword(open + 1)) || open + 1 >= last) {
      return undefined;
    }
    const behind = behindGroup(this.words, open, last);
    const close = this.words[behind - 1];
    const isClosed = close?.text === ')' && behind - 1 > open;
    const start = this.words[open]?.end ?? 0;
    return this.query(start, isClosed ? close.start : Math.max(start, this.#endOf(behind)));
  }

  /** An open query reaches to where the next token would begin. */
  #endOf(behind: number): number {
    return this.words[behind]?.start ?? Number.MAX_SAFE_INTEGER;
  }

  #outputs(first: number, last: number): Output[] {
    const start = ['DISTINCT', 'ALL'].includes(this.#keyword(first)) ? first + 1 : first;
    const outputs: Output[] = [];
    for (let index = start; index < last;) {
      let end = index;
      while (end < last && this.#text(end) !== ',') {
        end = this.#text(end) === '(' ? behindGroup(this.words, end, last) : end + 1;
      }
      const output = outputOf(this.words.slice(index, end));
      if (output !== undefined) {
        outputs.push(output);
      }
      index = end + 1;
    }
    return outputs;
  }

  #indexAt(offset: number): number {
    const index = this.words.findIndex(({ start }) => start >= offset);
    return index < 0 ? this.words.length : index;
  }

  #keyword(index: number): string {
    return this.words[index]?.keyword ?? '';
  }

  #text(index: number): string {
    return this.words[index]?.text ?? '';
  }
}

/** What an expression of a select list is called; undefined where SQLite makes a name up. */
function outputOf(expression: readonly Word[]): Output | undefined {
  const last = expression.at(-1);
  const before = expression.at(-2);
  const [first] = expression;
  if (last?.text === '*' && (expression.length === 1 || before?.text === '.')) {
    return { kind: 'star', qualifier: first === last || first === undefined ? undefined : nameOf(first) };
  }
  if (!isName(last)) {
    return undefined;
  }
  const isColumn = expression.length === 1 || (before?.text === '.' && expression.length <= 5);
  if (isColumn) {
    return { kind: 'column', name: nameOf(last), of: columnName(expression) };
  }
  const isNamed = before?.keyword === 'AS';
  const endsExpression = before?.text === ')' || before?.kind !== 'other';
  if (!isNamed && (!endsExpression || NO_ALIASES.has(last.keyword))) {
    return undefined;
  }
  return {
    kind: 'column',
    name: nameOf(last),
    of: columnName(expression.slice(0, isNamed ? -2 : -1)),
  };
}

/** `name` or `alias.name`; undefined for any other expression. */
function columnName(expression: readonly Word[]): Extract<Output, { kind: 'column' }>['of'] {
  const [first, dot, second] = expression;
  if (expression.length === 1 && isName(first)) {
    return { qualifier: undefined, name: nameOf(first) };
  }
  return expression.length === 3 && isName(first) && dot?.text === '.' && isName(second)
    ? { qualifier: nameOf(first), name: nameOf(second) }
    : undefined;
}
