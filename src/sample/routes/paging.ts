import { invalid, type Reply } from '../http/replies';

/** One page of a list; `page` counts from 1 and 0 is the first page too. */
export function pageOf<T>(rows: readonly T[], page: number, size: number): T[] {
  const start = (Math.max(page, 1) - 1) * size;
  return rows.slice(start, start + size);
}

/** A whole number from the query; a reply when it is no number. */
export function integerParam(query: URLSearchParams, name: string, fallback: number): number | Reply {
  const text = query.get(name);
  if (text === null) {
    return fallback;
  }
  return /^-?\d+$/.test(text)
    ? Number(text)
    : invalid(['query', name], 'Input should be a valid integer, unable to parse string as an integer');
}

/** Answers with the page that the query asks for. */
export function withPage(query: URLSearchParams, answer: (page: number) => Reply): Reply {
  const page = integerParam(query, 'page', 1);
  return typeof page === 'number' ? answer(page) : page;
}

/** Sorts by one value, ascending unless `descending`; equal values keep their order. */
export function sortedBy<T>(
  rows: readonly T[],
  value: (row: T) => string | number,
  descending: boolean,
): T[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((left, right) => {
    const a = value(left);
    const b = value(right);
    return a === b ? 0 : a < b ? -sign : sign;
  });
}
