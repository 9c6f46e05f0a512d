import * as v from 'valibot';
import { CHART_MARKS } from '../../webview/shared/charts/chooseChart';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const statement = v.pipe(v.number(), v.integer(), v.minValue(1));

const wireCell = v.union([
  v.null(),
  v.number(),
  v.string(),
  v.object({ integer: v.pipe(v.string(), v.regex(/^-?\d+$/u)) }),
  v.object({ real: v.picklist(['Infinity', '-Infinity']) }),
  v.object({ blob: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})*$/u)), bytes: count }),
  v.object({ text: v.string(), characters: count }),
]);

/** A result as notebooks keep it: each row has a value for each column. */
export const notebookResult = v.pipe(
  v.object({
    columns: v.array(v.string()),
    rows: v.array(v.array(wireCell)),
    elapsedMs: v.pipe(v.number(), v.minValue(0)),
    limitedTo: v.optional(count),
    isDemo: v.optional(v.boolean()),
  }),
  v.check(
    ({ columns, rows }) => rows.every(({ length }) => length === columns.length),
    'Each row must have a value for each column',
  ),
);

export const cellChart = v.looseObject({
  statement,
  mark: v.picklist(CHART_MARKS),
  x: v.string(),
  y: v.array(v.string()),
  split: v.optional(v.string()),
  isHidden: v.optional(v.boolean()),
});

/** What a statement led to. Written anew with each run, so nothing that is not known here has to survive. */
export const savedOutput = v.union([
  v.object({ statement, result: notebookResult }),
  v.object({ error: v.string() }),
]);
export type SavedOutput = v.InferOutput<typeof savedOutput>;

/** What VS Code keeps beside a cell: everything of the file but the cell's text. Fields that are not known here stay as they are. */
export const cellMetadata = v.looseObject({
  charts: v.optional(v.array(cellChart)),
  outputs: v.optional(v.array(savedOutput)),
});
export type CellMetadata = v.InferOutput<typeof cellMetadata>;

/** What VS Code keeps beside a notebook. */
export const notebookMetadata = v.looseObject({ saveOutputs: v.optional(v.boolean()) });
export type NotebookMetadata = v.InferOutput<typeof notebookMetadata>;

const cell = v.looseObject({
  ...cellMetadata.entries,
  kind: v.picklist(['sql', 'markdown']),
  text: v.array(v.string()),
});

/** The whole file, but for its version, which is looked at first. */
export const notebookContent = v.looseObject({ ...notebookMetadata.entries, cells: v.array(cell) });
