import { splitStatements } from '../../statements';

/** A statement as far as it is typed, with its place in the text. */
export interface TypedStatement {
  readonly text: string;
  readonly start: number;
}

/**
 * The statement that is typed at an offset: an open one reaches over the white space behind it, and behind a `;` a new one
 * begins, which has no text yet.
 */
export function statementAround(text: string, offset: number): TypedStatement {
  const last = splitStatements(text).findLast(({ start }) => start <= offset);
  if (last === undefined || (offset >= last.end && last.text.endsWith(';'))) {
    return { text: '', start: offset };
  }
  return { text: text.slice(last.start, Math.max(last.end, offset)), start: last.start };
}
