import * as v from 'valibot';
import { FILTER_KINDS, type Narrowing } from '../../webview/results/narrowing';
import type { HeldResult } from './heldResult';

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const MOST_TEXT = 10_000;

/** What a page may wish of a result's rows. */
export const narrowingSchema = v.object({
  sort: v.optional(v.object({ column: index, isDescending: v.boolean() })),
  filters: v.pipe(
    v.array(
      v.object({
        column: index,
        kind: v.picklist(FILTER_KINDS),
        value: v.pipe(v.string(), v.maxLength(MOST_TEXT)),
      }),
    ),
    v.maxLength(2_000),
  ),
  search: v.pipe(v.string(), v.maxLength(MOST_TEXT)),
});

const schema = v.object({
  id: v.string(),
  title: v.string(),
  statement: v.string(),
  sourceId: v.picklist(['mirror', 'demo']),
  /** Values are not kept: they may name people. */
  hasParameters: v.boolean(),
  narrowing: narrowingSchema,
});

/** What is kept of a result for a later session: how to run it again, and no row. */
export type Restorable = v.InferOutput<typeof schema> & { readonly narrowing: Narrowing };

export function restorableOf({ id, title, statement, source, narrowing }: HeldResult): Restorable {
  const { sort, filters, search } = narrowing;
  return {
    id,
    title,
    statement: statement.text,
    sourceId: source.sourceId,
    hasParameters: Object.keys(statement.parameters ?? {}).length > 0,
    narrowing: { ...(sort === undefined ? {} : { sort }), filters: [...filters], search },
  };
}

/** Reads the state that a page kept; undefined when it holds no result. */
export function parseRestorable(state: unknown): Restorable | undefined {
  const parsed = v.safeParse(v.object({ restorable: schema }), state);
  return parsed.success ? parsed.output.restorable : undefined;
}
