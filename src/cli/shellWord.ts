/**
 * A word of a line that is shown to be pasted: as it is where shells leave it alone, else between double quotes, which
 * every shell takes, or between single ones where it has what they would replace.
 */
export function shellWord(word: string): string {
  if (/^[\p{L}\p{M}\p{N}_.:/@+,=-]+$/u.test(word)) {
    return word;
  }
  return /["$`\\!%]/u.test(word) ? `'${word.replaceAll("'", `'\\''`)}'` : `"${word}"`;
}
