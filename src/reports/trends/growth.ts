/** How a number grew against that of a span of equal weekdays. */
export interface Growth {
  readonly difference: number;
  /** Of the number before; undefined where that is below ten: 1 to 3 is not "+200 %". */
  readonly ratio?: number | undefined;
}

/** Below this base a percentage says nothing. */
export const SMALLEST_BASE = 10;

/** Growth from `before` to `now`; undefined where one of them is unknown. */
export function growthOf(now: number | null, before: number | null): Growth | undefined {
  if (now === null || before === null) {
    return undefined;
  }
  const difference = now - before;
  return { difference, ratio: before < SMALLEST_BASE ? undefined : difference / before };
}
