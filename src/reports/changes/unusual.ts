import { isUnusual, usualOf } from '../trends/robust';

/** A number of the period, and what it is measured against. */
export interface Measured {
  readonly now: number;
  readonly before: number;
  /** The same number of earlier spans of the same weekdays. */
  readonly earlier: readonly number[];
}

/** What is to be said of a change. */
export interface Judgement {
  /** Large enough to be told. */
  readonly isTold: boolean;
  /** Outside of what is usual. */
  readonly isUnusual: boolean;
  /** Median of the earlier spans; undefined where they are too few. */
  readonly usual?: number | undefined;
}

/** Fewer earlier spans say nothing about what is usual. */
const FEWEST_SPANS = 4;
/** Part of the larger number that a change must be: less is told only where it is unusual. */
const SMALLEST_PART = 0.2;

/**
 * A change is told when it passes the floor, and is a fifth of the number or outside of what is usual. Without enough earlier
 * spans, every change that is told is unusual.
 * @param floor smallest change that matters, in the number's unit
 */
export function judge({ now, before, earlier }: Measured, floor: number): Judgement {
  const change = Math.abs(now - before);
  const isLarge = change >= SMALLEST_PART * Math.max(now, before);
  const usual = earlier.length < FEWEST_SPANS ? undefined : usualOf(earlier);
  const isOutside = usual !== undefined && isUnusual(now, usual, floor);
  const isTold = change >= floor && (isLarge || isOutside);
  return { isTold, isUnusual: isTold && (isOutside || usual === undefined), usual: usual?.median };
}

/** How large a change is, from 0 to 1: its part of the larger number. */
export function sizeOf({ now, before }: Pick<Measured, 'now' | 'before'>): number {
  const larger = Math.max(Math.abs(now), Math.abs(before));
  return larger === 0 ? 0 : Math.abs(now - before) / larger;
}
