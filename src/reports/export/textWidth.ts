/** Advance widths of the characters from space to tilde in Helvetica, in thousandths of the font size. */
const ASCII_WIDTHS: readonly number[] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

const OTHER_WIDTH = 600;
/** Ideographs, Hangul, kana, full-width forms and pictographs fill a square. */
const SQUARE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}\uFF00-\uFF60]/u;
const MARK = /\p{M}/u;
/** The reader's font may be a little wider than the table's. */
const SLACK = 1.05;

/**
 * Width of a text in pixels without a canvas. Vega alone guesses 0.8 of the font size for each character, which leaves
 * too little room for the plot.
 */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text.normalize('NFD')) {
    width += widthOf(character);
  }
  return (width * fontSize * SLACK) / 1000;
}

function widthOf(character: string): number {
  const ascii = ASCII_WIDTHS[(character.codePointAt(0) ?? 0) - 32];
  if (ascii !== undefined) {
    return ascii;
  }
  return MARK.test(character) ? 0 : SQUARE.test(character) ? 1000 : OTHER_WIDTH;
}
