const BEST_SCORE = 10;

/** Thumb up or down, as a number or as text; undefined for anything else. */
export function ratingOf(value: unknown): 1 | -1 | undefined {
  const rating = numberOf(value);
  return rating === 1 || rating === -1 ? rating : undefined;
}

/** A rating from 1 to 10, as a number or as text; undefined for anything else. */
export function scoreOf(value: unknown): number | undefined {
  const score = numberOf(value);
  return score !== undefined && Number.isInteger(score) && score >= 1 && score <= BEST_SCORE
    ? score
    : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
    ? Number(value)
    : undefined;
}
