import * as v from 'valibot';
import { COPY_FORMATS, RESULT_WISHES, type ToExtension } from '../../webview/results/protocol';
import { narrowingSchema } from './restorable';

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const MAX_ROWS_PER_PAGE = 1_000;
/** Characters of a spec that a person edits. */
const MOST_SPEC = 1_000_000;
/** Characters of a picture. */
const MOST_PICTURE = 50_000_000;
const resultId = v.pipe(v.string(), v.maxLength(100));

const schema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('cancel') }),
  v.object({
    type: v.literal('offer'),
    offer: v.picklist(['runAgain', 'runWithoutTimeLimit', 'showStatement']),
  }),
  v.object({ type: v.literal('shown'), resultId }),
  v.object({
    type: v.literal('rows'),
    resultId,
    revision: index,
    offset: index,
    limit: v.pipe(index, v.maxValue(MAX_ROWS_PER_PAGE)),
  }),
  v.object({
    type: v.literal('copy'),
    resultId,
    range: v.object({ firstRow: index, lastRow: index, firstColumn: index, lastColumn: index }),
    wish: v.object({ format: v.picklist(COPY_FORMATS), withHeaders: v.boolean() }),
  }),
  v.object({ type: v.literal('openValue'), resultId, row: index, column: index }),
  v.object({ type: v.literal('narrow'), resultId, narrowing: narrowingSchema }),
  v.object({ type: v.picklist(RESULT_WISHES), resultId }),
  v.object({ type: v.literal('pin'), resultId, isPinned: v.boolean() }),
  v.object({ type: v.literal('chartData'), resultId }),
  v.object({ type: v.literal('editSpec'), resultId, text: v.pipe(v.string(), v.maxLength(MOST_SPEC)) }),
  v.object({
    type: v.literal('picture'),
    title: v.string(),
    format: v.picklist(['svg', 'png']),
    base64: v.pipe(v.string(), v.maxLength(MOST_PICTURE)),
  }),
]);

/** A message of a page of results; undefined for anything else. */
export function parseResultsMessage(message: unknown): ToExtension | undefined {
  const parsed = v.safeParse(schema, message);
  return parsed.success ? parsed.output : undefined;
}
