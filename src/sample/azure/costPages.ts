import { createHash } from 'node:crypto';
import { SeededRandom } from '../random';
import type { CostAnswer } from './costQuery';

const DEFAULT_ROWS = 1_000;
const MAX_ROWS = 5_000;

/** Where a page begins, and of which query: what `$skiptoken` says. */
interface PlaceInAnswer {
  readonly offset: number;
  readonly query: string;
}

/** Tells queries apart. @param body as sent */
export function fingerprintOf(body: unknown): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 12);
}

/** @returns the row that the page begins with; undefined when the token is of another query */
export function offsetOf(skipToken: string | null, query: string): number | undefined {
  if (skipToken === null) {
    return 0;
  }
  try {
    const place = JSON.parse(Buffer.from(skipToken, 'base64').toString()) as Partial<PlaceInAnswer>;
    return place.query === query ? place.offset : undefined;
  } catch {
    // A token that is none is of no query.
    return undefined;
  }
}

/** @param top what `$top` says. @param limit the service's own */
export function rowsOfPage(top: string | null, limit: number): number {
  const asked = top === null ? DEFAULT_ROWS : Number(top);
  return Math.max(1, Math.min(Number.isInteger(asked) ? asked : DEFAULT_ROWS, MAX_ROWS, limit));
}

/**
 * One page of an answer. The order of its columns is another one on each page: the service promises none.
 * @param url of this page, as the client knows it
 */
export function pageOf(
  answer: CostAnswer,
  page: { readonly offset: number; readonly rows: number; readonly query: string; readonly url: URL },
): { readonly nextLink: string | null; readonly columns: unknown; readonly rows: unknown } {
  const end = page.offset + page.rows;
  const order = shuffled(answer.columns.length, `${page.query}/${page.offset}`);
  const inOrder = <T>(cells: readonly T[]): readonly (T | undefined)[] => order.map((index) => cells[index]);
  return {
    nextLink: end < answer.rows.length ? linkTo(page.url, { offset: end, query: page.query }) : null,
    columns: inOrder(answer.columns),
    rows: answer.rows.slice(page.offset, end).map(inOrder),
  };
}

function linkTo(url: URL, place: PlaceInAnswer): string {
  const next = new URL(url);
  next.searchParams.set('$skiptoken', Buffer.from(JSON.stringify(place)).toString('base64'));
  return next.href;
}

function shuffled(count: number, seed: string): readonly number[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, (_, index) => ({ index, rank: random.next() }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ index }) => index);
}
