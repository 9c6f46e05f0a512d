import type { ColumnHeader } from './protocol';

const PADDING_CHARACTERS = 2;
const MINIMUM_CHARACTERS = 4;
/** "Fit" stops here: beyond, "open value" reads better. */
const FIT_MAXIMUM_CHARACTERS = 120;

/** Widths in px of a result's columns, in steps of the font's characters. */
export class ColumnWidths {
  readonly #character: number;
  #widths: number[];

  /** `saved` are widths in px of the same result from before. */
  constructor(columns: readonly ColumnHeader[], character: number, saved?: readonly number[]) {
    this.#character = character;
    this.#widths =
      saved?.length === columns.length
        ? [...saved]
        : columns.map(({ width }) => Math.ceil((width + PADDING_CHARACTERS) * character));
  }

  get all(): readonly number[] {
    return this.#widths;
  }

  of(column: number): number {
    return this.#widths[column] ?? 0;
  }

  set(column: number, width: number): void {
    const least = MINIMUM_CHARACTERS * this.#character;
    this.#widths = this.#widths.map((old, index) =>
      index === column ? Math.round(Math.max(width, least)) : old,
    );
  }

  /** Wider or narrower by a number of characters. */
  widen(column: number, characters: number): void {
    this.set(column, this.of(column) + characters * this.#character);
  }

  /** As wide as the longest of these texts. */
  fit(column: number, texts: readonly string[]): void {
    const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
    const characters = Math.min(longest, FIT_MAXIMUM_CHARACTERS) + PADDING_CHARACTERS;
    this.set(column, characters * this.#character);
  }
}
