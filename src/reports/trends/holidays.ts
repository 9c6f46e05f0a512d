import type { LocalDay } from '../days';

/** Days on which few people work: they are neither usual nor unusual. */
export type Holidays = ReadonlySet<LocalDay>;

export const NO_HOLIDAYS: Holidays = new Set();
