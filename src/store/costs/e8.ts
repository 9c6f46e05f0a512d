import type { E8 } from './costTypes';

/** What an integer of the database holds: 92 thousand million of a currency. */
export const LARGEST_E8: E8 = 2n ** 63n - 1n;

/** The amount as a number of its currency, to be shown: exact up to 90 million. */
export function amountOfE8(costE8: E8): number {
  return Number(costE8) / 1e8;
}
