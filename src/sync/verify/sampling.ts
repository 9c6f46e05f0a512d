/**
 * Some of the items, at equal distances from a random start, so that all parts of a list are looked at.
 * @param random from 0 up to 1
 */
export function spread<T>(items: readonly T[], count: number, random: () => number): readonly T[] {
  if (count >= items.length) {
    return items;
  }
  const step = items.length / count;
  const start = random() * step;
  // Rounding may lead one beyond the end.
  const last = items.length - 1;
  return Array.from({ length: count }, (_, index) =>
    Math.min(last, Math.floor(start + index * step)),
  ).flatMap((index) => items.slice(index, index + 1));
}
