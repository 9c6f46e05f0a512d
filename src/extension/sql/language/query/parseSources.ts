import type { QueryShape, SourceShape } from './queryShape';
import { behindGroup, isName, nameOf, type Word } from './words';

/** Words behind a source that are no alias of it. */
const NO_ALIASES: ReadonlySet<string> = new Set([
  'AS',
  'ON',
  'USING',
  'JOIN',
  'INNER',
  'LEFT',
  'RIGHT',
  'FULL',
  'OUTER',
  'CROSS',
  'NATURAL',
  'INDEXED',
  'NOT',
  'SET',
]);

/** Where FROM's list stands, and the queries in parentheses that were found in it. */
interface SourceList {
  readonly first: number;
  readonly last: number;
  readonly queries: readonly QueryShape[];
}

/** The sources of `FROM a, b AS x JOIN (SELECT …) y ON …`, in their order. */
export function parseSources(words: readonly Word[], { first, last, queries }: SourceList): SourceShape[] {
  const sources: SourceShape[] = [];
  let isExpected = true;
  for (let index = first; index < last;) {
    const word = words[index];
    if (word === undefined) {
      break;
    }
    if (word.text === ',' || word.keyword === 'JOIN') {
      isExpected = true;
      index += 1;
    } else if (word.text === '(') {
      const behind = behindGroup(words, index, last);
      if (isExpected) {
        const query = queries.find(({ start }) => start === word.end);
        if (query === undefined) {
          // Joins in parentheses.
          const close = words[behind - 1]?.text === ')' ? behind - 1 : behind;
          sources.push(...parseSources(words, { first: index + 1, last: close, queries }));
        } else {
          sources.push({ name: undefined, alias: aliasAt(words, behind, last), query });
        }
      }
      isExpected = false;
      index = behind;
    } else if (isExpected && isName(word) && !NO_ALIASES.has(word.keyword)) {
      const { name, behind } = qualified(words, index, last);
      const behindArguments = words[behind]?.text === '(' ? behindGroup(words, behind, last) : behind;
      sources.push({ name, alias: aliasAt(words, behindArguments, last), query: undefined });
      isExpected = false;
      index = behindArguments;
    } else {
      index += 1;
    }
  }
  return sources;
}

/** `main.users` means `users`. */
function qualified(words: readonly Word[], index: number, last: number): { name: string; behind: number } {
  const [first, dot, second] = words.slice(index, Math.min(index + 3, last));
  return dot?.text === '.' && isName(second)
    ? { name: nameOf(second), behind: index + 3 }
    : { name: first === undefined ? '' : nameOf(first), behind: index + 1 };
}

function aliasAt(words: readonly Word[], index: number, last: number): string | undefined {
  const at = words[index]?.keyword === 'AS' ? index + 1 : index;
  const alias = at < last ? words[at] : undefined;
  return isName(alias) && !NO_ALIASES.has(alias.keyword) ? nameOf(alias) : undefined;
}
