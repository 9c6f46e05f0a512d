import { sqlTokens, type SqlToken } from '../../../../store/sqlite/sqlTokens';

/** A token of a statement with what it says. */
export interface Word extends SqlToken {
  /** As it stands. */
  readonly text: string;
  /** Upper case of a word, else ''; a quoted name is never a keyword. */
  readonly keyword: string;
}

/** The tokens of a statement without comments. */
export function wordsOf(sql: string): Word[] {
  return sqlTokens(sql)
    .filter(({ kind }) => kind !== 'comment')
    .map((token) => {
      const text = sql.slice(token.start, token.end);
      return { ...token, text, keyword: token.kind === 'word' ? text.toUpperCase() : '' };
    });
}

/** Whether a token may name a table, column or alias. */
export function isName(word: Word | undefined): word is Word {
  return word?.kind === 'name' || (word?.kind === 'word' && !/^\d/.test(word.text));
}

/** The name that a token means: without quotes, in the case of the text. */
export function nameOf({ kind, text }: Word): string {
  if (kind !== 'name') {
    return text;
  }
  const quote = text.charAt(0);
  const end = quote === '[' ? ']' : quote;
  const inner = text.endsWith(end) && text.length > 1 ? text.slice(1, -1) : text.slice(1);
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote);
}

/** Names are compared as SQLite compares them. */
export function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Index behind the parenthesis that closes the one at `open`; `end` where none does. */
export function behindGroup(words: readonly Word[], open: number, end: number): number {
  let depth = 0;
  for (let index = open; index < end; index += 1) {
    const { text } = words[index] ?? { text: '' };
    if (text === '(') {
      depth += 1;
    } else if (text === ')') {
      depth -= 1;
      if (depth === 0) {
        return index + 1;
      }
    }
  }
  return end;
}
