interface Term {
  readonly text: string;
  /** Characters before its first word. */
  readonly lead: number;
  readonly replacement: string;
}

/** A pictograph is a word of its own: some call themselves so. */
const WORD = /[\p{L}\p{M}\p{N}]+|\p{Extended_Pictographic}/gu;
const WORD_CHARACTER = /[\p{L}\p{M}\p{N}]/u;

/**
 * Replaces many terms in texts, each only as whole words: "Ann" is not part of "Annual", and signs alone are no words. Looks
 * terms up by their first word, so that the time does not grow with their number.
 */
export class TermSweeper {
  readonly #byFirstWord = new Map<string, Term[]>();

  /** @param replacements by term */
  constructor(replacements: ReadonlyMap<string, string>) {
    for (const [text, replacement] of replacements) {
      this.#add(text, replacement);
    }
    for (const terms of this.#byFirstWord.values()) {
      terms.sort((a, b) => b.text.length - a.text.length);
    }
  }

  #add(text: string, replacement: string): void {
    const [first] = text.matchAll(WORD);
    if (first === undefined) {
      return;
    }
    const terms = this.#byFirstWord.get(first[0]) ?? [];
    terms.push({ text, lead: first.index, replacement });
    this.#byFirstWord.set(first[0], terms);
  }

  /** The text with every term replaced; of several that begin at one place, the longest. */
  sweep(text: string): string {
    let swept = '';
    let done = 0;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const found = this.#byFirstWord
        .get(word)
        ?.find((term) => index - term.lead >= done && stands(term, text, index));
      if (index >= done && found !== undefined) {
        const start = index - found.lead;
        swept += text.slice(done, start) + found.replacement;
        done = start + found.text.length;
      }
    }
    return swept + text.slice(done);
  }
}

/** Whether a term whose first word is at `index` stands there and ends with a word. */
function stands({ text: term, lead }: Term, text: string, index: number): boolean {
  const start = index - lead;
  const next = text.at(start + term.length) ?? '';
  const isInsideWord = WORD_CHARACTER.test(term.slice(-1)) && WORD_CHARACTER.test(next);
  return text.startsWith(term, start) && !isInsideWord;
}
