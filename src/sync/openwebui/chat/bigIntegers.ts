/** Integers of this many digits may not fit a JavaScript number exactly. */
const BIG_INTEGER = /-?\d{16,}/g;
const AFTER_NUMBER = /[\d.eE]/;

/** `JSON.parse` that yields integers beyond 2^53 as text, so that none changes. @throws SyntaxError */
export function parseJson(json: string): unknown {
  return JSON.parse(quoteBigIntegers(json)) as unknown;
}

function quoteBigIntegers(json: string): string {
  const pieces: string[] = [];
  const strings = new StringTracker(json);
  let copied = 0;
  for (const match of json.matchAll(BIG_INTEGER)) {
    const [digits] = match;
    const start = match.index;
    const end = start + digits.length;
    const isInteger = !AFTER_NUMBER.test(json.charAt(end)) && !AFTER_NUMBER.test(json.charAt(start - 1));
    if (isInteger && !Number.isSafeInteger(Number(digits)) && !strings.isInside(start)) {
      pieces.push(json.slice(copied, start), '"', digits, '"');
      copied = end;
    }
  }
  return copied === 0 ? json : pieces.join('') + json.slice(copied);
}

/** Tells whether a position lies within a string literal; positions must be asked in ascending order. */
class StringTracker {
  readonly #json: string;
  #quote = -1;
  #isOpen = false;

  constructor(json: string) {
    this.#json = json;
  }

  isInside(position: number): boolean {
    for (;;) {
      const next = this.#nextQuote();
      if (next === -1 || next > position) {
        return this.#isOpen;
      }
      this.#quote = next;
      this.#isOpen = !this.#isOpen;
    }
  }

  /** The next quote that opens or closes a string: not one behind an odd number of backslashes. */
  #nextQuote(): number {
    let quote = this.#json.indexOf('"', this.#quote + 1);
    while (quote !== -1 && this.#isOpen && this.#isEscaped(quote)) {
      quote = this.#json.indexOf('"', quote + 1);
    }
    return quote;
  }

  #isEscaped(quote: number): boolean {
    let backslashes = 0;
    while (this.#json.charAt(quote - 1 - backslashes) === '\\') {
      backslashes += 1;
    }
    return backslashes % 2 === 1;
  }
}
