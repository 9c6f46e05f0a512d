import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseJson } from './chat/bigIntegers';

/** About 1 ms. */
const SLICE = 128 * 1024;
/** Bytes in which the ends of values are looked for in one go: about 1 ms. */
const SCAN = 256 * 1024;
/** How long the thread is kept before others get their turn, in ms. */
const TURN_MS = 3;
/** Larger values are taken apart down to this depth: an answer, its list, a row, a field. Each level reads all once more. */
const DEEPEST = 4;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACES: readonly (number | undefined)[] = [0x20, 0x09, 0x0a, 0x0d];

const decoder = new TextDecoder();

/** Part of the body: its first byte and the one behind its last. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Parses a JSON body as {@link parseJson} does; a large one in pieces, between which other work of the thread runs. Only
 * a single text can take longer. @param slice what is parsed in one go, in bytes @throws SyntaxError
 */
export function parseJsonBody(body: Uint8Array, slice = SLICE): Promise<unknown> {
  return new SlicedJson(body, slice).value({ start: 0, end: body.byteLength }, 1);
}

class SlicedJson {
  readonly #bytes: Uint8Array;
  readonly #slice: number;
  #turnStartedAt = performance.now();

  constructor(bytes: Uint8Array, slice: number) {
    this.#bytes = bytes;
    this.#slice = slice;
  }

  async value(span: Span, depth: number): Promise<unknown> {
    const first = this.#bytes[this.#skipSpace(span)];
    const isSmall = !this.#isLarge(span) || depth > DEEPEST;
    if (!isSmall && first === OPEN_LIST) {
      return this.#list(span, depth);
    }
    if (!isSmall && first === OPEN_OBJECT) {
      return this.#object(span, depth);
    }
    await this.#breathe();
    return parseJson(this.#text(span));
  }

  async #list(span: Span, depth: number): Promise<readonly unknown[]> {
    const items: unknown[] = [];
    for await (const part of this.#parts(span, CLOSE_LIST)) {
      if (this.#isLarge(part)) {
        items.push(await this.value(part, depth + 1));
      } else {
        for (const item of parseJson(`[${this.#text(part)}]`) as unknown[]) {
          items.push(item);
        }
      }
    }
    return items;
  }

  async #object(span: Span, depth: number): Promise<object> {
    const members: [string, unknown][] = [];
    for await (const part of this.#parts(span, CLOSE_OBJECT)) {
      if (this.#isLarge(part)) {
        const { name, value } = this.#member(part);
        members.push([name, await this.value(value, depth + 1)]);
      } else {
        members.push(...Object.entries(parseJson(`{${this.#text(part)}}`) as object));
      }
    }
    return Object.fromEntries(members);
  }

  /** What lies between the brackets: members that are large by themselves, and neighbours that together make a slice. */
  async *#parts(span: Span, close: number): AsyncGenerator<Span> {
    let group: Span | undefined;
    for await (const member of this.#members(span, close)) {
      if (group !== undefined && this.#isLarge({ start: group.start, end: member.end })) {
        yield group;
        group = undefined;
      }
      group = { start: group?.start ?? member.start, end: member.end };
      await this.#breathe();
    }
    if (group !== undefined) {
      yield group;
    }
  }

  /** @throws SyntaxError unless the span is one bracket with its members */
  async *#members(span: Span, close: number): AsyncGenerator<Span> {
    const ends = new MemberEnds(this.#bytes, this.#skipSpace(span), span.end);
    const first = ends.position + 1;
    let start = first;
    for (let end = ends.next(); ; end = ends.next()) {
      if (end === undefined) {
        await this.#breathe();
        continue;
      }
      const isLast = this.#bytes[end] !== COMMA;
      if (this.#skipSpace({ start, end }) < end) {
        yield { start, end };
      } else if (start !== first || !isLast) {
        throw new SyntaxError('A value is missing in a JSON list');
      }
      start = end + 1;
      if (isLast) {
        if (this.#bytes[end] !== close || this.#skipSpace({ start, end: span.end }) !== span.end) {
          throw new SyntaxError('A JSON list does not end as it began');
        }
        return;
      }
    }
  }

  #member(span: Span): { readonly name: string; readonly value: Span } {
    const start = this.#skipSpace(span);
    const end = stringEnd(this.#bytes, start, span.end);
    const colon = this.#skipSpace({ start: end, end: span.end });
    if (this.#bytes[start] !== QUOTE || this.#bytes[colon] !== COLON) {
      throw new SyntaxError('A JSON object has a member without a name');
    }
    return {
      name: String(parseJson(this.#text({ start, end }))),
      value: { start: colon + 1, end: span.end },
    };
  }

  #isLarge({ start, end }: Span): boolean {
    return end - start > this.#slice;
  }

  #skipSpace({ start, end }: Span): number {
    let position = start;
    while (position < end && SPACES.includes(this.#bytes[position])) {
      position += 1;
    }
    return position;
  }

  #text({ start, end }: Span): string {
    return decoder.decode(this.#bytes.subarray(start, end));
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#turnStartedAt >= TURN_MS) {
      await nextTurn();
      this.#turnStartedAt = performance.now();
    }
  }
}

/** Finds the commas between the members of a bracket, and its end. */
class MemberEnds {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #depth = 0;
  position: number;

  /** @param start the opening bracket */
  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.position = start;
    this.#end = end;
  }

  /** The place of the next comma or of the closing bracket; undefined: not yet found. @throws SyntaxError without any */
  next(): number | undefined {
    const bytes = this.#bytes;
    const stop = Math.min(this.#end, this.position + SCAN);
    while (this.position < stop) {
      const at = this.position;
      const byte = bytes[at];
      this.position = byte === QUOTE ? stringEnd(bytes, at, this.#end) : at + 1;
      if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
        this.#depth += 1;
      } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        this.#depth -= 1;
        if (this.#depth === 0) {
          return at;
        }
      } else if (byte === COMMA && this.#depth === 1) {
        return at;
      }
    }
    if (stop === this.#end) {
      throw new SyntaxError('A JSON list has no end');
    }
    return undefined;
  }
}

/** Behind the quote that closes a string. @param start the quote that opens it */
function stringEnd(bytes: Uint8Array, start: number, end: number): number {
  let quote = bytes.indexOf(QUOTE, start + 1);
  while (quote !== -1 && quote < end && isEscaped(bytes, quote)) {
    quote = bytes.indexOf(QUOTE, quote + 1);
  }
  if (quote === -1 || quote >= end) {
    throw new SyntaxError('A JSON text has no end');
  }
  return quote + 1;
}

function isEscaped(bytes: Uint8Array, quote: number): boolean {
  let start = quote;
  while (bytes[start - 1] === BACKSLASH) {
    start -= 1;
  }
  return (quote - start) % 2 === 1;
}
