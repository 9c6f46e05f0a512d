import { codeBlock } from '../../sync/texts/codeBlock';

/** How file names of queries end. */
export const QUERY_SUFFIX = '.owsql';

const TITLE = /^\s*--[ \t]*(\S[^\r\n]*)/;

/** The title of a query: its first line, where that is a comment. */
export function titleOf(text: string): string | undefined {
  return TITLE.exec(text)?.[1]?.trim();
}

/** The query with this title as its first line. */
export function withTitle(text: string, title: string): string {
  const line = `-- ${title.replace(/\s+/g, ' ').trim()}`;
  return titleOf(text) === undefined ? `${line}\n${text.trimStart()}` : text.replace(TITLE, () => line);
}

/** The first words of a statement on one line, comments left out, for lists. */
export function firstWords(sql: string, maxChars = 80): string {
  const words = sql
    .replace(/^(?:\s*(?:--[^\n]*\n?|\/\*[^]*?\*\/))+/, '')
    .slice(0, maxChars * 4)
    .replace(/\s+/g, ' ')
    .trim();
  return words.length <= maxChars ? words : `${words.slice(0, maxChars - 1)}…`;
}

/** A statement as a block of Markdown; long ones are cut. */
export function sqlBlock(sql: string, maxChars = 2000): string {
  return codeBlock(sql.length <= maxChars ? sql : `${sql.slice(0, maxChars)}\n…`, 'sql');
}
