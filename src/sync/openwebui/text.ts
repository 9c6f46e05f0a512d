/** Text that SQLite and other programs can hold: no NUL, and U+FFFD for half surrogate pairs. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\0', '');
}
