import * as l10n from '@vscode/l10n';
import type { SchemaColumn, SchemaTable } from '../../../store/schema/schemaTypes';
import { escapeMarkdown } from '../../../sync/words';
import type { SqlFunction } from './functions';
import type { ScopeSource } from './query/scope';
import { isSame } from './query/words';

/** Columns that are named of a table; the list of all stands in the schema view. */
const MOST_COLUMNS = 12;

/** A column in Markdown: name and type, where it comes from, what it means. */
export function describeColumn({ name, type, meaning }: SchemaColumn, source: ScopeSource): string {
  return paragraphs(
    `${inCode(name)}${type === '' ? '' : ` ${escapeMarkdown(type)}`}`,
    l10n.t('Column of {0}', originOf(source)),
    meaning,
  );
}

/** A table or view in Markdown: kind and name, what one row is, its columns. */
export function describeTable({ name, kind, meaning, columns, isInternal }: SchemaTable): string {
  const title = kind === 'view' ? l10n.t('View {0}', inCode(name)) : l10n.t('Table {0}', inCode(name));
  return paragraphs(
    title,
    meaning ?? (isInternal ? l10n.t('Internal: the views beside it are meant for statements.') : undefined),
    columnList(columns),
  );
}

/** What an alias, CTE or table of a statement stands for, in Markdown. */
export function describeSource(source: ScopeSource): string {
  const { name, table, columns } = source;
  if (table === undefined) {
    return paragraphs(l10n.t('Query {0} of this statement', inCode(name)), undefined, columnList(columns));
  }
  return isSame(name, table.name)
    ? describeTable(table)
    : paragraphs(l10n.t('{0} stands for {1}', inCode(name), inCode(table.name)), describeTable(table));
}

/** A function in Markdown: how it is called and what it returns. */
export function describeFunction({ signature, says }: SqlFunction): string {
  return paragraphs(inCode(signature), says);
}

function originOf({ name, table }: ScopeSource): string {
  if (table === undefined || isSame(name, table.name)) {
    return inCode(name);
  }
  return `${inCode(table.name)} (${inCode(name)})`;
}

function columnList(columns: readonly SchemaColumn[]): string | undefined {
  if (columns.length === 0) {
    return undefined;
  }
  const named = columns
    .slice(0, MOST_COLUMNS)
    .map(({ name }) => inCode(name))
    .join(', ');
  return columns.length > MOST_COLUMNS
    ? l10n.t('Columns: {0} and {1} more', named, String(columns.length - MOST_COLUMNS))
    : l10n.t('Columns: {0}', named);
}

/** A name between backquotes, whatever it holds. */
export function inCode(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${fence === '``' ? ` ${text} ` : text}${fence}`;
}

function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('\n\n');
}
