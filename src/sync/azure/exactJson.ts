/** A number with more digits than a double keeps to 1e-8, or an ID that looks like one. */
const LONG_NUMBER = /\d{8,}\.\d{7,}|\d{16,}/u;
const TEXTS_AND_NUMBERS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gu;
/** Of digits, point and sign: what is shorter is exact as a double. */
const SHORT = 16;

/**
 * The value of a JSON text in which numbers that a double would round are texts, as they were written.
 * @throws SyntaxError
 */
export function parseExactly(text: string): unknown {
  return JSON.parse(LONG_NUMBER.test(text) ? text.replace(TEXTS_AND_NUMBERS, longAsText) : text);
}

function longAsText(token: string): string {
  return token.startsWith('"') || token.length <= SHORT ? token : `"${token}"`;
}
