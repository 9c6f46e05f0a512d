import page from '../../../docs/queries.md';

/** A question with its SQL. */
export interface ExampleQuery {
  readonly title: string;
  /** What to know about the answer; Markdown. */
  readonly note: string;
  readonly sql: string;
}

/** Sections `### question`, each with a note and a block of SQL. */
export function parseExamples(markdown: string): readonly ExampleQuery[] {
  return [...markdown.matchAll(/^### (.+)\n([^]*?)^```sql\n([^]*?)^```$/gm)].map(
    ([, title = '', note = '', sql = '']) => ({ title: title.trim(), note: note.trim(), sql: sql.trim() }),
  );
}

let parsed: readonly ExampleQuery[] | undefined;

/** The queries of docs/queries.md. */
export function exampleQueries(): readonly ExampleQuery[] {
  parsed ??= parseExamples(page);
  return parsed;
}
