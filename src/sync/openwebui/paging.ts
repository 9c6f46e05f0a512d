import * as v from 'valibot';
import { eachInSlices } from '../../store/slices';
import type { OpenWebUiClient } from './client';
import type { Route } from './routes';

/** Pages without anything new after which a list counts as endless. */
const FRUITLESS_PAGES = 2;
/** Full pages that a list without a total may have: 120,000 chats of one user. */
const MOST_UNTOLD_PAGES = 2_000;
/** Pages that any list may have, whatever total its server tells. */
const MOST_PAGES = 20_000;
/** How many times more pages than the first one promised: rows may come while a list is read. */
const GROWTH = 2;
const GROWTH_PAGES = 10;

/** One page of a list, parsed. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** Rows without a usable id; a list that has any proves no deletion. */
  readonly skipped: number;
  /** Rows of the whole list, where the server tells. */
  readonly total?: number | undefined;
}

/** What differs between lists. */
export interface ListDefinition<T> {
  /** The request for a page; pages count from 1. */
  readonly route: (page: number) => Route;
  readonly row: v.GenericSchema<unknown, T>;
  readonly idOf: (row: T) => string;
  /** What a plain array is: the whole list, or one page that is the last when it holds fewer rows than this. */
  readonly plainArray: 'whole' | { readonly pageOf: number };
}

interface RawPage {
  readonly rows: readonly unknown[];
  readonly total: number | undefined;
  readonly isPlain: boolean;
}

/** Keys under which versions and routes put the rows of a list. */
const ROW_KEYS = ['items', 'users', 'data'] as const;

/**
 * Reads a list page by page until its end, whichever way this server pages. Repeated rows are normal (rows move
 * while they are read) and stay in their pages. @throws OpenWebUiError `endlessList` when nothing new comes.
 */
export async function* readPages<T>(
  client: OpenWebUiClient,
  list: ListDefinition<T>,
): AsyncGenerator<Page<T>> {
  const seen = new Set<string>();
  let skipped = 0;
  let fruitless = 0;
  let most = 1;
  for (let number = 1; number <= most; number += 1) {
    const route = list.route(number);
    const raw = rawPage(client, await client.getJson(route), route);
    most = number === 1 ? mostPages(raw) : most;
    const before = seen.size;
    const page = await parsePage(raw, list);
    for (const row of page.rows) {
      seen.add(list.idOf(row));
    }
    skipped += page.skipped;
    client.noteUnusable(page.skipped);
    yield page;
    if (isLast(raw, seen.size + skipped, list)) {
      return;
    }
    fruitless = seen.size > before ? 0 : fruitless + 1;
    if (fruitless >= FRUITLESS_PAGES) {
      throw client.failure('endlessList', { path: route.path });
    }
  }
  throw client.failure('endlessList', { path: list.route(1).path });
}

/** Reads a list that is never paged. */
export async function readWhole<T>(
  client: OpenWebUiClient,
  route: Route,
  row: v.GenericSchema<unknown, T>,
): Promise<Page<T>> {
  const page = await parsePage(rawPage(client, await client.getJson(route), route), { row });
  client.noteUnusable(page.skipped);
  return page;
}

/** All rows of a list, in order. */
export async function collect<T>(pages: AsyncIterable<Page<T>>): Promise<Page<T>> {
  const rows: T[] = [];
  let skipped = 0;
  for await (const page of pages) {
    for (const row of page.rows) {
      rows.push(row);
    }
    skipped += page.skipped;
  }
  return { rows, skipped };
}

/** After how many pages a list is endless, judged by its first one. */
function mostPages({ rows, total, isPlain }: RawPage): number {
  if (isPlain || total === undefined) {
    return MOST_UNTOLD_PAGES;
  }
  return Math.min(MOST_PAGES, GROWTH * Math.ceil(total / Math.max(1, rows.length)) + GROWTH_PAGES);
}

function isLast<T>(raw: RawPage, seen: number, list: ListDefinition<T>): boolean {
  if (raw.rows.length === 0) {
    return true;
  }
  if (raw.isPlain) {
    return list.plainArray === 'whole' || raw.rows.length < list.plainArray.pageOf;
  }
  return raw.total === undefined || seen >= raw.total;
}

function rawPage(client: OpenWebUiClient, answer: unknown, route: Route): RawPage {
  if (Array.isArray(answer)) {
    return { rows: answer, total: undefined, isPlain: true };
  }
  const fields = (typeof answer === 'object' ? answer : null) as Readonly<Record<string, unknown>> | null;
  const rows = ROW_KEYS.map((key) => fields?.[key]).find((value) => Array.isArray(value));
  if (!Array.isArray(rows)) {
    throw client.failure('unexpectedAnswer', { path: route.path });
  }
  const total = fields?.['total'];
  return { rows, total: typeof total === 'number' ? total : undefined, isPlain: false };
}

async function parsePage<T>(raw: RawPage, { row }: Pick<ListDefinition<T>, 'row'>): Promise<Page<T>> {
  const rows: T[] = [];
  // Whole lists have thousands.
  await eachInSlices(raw.rows, (value) => {
    const parsed = v.safeParse(row, value);
    if (parsed.success) {
      rows.push(parsed.output);
    }
  });
  return { rows, skipped: raw.rows.length - rows.length, total: raw.total };
}
