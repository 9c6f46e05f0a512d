/**
 * Which of two versions such as `1.2.3` or `1.2.3-beta.1` is newer. @returns above 0 when it is `a`, below 0 when it is `b`,
 * 0 when neither is
 */
export function compareVersions(a: string, b: string): number {
  const [mine, others] = [partsOf(a), partsOf(b)];
  const byNumbers = compareLists(mine.numbers, others.numbers);
  if (byNumbers !== 0) {
    return byNumbers;
  }
  // What comes before a release has a mark, the release has none.
  if (mine.marks.length === 0 || others.marks.length === 0) {
    return others.marks.length - mine.marks.length;
  }
  return compareLists(mine.marks, others.marks);
}

function partsOf(version: string) {
  const [, release = '', marks = ''] = /^([^-+]*)(?:-([^+]*))?/.exec(version) ?? [];
  return { numbers: release.split('.'), marks: marks === '' ? [] : marks.split('.') };
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = comparePart(a[index], b[index]);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/** Numbers by their size, words by their letters, a word above a number, anything above nothing. */
function comparePart(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) {
    return Number(a !== undefined) - Number(b !== undefined);
  }
  const [numberA, numberB] = [a, b].map((part) => (/^\d+$/.test(part) ? Number(part) : undefined));
  if (numberA !== undefined && numberB !== undefined) {
    return numberA - numberB;
  }
  if (numberA !== undefined || numberB !== undefined) {
    return numberA === undefined ? 1 : -1;
  }
  return a < b ? -1 : Number(a > b);
}
