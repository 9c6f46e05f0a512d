import type { ParsedQuery, Term } from './parseQuery';
import type { Needle } from './searchTypes';

/** A condition on a text's row with the values of its question marks. */
interface Condition {
  readonly sql: string;
  readonly values: readonly string[];
}

/** Where an index and the text below it stand in one database. */
export interface TextSource {
  /** The FTS4 table; the last part of its name is its column of matches. */
  readonly index: string;
  /** Table or view with the columns `rowid` and `content`. */
  readonly texts: string;
}

/** A query that is ready to run on any source. */
export interface CompiledQuery {
  /** What is looked for, to be marked. */
  readonly needles: readonly Needle[];
  /** SELECT of one JSON array: the ids of the texts that match. */
  idsIn(source: TextSource): Condition;
}

/** Scripts that are written without spaces: the tokenizer takes a whole run for one word. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Bopomofo}]/u;

/**
 * Makes SQL of a query. Words go to the index, each quoted, so that nothing that is typed is read as its syntax.
 * Characters without words (emoji, signs) and scripts without spaces are looked for in the text itself.
 * @param wordsOf the index's own tokenizer: lower case, without accents
 * @returns undefined when there is nothing to look for
 */
export function compileQuery(
  { groups, excluded }: ParsedQuery,
  wordsOf: (text: string) => readonly string[],
): CompiledQuery | undefined {
  const needleOf = (term: Term): Needle => toNeedle(term, wordsOf);
  const wanted = groups.map((group) => group.map(needleOf));
  if (wanted.length === 0) {
    return undefined;
  }
  const unwanted = excluded.map(needleOf);
  const indexed = wanted.filter((group) => group.every(isWords));
  const scanned = wanted.filter((group) => !group.every(isWords));
  return {
    needles: wanted.flat(),
    idsIn: ({ index, texts }) => {
      const conditions = [
        ...(indexed.length === 0 ? [] : [inIndex(index, matchOf(indexed, unwanted.filter(isWords)))]),
        ...scanned.map((group) => anyOf(group.map((needle) => conditionOf(needle, index)))),
        ...unwanted
          .filter((needle) => indexed.length === 0 || !isWords(needle))
          .map((needle) => not(conditionOf(needle, index))),
      ];
      const [first] = conditions;
      if (conditions.length === 1 && indexed.length > 0 && first !== undefined) {
        return { ...first, sql: `SELECT json_group_array(docid) FROM ${matching(index)}` };
      }
      return {
        sql: `SELECT json_group_array(t.rowid) FROM ${texts} t WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
        values: conditions.flatMap(({ values }) => values),
      };
    },
  };
}

type WordsNeedle = Extract<Needle, { readonly kind: 'words' }>;

function toNeedle({ text, isPrefix }: Term, wordsOf: (text: string) => readonly string[]): Needle {
  const words = WITHOUT_SPACES.test(text) ? [] : wordsOf(text);
  return words.length === 0 ? { kind: 'characters', text } : { kind: 'words', words, isPrefix };
}

function isWords(needle: Needle): needle is WordsNeedle {
  return needle.kind === 'words';
}

/** FTS4's own language; a word of the tokenizer holds neither quotes nor stars. */
function matchOf(groups: readonly (readonly Needle[])[], excluded: readonly Needle[]): string {
  const any = (needles: readonly Needle[]): string =>
    `(${needles.filter(isWords).map(phraseOf).join(' OR ')})`;
  const all = groups.map(any).join(' AND ');
  return excluded.length === 0 ? all : `(${all}) NOT ${any(excluded)}`;
}

function phraseOf({ words, isPrefix }: WordsNeedle): string {
  return `"${words.join(' ')}${isPrefix ? '*' : ''}"`;
}

function conditionOf(needle: Needle, index: string): Condition {
  return isWords(needle)
    ? inIndex(index, phraseOf(needle))
    : { sql: String.raw`t.content LIKE ? ESCAPE '\'`, values: [`%${escapeLike(needle.text)}%`] };
}

function inIndex(index: string, match: string): Condition {
  return { sql: `t.rowid IN (SELECT docid FROM ${matching(index)})`, values: [match] };
}

function matching(index: string): string {
  return `${index} WHERE ${index.slice(index.indexOf('.') + 1)} MATCH ?`;
}

function anyOf(conditions: readonly Condition[]): Condition {
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(' OR ')})`,
    values: conditions.flatMap(({ values }) => values),
  };
}

function not({ sql, values }: Condition): Condition {
  return { sql: `NOT ${sql}`, values };
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/gu, String.raw`\$&`);
}
