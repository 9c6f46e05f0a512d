import * as v from 'valibot';
import type { ToExtension } from '../../webview/results/protocol';

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const MAX_ROWS_PER_PAGE = 1_000;

const schema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('cancel') }),
  v.object({
    type: v.literal('rows'),
    resultId: v.string(),
    offset: index,
    limit: v.pipe(index, v.maxValue(MAX_ROWS_PER_PAGE)),
  }),
  v.object({
    type: v.literal('copy'),
    resultId: v.string(),
    range: v.object({ firstRow: index, lastRow: index, firstColumn: index, lastColumn: index }),
    withHeaders: v.boolean(),
  }),
  v.object({ type: v.literal('openValue'), resultId: v.string(), row: index, column: index }),
]);

/** A message of the result view; undefined for anything else. */
export function parseResultsMessage(message: unknown): ToExtension | undefined {
  const parsed = v.safeParse(schema, message);
  return parsed.success ? parsed.output : undefined;
}
