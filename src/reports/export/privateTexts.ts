import type { PrivateKind, ReportModel, TableModel } from '../reportModel';
import type { People } from './people';

/** Words for what loses its name; a number follows. */
const PLACEHOLDERS = { title: 'Chat', file: 'File' } as const;

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
  const found = { title: new Set<string>(), file: new Set<string>() };
  for (const [name, rows] of Object.entries(model.datasets)) {
    for (const [field, kind] of privateColumns(name, model)) {
      for (const value of rows.map((row) => row[field])) {
        if (typeof value === 'string' && value.trim() !== '' && (kind === 'title' || kind === 'file')) {
          found[kind].add(value);
        }
      }
    }
  }
  const numbered = (kind: 'title' | 'file', known: readonly string[]): (readonly [string, string])[] =>
    [...new Set([...found[kind], ...known])].map((text, index) => [
      text,
      `${PLACEHOLDERS[kind]} ${index + 1}`,
    ]);
  return new Map([...numbered('title', titles), ...numbered('file', files)]);
}
