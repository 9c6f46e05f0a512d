import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { jsonOf, unusable, type AzureAnswer, type Subject } from './answers';
import type { AzureRequest } from './sender';
import { mapInSlices } from './slices';

/** More pages than any month has: 5,000 rows each. */
const MAX_PAGES = 400;
const ROWS_PER_PAGE = 5000;

const pageSchema = v.object({
  properties: v.object({
    nextLink: v.nullish(v.string(), null),
    columns: v.array(v.object({ name: v.string() })),
    // Each row is looked at when it is read.
    rows: v.array(v.unknown()),
  }),
});

/** Cells of one row by the names of columns. */
export type Cells = Readonly<Record<string, unknown>>;

export interface PagedQuery {
  /** Address of the first page, with parameters, without the number of rows. */
  readonly url: URL;
  readonly body: string;
  /** Each page must have them, in whatever order. */
  readonly columns: readonly string[];
  readonly subject: Subject;
}

type Send = (request: AzureRequest, signal: AbortSignal) => Promise<AzureAnswer>;

/**
 * All rows of a query. Each page is a request with the body of the first; nothing is given before the last has come.
 * An answer without content (204) has no rows.
 * @throws AzureError, also for a page that comes again and for one that is elsewhere, which would be sent the token
 */
export async function readAllPages(
  send: Send,
  { url, body, columns, subject }: PagedQuery,
  signal: AbortSignal,
): Promise<readonly Cells[]> {
  const rows: Cells[] = [];
  const seen = new Set<string>();
  const marks = new Set<string>();
  // By hand: `searchParams` would write %24top.
  let next: string | null = `${url.href}&$top=${ROWS_PER_PAGE}`;
  while (next !== null) {
    if (seen.has(next) || seen.size >= MAX_PAGES) {
      throw unusable(l10n.t('its pages do not end'));
    }
    seen.add(next);
    const answer = await send({ method: 'POST', url: next, body }, signal);
    if (answer.status === 204) {
      break;
    }
    const page = pageOf(jsonOf(answer, subject));
    const cells = await cellsOf(page, columns, signal);
    const mark = markOf(cells);
    if (marks.has(mark)) {
      throw unusable(l10n.t('a page of it came twice'));
    }
    if (cells.length > 0) {
      marks.add(mark);
    }
    for (const row of cells) {
      rows.push(row);
    }
    next = nextAddress(page.nextLink, url.origin);
  }
  return rows;
}

/** Tells pages apart: no two rows of an answer are the same. */
function markOf(cells: readonly Cells[]): string {
  return JSON.stringify([cells.length, cells[0], cells.at(-1)]);
}

type Page = v.InferOutput<typeof pageSchema>['properties'];

function pageOf(json: object): Page {
  const parsed = v.safeParse(pageSchema, json);
  if (!parsed.success) {
    throw unusable(l10n.t('"{0}" is missing in it', v.getDotPath(parsed.issues[0]) ?? 'properties'));
  }
  return parsed.output.properties;
}

/** Columns come in another order from page to page: only their names say what they hold. */
async function cellsOf(
  page: Page,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<readonly Cells[]> {
  const names = page.columns.map(({ name }) => name.toLowerCase());
  const places = wanted.map((name): readonly [string, number] => {
    const place = names.indexOf(name.toLowerCase());
    if (place < 0) {
      throw unusable(l10n.t('it has no column {0}', name));
    }
    return [name, place];
  });
  const cellsIn = (row: unknown): Cells => {
    if (!Array.isArray(row) || row.length !== names.length) {
      throw unusable(l10n.t('a row has another number of cells than there are columns'));
    }
    const cells: Record<string, unknown> = {};
    for (const [name, place] of places) {
      cells[name] = row[place];
    }
    return cells;
  };
  return mapInSlices(page.rows, cellsIn, signal);
}

/** @throws AzureError for another origin than the one that is asked */
export function nextAddress(link: string | null, origin: string): string | null {
  if (link === null || link === '') {
    return null;
  }
  if (!URL.canParse(link) || new URL(link).origin !== origin) {
    throw unusable(l10n.t('its next page is at another address'));
  }
  return link;
}
