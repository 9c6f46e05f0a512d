import { findReport } from '../catalogue';
import type { PrivateKind, ReportModel, ReportRow, TableModel } from '../reportModel';
import type { People } from './people';

/** Words for what loses its name; a number follows. */
const PLACEHOLDERS = { title: 'Chat', file: 'File', tag: 'Tag' } as const;

/** The tables that show a dataset, those of charts included. */
export function tablesShowing(dataset: string, { sections }: ReportModel): TableModel[] {
  return sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) =>
      (block.type === 'table' || block.type === 'chart') && block.dataset === dataset ? [block.table] : [],
    ),
  );
}

/** What names people in reports of the product, also where no table shows it. */
const EVERYWHERE: readonly (readonly [string, PrivateKind])[] = [['user', 'person']];

/** Columns of a dataset that name somebody or something, as its tables say. */
export function privateColumns(dataset: string, model: ReportModel): ReadonlyMap<string, PrivateKind> {
  const columns = tablesShowing(dataset, model).flatMap((table) => table.columns);
  return new Map([
    ...(findReport(model.reportId) === undefined ? [] : EVERYWHERE),
    ...columns.flatMap(({ field, holds }) => (holds === undefined ? [] : [[field, holds] as const])),
  ]);
}

/**
 * Columns of the product's reports that hold its own words, keys and dates: nobody's name, though somebody may be called so.
 * Columns that are not listed are searched for names.
 */
const OWN_WORDS: ReadonlySet<string> = new Set([
  ...[
    'age',
    'bucket',
    'cohort',
    'cohort_label',
    'date',
    'month',
    'weekday_name',
    'first_month',
    'last_month',
  ],
  ...[
    'basis',
    'charge_type',
    'content_type',
    'cost_type',
    'currency',
    'dimension',
    'kind',
    'measure',
    'part',
  ],
  ...[
    'price',
    'privacy',
    'role',
    'segment',
    'source',
    'stage',
    'standing',
    'state',
    'status',
    'step',
    'stream',
  ],
  ...['effect', 'fix', 'issue', 'meaning', 'verdict', 'why', 'outcome', 'problem_code'],
]);

/** What stands where there is no tag. */
const UNTAGGED = 'No tag';

/** What stands in a column of data where there is none. */
const NOBODY: ReadonlySet<string> = new Set([UNTAGGED, 'Unknown model', 'Excluded accounts']);

/** Whether a text of a product's report is the product's own; a label is where its row is of a step of time. */
export function isOwnWord(text: string, field: string, row: ReportRow): boolean {
  return OWN_WORDS.has(field) || NOBODY.has(text) || (field === 'label' && 'bucket' in row);
}

/** Numbers for titles and names of files: first those that the report shows, in its order, then what else is known. */
export function placeholders(model: ReportModel, { titles, files }: People): Map<string, string> {
  return new Map([
    ...numbered('title', [...textsOf('title', model), ...titles]),
    ...numbered('file', [...textsOf('file', model), ...files]),
  ]);
}

/** Numbers for tags, in their columns alone: they are often words such as `true`, which stand everywhere. */
export function tagPlaceholders(model: ReportModel): ReadonlyMap<string, string> {
  return new Map(
    numbered(
      'tag',
      textsOf('tag', model).filter((tag) => tag !== UNTAGGED),
    ),
  );
}

function numbered(kind: keyof typeof PLACEHOLDERS, texts: readonly string[]): (readonly [string, string])[] {
  return [...new Set(texts)].map((text, index) => [text, `${PLACEHOLDERS[kind]} ${index + 1}`]);
}

/** What the report's columns of a kind hold, in its order. */
function textsOf(kind: PrivateKind, model: ReportModel): string[] {
  return Object.entries(model.datasets).flatMap(([name, rows]) =>
    [...privateColumns(name, model)]
      .filter(([, holds]) => holds === kind)
      .flatMap(([field]) => rows.map((row) => row[field]))
      .filter((value) => typeof value === 'string')
      .filter((value) => value.trim() !== ''),
  );
}
