import assert from 'node:assert/strict';

/** Sums of fractions depend on the order in which they are added: what is equal to so many digits is the same number. */
const DIGITS = 12;

/** That two values are equal, numbers to twelve digits. */
export function assertSame(actual: unknown, expected: unknown): void {
  assert.deepEqual(rounded(actual), rounded(expected));
}

function rounded(value: unknown): unknown {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
  }
  if (Array.isArray(value)) {
    return value.map(rounded);
  }
  if (value instanceof Map) {
    return rounded([...value]);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]) => [key, rounded(member)]),
    );
  }
  return value;
}
