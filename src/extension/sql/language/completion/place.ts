import { sqlTokens } from '../../../../store/sqlite/sqlTokens';
import { isName, nameOf, wordsOf, type Word } from '../query/words';
import type { ColumnName } from '../query/queryShape';

/** What belongs at the cursor. `from`: where the text begins that is being typed and gives way. */
export type Place =
  | { readonly kind: 'nothing' }
  /** Behind `qualifier.` */
  | { readonly kind: 'member'; readonly from: number; readonly qualifier: string }
  | { readonly kind: 'table'; readonly from: number }
  /** Inside quotes, compared with a column. */
  | { readonly kind: 'text'; readonly from: number; readonly column: ColumnName | undefined }
  | { readonly kind: 'parameter'; readonly from: number }
  | {
      readonly kind: 'expression';
      readonly from: number;
      /** The keyword of the clause; undefined at the start of a statement. */
      readonly clause: string | undefined;
      /** A value is due, not what follows one. */
      readonly isOperand: boolean;
      /** The column that the value is compared with. */
      readonly compared: ColumnName | undefined;
    };

const BEFORE_TABLE: ReadonlySet<string> = new Set(['FROM', 'JOIN', 'INTO', 'UPDATE']);
const CLAUSE_WORDS: ReadonlySet<string> = new Set([
  'SELECT',
  'FROM',
  'JOIN',
  'ON',
  'WHERE',
  'GROUP',
  'HAVING',
  'ORDER',
  'LIMIT',
  'WITH',
  'VALUES',
  'UNION',
  'EXCEPT',
  'INTERSECT',
  'EXPLAIN',
]);
/** Words behind which a value is due. */
const BEFORE_OPERAND: ReadonlySet<string> = new Set([
  ...CLAUSE_WORDS,
  'BY',
  'AND',
  'OR',
  'NOT',
  'IN',
  'LIKE',
  'GLOB',
  'BETWEEN',
  'IS',
  'CASE',
  'WHEN',
  'THEN',
  'ELSE',
  'DISTINCT',
  'ALL',
  'OFFSET',
]);
const COMPARISONS: ReadonlySet<string> = new Set(['=', '<', '>', '!']);
const COMPARING_WORDS: ReadonlySet<string> = new Set(['IN', 'IS', 'LIKE', 'NOT', 'GLOB']);

/** What belongs at an offset of a statement, by the words before it. */
export function placeAt(sql: string, offset: number): Place {
  const touched = sqlTokens(sql).find(({ start, end }) => start < offset && offset <= end);
  const isClosed = touched?.kind === 'comment' && touched.end === offset && sql.startsWith('*/', offset - 2);
  if (touched?.kind === 'comment' && !isClosed) {
    return { kind: 'nothing' };
  }
  const words = wordsOf(sql.slice(0, offset));
  const typed = words.at(-1);
  if (touched?.kind === 'text') {
    return insideText(sql, offset, touched.start, touched.end, words.slice(0, -1));
  }
  const isTyping = touched !== undefined && typed !== undefined && ['word', 'name'].includes(touched.kind);
  if (touched?.kind === 'parameter' || (touched !== undefined && sql.slice(touched.start, offset) === ':')) {
    return { kind: 'parameter', from: touched.start };
  }
  if (isTyping && typed.kind === 'word' && /^\d/.test(typed.text)) {
    return { kind: 'nothing' };
  }
  return outsideText(isTyping ? words.slice(0, -1) : words, isTyping ? typed.start : offset);
}

function insideText(sql: string, offset: number, start: number, end: number, before: readonly Word[]): Place {
  const isBehind = offset === end && end - start > 1 && sql[end - 1] === "'";
  return isBehind ? { kind: 'nothing' } : { kind: 'text', from: start + 1, column: comparedColumn(before) };
}

function outsideText(before: readonly Word[], from: number): Place {
  const last = before.at(-1);
  if (last?.text === '.') {
    const qualifier = before.at(-2);
    return isName(qualifier) ? { kind: 'member', from, qualifier: nameOf(qualifier) } : { kind: 'nothing' };
  }
  if (last?.keyword === 'AS') {
    return { kind: 'nothing' };
  }
  const clause = clauseOf(before);
  if (BEFORE_TABLE.has(last?.keyword ?? '') || (last?.text === ',' && clause === 'FROM')) {
    return { kind: 'table', from };
  }
  return {
    kind: 'expression',
    from,
    clause,
    isOperand: last === undefined || isBeforeOperand(last),
    compared: comparedColumn(before),
  };
}

function isBeforeOperand({ kind, text, keyword }: Word): boolean {
  return kind === 'other' ? text !== ')' && text !== '*' : BEFORE_OPERAND.has(keyword);
}

/** The clause that is open at the end of the words, on their own level of parentheses. */
function clauseOf(words: readonly Word[]): string | undefined {
  let depth = 0;
  for (const { text, keyword } of words.toReversed()) {
    if (text === ')') {
      depth += 1;
    } else if (text === '(') {
      depth -= 1;
    }
    if (depth <= 0 && CLAUSE_WORDS.has(keyword)) {
      return keyword === 'JOIN' ? 'FROM' : keyword;
    }
  }
  return undefined;
}

/** The column of `column =`, `column <>`, `column IN ('a',` at the end of the words. */
function comparedColumn(words: readonly Word[]): ColumnName | undefined {
  let index = words.length - 1;
  const at = (place: number): Word | undefined => words[place];
  while (at(index)?.text === ',' || at(index)?.kind === 'text' || /^\d/.test(at(index)?.text ?? '')) {
    index -= 1;
  }
  const isList = at(index)?.text === '(' && at(index - 1)?.keyword === 'IN';
  if (!isList && index < words.length - 1) {
    return undefined;
  }
  index -= isList ? 1 : 0;
  const operator = index;
  while (COMPARISONS.has(at(index)?.text ?? '') || COMPARING_WORDS.has(at(index)?.keyword ?? '')) {
    index -= 1;
  }
  const column = at(index);
  if (index === operator || !isName(column)) {
    return undefined;
  }
  const qualifier = at(index - 1)?.text === '.' ? at(index - 2) : undefined;
  return { name: nameOf(column), qualifier: isName(qualifier) ? nameOf(qualifier) : undefined };
}
