import type { EpochSeconds } from '../../store/records';

/** Above these a number is no second count any more, but nanoseconds or milliseconds. */
const NANOSECONDS_ABOVE = 1e14;
const MILLISECONDS_ABOVE = 1e11;

/** Whole seconds since 1970 of a number, or a number as text, in s, ms or ns; undefined when it is no time. */
export function epochSeconds(value: unknown): EpochSeconds | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) {
    return undefined;
  }
  return Math.floor(number / unitOf(number));
}

function unitOf(number: number): number {
  if (number > NANOSECONDS_ABOVE) {
    return 1e9;
  }
  return number > MILLISECONDS_ABOVE ? 1e3 : 1;
}
