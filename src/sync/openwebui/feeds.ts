import type * as v from 'valibot';
import type { OpenWebUiClient } from './client';
import { routeOf, type Way, type Ways } from './dialects';
import { isFailure } from './failures';
import { readPages, readWhole, type Page } from './paging';

/** A list that versions offer in different ways. */
export interface WholeFeed<T> {
  readonly ways: Ways;
  readonly row: v.GenericSchema<unknown, T>;
  /** What stands for `{id}` in the paths; one segment of a path. */
  readonly id?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** The same, and what tells its rows apart while it is read page by page. */
export interface Feed<T> extends WholeFeed<T> {
  readonly idOf: (row: T) => string;
}

/**
 * Reads a list page by page in the first way that the server supports.
 * @throws OpenWebUiError `unsupported` when it supports none
 */
export async function* readFeed<T>(client: OpenWebUiClient, feed: Feed<T>): AsyncGenerator<Page<T>> {
  const { ways, row, idOf, ...use } = feed;
  const { pages, first } = await firstSupported(ways, async (way) => {
    const pages = readPages(client, {
      route: (page) => routeOf(way, { ...use, page }),
      row,
      idOf,
      plainArray: way.plainArray ?? 'whole',
    });
    return { pages, first: await pages.next() };
  });
  if (first.done !== true) {
    yield first.value;
    yield* pages;
  }
}

/** Reads a list that is never paged. @throws OpenWebUiError `unsupported` when the server supports no way */
export function readWholeFeed<T>(client: OpenWebUiClient, feed: WholeFeed<T>): Promise<Page<T>> {
  const { ways, row, ...use } = feed;
  return firstSupported(ways, (way) => readWhole(client, routeOf(way, use), row));
}

/** What a server gives, or undefined where it has no such thing. @throws OpenWebUiError for any other failure */
export async function ifSupported<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isFailure(error, 'unsupported')) {
      return undefined;
    }
    throw error;
  }
}

async function firstSupported<T>(ways: Ways, read: (way: Way) => Promise<T>): Promise<T> {
  const [first, ...others] = ways;
  try {
    return await read(first);
  } catch (error) {
    const [next, ...rest] = others;
    if (next === undefined || !isFailure(error, 'unsupported')) {
      throw error;
    }
    return firstSupported([next, ...rest], read);
  }
}
