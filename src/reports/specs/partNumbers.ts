import { COLOURS } from './palette';
import type { Layer, MarkEncoding } from './specTypes';

/** One part of one stack. */
export interface StackCell {
  /** Which stack: a step of the time axis, the key of a bar. */
  readonly stack: string;
  /** Which part, from the foot of the stack; its number is one more. */
  readonly part: number;
  readonly value: number;
}

/** Pixels that a number needs along the stack and across it. */
const ROOM = { along: 13, across: 9 };

interface PartNumber {
  readonly stack: string;
  readonly middle: number;
  readonly text: string;
}

/**
 * The number of each part where that part is tallest, so that a stack can be read without its colours. None where there
 * is no room. `along` is the length of the longest stack in pixels, `across` the thickness of one.
 */
export function partNumbers(
  cells: readonly StackCell[],
  room: { readonly along: number; readonly across: number; readonly isShare: boolean },
): PartNumber[] {
  const stacks = stacksOf(cells);
  const longest = Math.max(0, ...[...stacks.values()].map(sumOf));
  const best = new Map<number, PartNumber & { readonly length: number }>();
  for (const [stack, values] of stacks) {
    const total = sumOf(values);
    let foot = 0;
    for (const [part, value = 0] of values.entries()) {
      const scale = room.isShare ? total : longest;
      const length = scale === 0 ? 0 : (value / scale) * room.along;
      if (length >= ROOM.along && length > (best.get(part)?.length ?? 0)) {
        const middle = foot + value / 2;
        best.set(part, {
          stack,
          middle: room.isShare ? middle / total : middle,
          text: String(part + 1),
          length,
        });
      }
      foot += value;
    }
  }
  return room.across < ROOM.across
    ? []
    : [...best.values()].map(({ stack, middle, text }) => ({ stack, middle, text }));
}

/** Values of each stack by part. */
function stacksOf(cells: readonly StackCell[]): ReadonlyMap<string, number[]> {
  const parts = Math.max(0, ...cells.map(({ part }) => part + 1));
  const stacks = new Map<string, number[]>();
  for (const { stack, part, value } of cells) {
    const values = stacks.get(stack) ?? Array.from({ length: parts }, () => 0);
    values[part] = (values[part] ?? 0) + value;
    stacks.set(stack, values);
  }
  return stacks;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The numbers as words on the stacks; `encoding` places `stack` and `middle`. */
export function numbersLayer(numbers: readonly PartNumber[], encoding: MarkEncoding): Layer[] {
  return numbers.length === 0
    ? []
    : [
        {
          data: { values: [...numbers] },
          mark: { type: 'text', fontSize: 10, fontWeight: 'bold', color: COLOURS.background, aria: false },
          encoding: { ...encoding, text: { field: 'text', type: 'nominal' } },
        },
      ];
}
