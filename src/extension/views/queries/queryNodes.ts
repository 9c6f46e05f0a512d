import * as l10n from '@vscode/l10n';
import type { ExampleQuery } from '../../queries/examples';
import type { HistoryEntry } from '../../queries/history';
import { firstWords, sqlBlock } from '../../queries/queryText';
import type { SavedQuery } from '../../queries/savedQueries';
import { countOf, escapeMarkdown, formatDuration, formatMoment } from '../../../sync/words';
import type { TreeNode } from '../tree/treeNode';

/** Everything that the queries view shows, as plain data. */
export interface QueriesView {
  readonly examples: readonly ExampleQuery[];
  readonly mine: readonly SavedQuery[];
  readonly history: readonly HistoryEntry[];
  /** Whether statements that run are kept. */
  readonly historyState: 'on' | 'paused' | 'off';
  readonly zone: string;
  /** Ms since 1970. */
  readonly now: number;
}

/** A query of the view. */
export interface QueryNode extends TreeNode {
  readonly title: string;
  readonly sql: string;
  /** The file of a query of one's own. */
  readonly file?: string | undefined;
  /** Its place in the history. */
  readonly historyId?: string | undefined;
}

export function isQueryNode(node: TreeNode): node is QueryNode {
  return 'sql' in node && 'title' in node;
}

/** Examples, queries of one's own, and what ran. */
export function queriesTree(view: QueriesView): readonly TreeNode[] {
  return [
    groupNode('mine', {
      label: l10n.t('My Queries'),
      icon: { id: 'bookmark' },
      description: view.mine.length === 0 ? l10n.t('Save Query... keeps one here') : undefined,
      children: view.mine.map(savedNode),
    }),
    groupNode('history', {
      label: l10n.t('History'),
      icon: { id: 'history' },
      description: historyWords(view),
      children: view.history.map((entry) => historyNode(entry, view)),
    }),
    groupNode('examples', {
      label: l10n.t('Examples'),
      icon: { id: 'lightbulb' },
      isOpen: true,
      children: view.examples.map(exampleNode),
    }),
  ];
}

function groupNode(
  group: 'mine' | 'history' | 'examples',
  shown: Pick<TreeNode, 'label' | 'icon' | 'description' | 'isOpen' | 'children'>,
): TreeNode {
  return { id: `group:${group}`, contextValue: `type=group,group=${group}`, ...shown };
}

function historyWords({ history, historyState }: QueriesView): string | undefined {
  if (historyState === 'off') {
    return l10n.t('off');
  }
  if (historyState === 'paused') {
    return l10n.t('paused');
  }
  return history.length === 0 ? l10n.t('what you run is kept here, without its rows') : undefined;
}

const click = () => ({ command: 'openwebuiSync.openQuery', title: l10n.t('Open Query') }) as const;

function exampleNode({ title, note, sql }: ExampleQuery): QueryNode {
  return {
    id: `example:${title}`,
    label: title,
    get tooltip() {
      return `**${title}**\n\n${note}\n\n${sqlBlock(sql)}`;
    },
    icon: { id: 'question' },
    contextValue: 'type=query,place=example',
    click: click(),
    title,
    sql: `-- ${title}\n-- ${note.replace(/\s*\n\s*/g, '\n-- ')}\n\n${sql}\n`,
    children: [],
  };
}

function savedNode({ file, title, sql }: SavedQuery): QueryNode {
  return {
    id: `mine:${file}`,
    label: title,
    get tooltip() {
      return `**${escapeMarkdown(title)}**\n\n${escapeMarkdown(file)}\n\n${sqlBlock(sql)}`;
    },
    icon: { id: 'file-code' },
    contextValue: 'type=query,place=mine',
    click: click(),
    title,
    sql,
    file,
    children: [],
  };
}

function historyNode(entry: HistoryEntry, { now, zone }: QueriesView): QueryNode {
  const { id, sql, startedAt, elapsedMs, rowCount, error, sourceId } = entry;
  const words = [
    formatMoment(startedAt, now, zone),
    ...(sourceId === 'demo' ? [l10n.t('demo')] : []),
    ...(rowCount === undefined ? [] : [countOf(rowCount, 'row')]),
    formatDuration(elapsedMs),
    ...(error === undefined ? [] : [error]),
  ];
  return {
    id: `history:${id}`,
    label: firstWords(sql),
    description: words.join(' · '),
    get tooltip() {
      return `${escapeMarkdown(words.join(' · '))}\n\n${sqlBlock(sql)}`;
    },
    icon: error === undefined ? { id: 'pass' } : { id: 'error', color: 'list.errorForeground' },
    contextValue: 'type=query,place=history',
    spoken: [firstWords(sql), ...(error === undefined ? [] : [l10n.t('failed')]), ...words].join(', '),
    click: click(),
    title: firstWords(sql, 40),
    sql,
    historyId: id,
    children: [],
  };
}
