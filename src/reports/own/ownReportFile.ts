import * as v from 'valibot';
import type { NumberFormat } from '../format';

/** Ends of the names of files that hold a report of somebody's own. */
export const OWN_REPORT_SUFFIX = '.report.json';

const NUMBER_FORMATS = [
  'integer',
  'compact',
  'percent',
  'decimal',
  'bytes',
] as const satisfies readonly NumberFormat[];

const text = v.pipe(v.string(), v.nonEmpty());

/** A statement: text, its lines, or a file beside the report. */
const sql = v.union([text, v.array(v.string()), v.strictObject({ file: text })]);

const column = v.strictObject({
  field: text,
  title: v.optional(text),
  format: v.optional(v.picklist(NUMBER_FORMATS)),
});

const queryBlock = v.strictObject({
  title: text,
  description: v.optional(v.string(), ''),
  sql,
  chart: v.optional(v.record(v.string(), v.unknown())),
  columns: v.optional(v.array(column), []),
  isWide: v.optional(v.boolean(), false),
});

const textBlock = v.strictObject({ title: v.optional(v.string(), ''), text });

/** A report as somebody writes it; media/own-report.schema.json says the same to the editor. */
export const ownReportFile = v.strictObject({
  $schema: v.optional(v.string()),
  title: text,
  description: v.optional(v.string(), ''),
  blocks: v.pipe(v.array(v.union([queryBlock, textBlock])), v.minLength(1), v.maxLength(50)),
});

export type OwnReportFile = v.InferOutput<typeof ownReportFile>;
export type OwnBlock = OwnReportFile['blocks'][number];
export type OwnQueryBlock = v.InferOutput<typeof queryBlock>;

/** Why a file is no report; the message names the place and what to do. */
export class OwnReportError extends Error {
  override readonly name = 'OwnReportError';
}

/** @throws OwnReportError */
export function parseOwnReport(source: string): OwnReportFile {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    throw new OwnReportError(`Not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const parsed = v.safeParse(ownReportFile, value);
  if (!parsed.success) {
    throw new OwnReportError(parsed.issues.map(issueText).join(' '));
  }
  for (const block of parsed.output.blocks) {
    refuseAddresses('chart' in block ? block.chart : undefined);
  }
  return parsed.output;
}

function issueText(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return `${path === null ? '' : `${path}: `}${issue.message}.`;
}

/** Charts draw the rows of their statement. Whatever would load something else, or lead out of the page, is refused. */
function refuseAddresses(value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    if (key === 'url' || key === 'href') {
      throw new OwnReportError(`A chart draws the rows of its "sql" and loads nothing: remove "${key}".`);
    }
    refuseAddresses(member);
  }
}
