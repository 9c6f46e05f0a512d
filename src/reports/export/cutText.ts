/** What a cut leaves of a letter beyond the first plane. */
const HALF_CHARACTER = /[\uD800-\uDBFF]$/u;

/** The beginning of a well-formed text, without half of a character at its end. @param length in UTF-16 units */
export function cutText(text: string, length: number): string {
  return text.slice(0, length).replace(HALF_CHARACTER, '');
}
