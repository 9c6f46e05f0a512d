/** Some of the items, at equal distances from a random start, so that all parts of a list are looked at. */
export function spread<T>(items: readonly T[], count: number, random: () => number): readonly T[] {
  if (count >= items.length) {
    return items;
  }
  const step = items.length / count;
  const start = random() * step;
  return Array.from({ length: count }, (_, index) => items[Math.floor(start + index * step)]).filter(
    (item) => item !== undefined,
  );
}
