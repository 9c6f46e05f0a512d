/** A word, phrase or beginning of a word as it was typed. */
export interface Term {
  readonly text: string;
  /** Words that begin so count as well. */
  readonly isPrefix: boolean;
}

/** What was typed, taken apart. */
export interface ParsedQuery {
  /** Each of them must be found: any of its terms will do. */
  readonly groups: readonly (readonly Term[])[];
  /** None of them may be found. */
  readonly excluded: readonly Term[];
}

/** A query is one person's line: what goes beyond is not looked for. */
const MAX_LENGTH = 1_000;
const MAX_TERMS = 32;
/** While somebody types, a shorter beginning would find nearly everything. */
const MIN_TYPED_PREFIX = 3;

const TERM = /(?<minus>-(?!-))?(?:"(?<phrase>[^"]*)(?:"|$)(?<star>\*)?|(?<word>[^\s"]+))/gu;
const CURLY_QUOTES = /[“”„«»]/gu;

const CONTROL = /[\u0000-\u001f\u007f]/gu;

/**
 * The language of the search: words that must all be there, `"a phrase"`, `begin*`, `-without`, and `this OR that`,
 * which binds closer than the space. Everything else is text. Two dashes in front are no `-without`: `--force` is an
 * option that somebody looks for.
 * @param isTyping the last word may go on
 */
export function parseQuery(typed: string, isTyping = false): ParsedQuery {
  const line = typed.slice(0, MAX_LENGTH).replaceAll(CURLY_QUOTES, '"').replaceAll(CONTROL, ' ');
  const groups: Term[][] = [];
  const excluded: Term[] = [];
  let isAlternative = false;
  for (const { groups: parts = {}, index, 0: whole } of [...line.matchAll(TERM)].slice(0, MAX_TERMS)) {
    if (whole === 'OR') {
      isAlternative = groups.length > 0;
      continue;
    }
    const term = termOf(parts, isTyping && index + whole.length === line.length);
    if (term === undefined) {
      continue;
    }
    if (parts['minus'] !== undefined) {
      excluded.push(term);
    } else if (isAlternative) {
      groups.at(-1)?.push(term);
    } else {
      groups.push([term]);
    }
    isAlternative = false;
  }
  return { groups, excluded };
}

function termOf(
  parts: Readonly<Record<string, string | undefined>>,
  isUnfinished: boolean,
): Term | undefined {
  const { phrase, star = '', word, minus } = parts;
  const [, text = '', stars = ''] = /^(.*?)(\**)$/u.exec(`${(phrase ?? word ?? '').trim()}${star}`) ?? [];
  if (text.trim() === '') {
    return undefined;
  }
  const mayGoOn =
    isUnfinished && minus === undefined && phrase === undefined && text.length >= MIN_TYPED_PREFIX;
  return { text: text.trim(), isPrefix: stars !== '' || mayGoOn };
}
