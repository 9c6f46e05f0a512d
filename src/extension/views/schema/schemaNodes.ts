import * as l10n from '@vscode/l10n';
import { nameInSql } from '../../../store/sqlite/sqlQuoting';
import type { SchemaColumn, SchemaTable } from '../../../store/schema/schemaTypes';
import { countOf, escapeMarkdown } from '../../../sync/words';
import type { NodeIcon, TreeNode } from '../tree/treeNode';

/** A table, a view or a column. */
export interface SchemaNode extends TreeNode {
  /** As the database has it. */
  readonly name: string;
  /** Set on a table or view. */
  readonly table?: SchemaTable | undefined;
  readonly children: readonly SchemaNode[];
}

export function isSchemaNode(node: TreeNode): node is SchemaNode {
  return 'name' in node;
}

/** Rows that Select Top shows. */
const TOP = 100;

const COLUMN_ICONS: Readonly<Record<string, NodeIcon>> = {
  INTEGER: { id: 'symbol-number' },
  REAL: { id: 'symbol-number' },
  TEXT: { id: 'symbol-string' },
};
const OTHER_COLUMN: NodeIcon = { id: 'symbol-field' };

/** The tables and views with their columns. @param counts rows by name, as far as they are known */
export function schemaTree(
  tables: readonly SchemaTable[],
  counts: ReadonlyMap<string, number>,
  { hasInternals }: { readonly hasInternals: boolean },
): readonly SchemaNode[] {
  return tables
    .filter(({ isInternal }) => hasInternals || !isInternal)
    .map((table) => tableNode(table, counts.get(table.name)));
}

function tableNode(table: SchemaTable, rowCount: number | undefined): SchemaNode {
  const { name, kind, isInternal } = table;
  const words = [
    ...(isInternal ? [l10n.t('internal')] : []),
    ...(rowCount === undefined ? [] : [countOf(rowCount, 'row')]),
  ];
  const kindWord = kind === 'view' ? l10n.t('view') : l10n.t('table');
  return {
    id: `table:${name}`,
    name,
    label: name,
    description: [...(kind === 'view' ? [kindWord] : []), ...words].join(' · '),
    get tooltip() {
      return tableTooltip(table, kindWord);
    },
    icon: {
      id: kind === 'view' ? 'eye' : 'table',
      ...(isInternal ? { color: 'disabledForeground' } : {}),
    },
    contextValue: `type=table,kind=${kind}`,
    spoken: [name, kindWord, ...words].join(', '),
    table,
    children: table.columns.map((column) => columnNode(table, column)),
  };
}

function columnNode(table: SchemaTable, column: SchemaColumn): SchemaNode {
  const { name } = column;
  const type = column.type === '' ? l10n.t('computed') : column.type;
  return {
    id: `table:${table.name}/column:${name}`,
    name,
    label: name,
    description: type,
    get tooltip() {
      return columnTooltip(table, column);
    },
    icon: COLUMN_ICONS[column.type] ?? OTHER_COLUMN,
    contextValue: 'type=column',
    spoken: l10n.t('{0}, column, {1}', name, type),
    children: [],
  };
}

/** Meanings are Markdown of ours; names come from the database. */
function tableTooltip({ name, meaning }: SchemaTable, kindWord: string): string {
  const head = `**${escapeMarkdown(name)}** (${kindWord})`;
  return meaning === undefined ? head : `${head}\n\n${l10n.t('One row is {0}', meaning)}`;
}

function columnTooltip({ name: table }: SchemaTable, { name, type, meaning }: SchemaColumn): string {
  const head = `**${escapeMarkdown(`${table}.${name}`)}** ${escapeMarkdown(type)}`.trim();
  return meaning === undefined ? head : `${head}\n\n${meaning}`;
}

/** A statement that shows the newest rows of a table, or the first ones where it has no number of its own. */
export function selectTop({ name, columns }: SchemaTable): string {
  const order = columns.some((column) => column.name === 'id') ? '\nORDER BY id DESC' : '';
  return `SELECT *\nFROM ${nameInSql(name)}${order}\nLIMIT ${TOP};\n`;
}
