import type { PrivateKind, ReportModel, TableModel } from '../reportModel';
import type { People } from './people';

/** Words for what loses its name; a number follows. */
const PLACEHOLDERS = { title: 'Chat', file: 'File', tag: 'Tag' } as const;

/** What stands where there is no tag. */
const UNTAGGED = 'No tag';

/** The tables that show a dataset, those of charts included. */
export function tablesShowing(dataset: string, { sections }: ReportModel): TableModel[] {
  return sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) =>
      (block.type === 'table' || block.type === 'chart') && block.dataset === dataset ? [block.table] : [],
    ),
  );
}

/** Columns of a dataset that name somebody or something, as its tables say. */
export function privateColumns(dataset: string, model: ReportModel): ReadonlyMap<string, PrivateKind> {
  const columns = tablesShowing(dataset, model).flatMap((table) => table.columns);
  return new Map(
    columns.flatMap(({ field, holds }) => (holds === undefined ? [] : [[field, holds] as const])),
  );
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
