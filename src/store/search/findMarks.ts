import type { Mark, Needle, Snippet } from './searchTypes';

/** A letter's accents; the index folds the same ones. */
const ACCENTS = /[\u0300-\u036f]+/gu;
const WORD = String.raw`[\p{L}\p{N}\p{Co}]`;

/** A long text is folded in parts, so that the first hit of a long message is found without folding all of it. */
const PART = 65_536;
/** What a hit may reach beyond its part. */
const OVERLAP = 1_024;

/** Finds what was searched in a text; made once for all texts of a result. */
export type MarkFinder = (text: string, limit: number) => readonly Mark[];

/** @returns undefined when nothing can be marked */
export function markFinder(needles: readonly Needle[]): MarkFinder | undefined {
  const patterns = needles.map(patternOf).filter((pattern) => pattern !== '');
  if (patterns.length === 0) {
    return undefined;
  }
  const search = new RegExp(patterns.join('|'), 'gu');
  return (text, limit) => findIn(text, search, limit);
}

function findIn(text: string, search: RegExp, limit: number): readonly Mark[] {
  const marks: Mark[] = [];
  let from = 0;
  while (from < text.length && marks.length < limit) {
    const isLast = from + PART >= text.length;
    const { folded, placeOf } = fold(text.slice(from, from + PART + OVERLAP));
    for (const { 0: found, index } of folded.matchAll(search)) {
      const start = placeOf(index);
      // What begins in the overlap belongs to the next part.
      if (marks.length === limit || (!isLast && start >= PART)) {
        break;
      }
      if (from + start >= (marks.at(-1)?.[1] ?? 0)) {
        marks.push([from + start, from + placeOf(index + found.length)]);
      }
    }
    from += PART;
  }
  return marks;
}

/** Length of a snippet and of what stands before the first hit in it, in characters. */
const SNIPPET = 180;
const BEFORE = 60;
/** A space is looked for so far, to begin and end with whole words. */
const WORD_EDGE = 20;

/** The part of a text around what was found first; its beginning where nothing can be marked. */
export function snippetOf(text: string, find: MarkFinder | undefined): Snippet {
  const first = find?.(text, 1)[0]?.[0] ?? 0;
  const start = first <= BEFORE ? 0 : wordStart(text, first - BEFORE, first);
  const end = wordEnd(text, Math.max(start + SNIPPET, first + BEFORE));
  const line = text.slice(start, end).replaceAll(/\s+/gu, ' ').trim();
  const shown = `${start > 0 ? '…' : ''}${line}${end < text.length ? '…' : ''}`;
  return { text: shown, marks: find?.(shown, Infinity) ?? [] };
}

function wordStart(text: string, at: number, latest: number): number {
  const space = text.slice(at, Math.min(at + WORD_EDGE, latest)).search(/\s/u);
  return space >= 0 ? at + space + 1 : wholeCharacter(text, at);
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) {
    return text.length;
  }
  const tail = text.slice(at - WORD_EDGE, at);
  const space = /\s\S*$/u.exec(tail)?.index;
  return space === undefined ? wholeCharacter(text, at) : at - WORD_EDGE + space;
}

/** Never in the middle of a pair of surrogates. */
function wholeCharacter(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
}

interface Folded {
  readonly folded: string;
  /** Where a place of the folded text stands in the text itself. */
  readonly placeOf: (index: number) => number;
}

/** What folds to something else, or may. */
const FOLDABLE = /[A-Z]+|[^\u0000-\u007f]/gu;

/** Lower case without accents. */
function fold(text: string): Folded {
  let moved = 0;
  const folded = text.replaceAll(FOLDABLE, (piece) => {
    const bare = foldPiece(piece);
    moved += Number(bare.length !== piece.length);
    return bare;
  });
  if (moved === 0) {
    return { folded, placeOf: (index) => index };
  }
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    const { length } = foldPiece(character);
    for (let unit = 0; unit < length; unit++) {
      places.push(place);
    }
    place += character.length;
  }
  return { folded, placeOf: (index) => places[index] ?? text.length };
}

/** @param piece letters of ASCII, or one other character */
function foldPiece(piece: string): string {
  if (piece <= '\u007f') {
    return piece.toLowerCase();
  }
  const parts = piece.normalize('NFD');
  const bare = parts.replaceAll(ACCENTS, '');
  // Other marks are letters of their scripts, such as the sounds of Kana: those stay whole.
  return (parts === bare ? piece : bare).toLowerCase();
}

function patternOf(needle: Needle): string {
  if (needle.kind === 'characters') {
    return escapePattern(fold(needle.text).folded);
  }
  const words = needle.words.map((word) => escapePattern(fold(word).folded));
  const end = needle.isPrefix ? `${WORD}*` : `(?!${WORD})`;
  return `(?<!${WORD})${words.join(`[^\\p{L}\\p{N}\\p{Co}]+`)}${end}`;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
