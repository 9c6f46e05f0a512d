import * as l10n from '@vscode/l10n';
import type { ResultSet, SqlParameters } from '../../store/resultSet';
import { formatCount, formatDuration } from '../../sync/words';
import { hasFilter, isWhole, WHOLE_RESULT, type Narrowing } from '../../webview/results/narrowing';
import type { ColumnHeader, ResultHeader } from '../../webview/results/protocol';
import type { DataSource } from '../sources/dataSource';
import type { Statement } from '../sql/statements';
import { narrowedStatement, whyFixed, type BoundStatement } from './narrowedStatement';
import { columnHeader } from './resultPages';

/** A statement with the values that its parameters have in this run. */
export interface StatementToRun extends Statement {
  readonly parameters?: SqlParameters | undefined;
}

/** The part of a data source that runs statements. */
export interface ResultSource extends Pick<DataSource, 'sourceId'> {
  readonly queries: Pick<DataSource['queries'], 'run'>;
}

/** The rows of a statement as they are held, with what they came from. Replaced whole at each change. */
export interface HeldResult {
  readonly id: string;
  /** Raised with each change of what is shown. */
  readonly revision: number;
  readonly title: string;
  readonly statement: StatementToRun;
  readonly source: ResultSource;
  /** Rows that were allowed; `Infinity`: all. */
  readonly limit: number;
  readonly isPinned: boolean;
  /** As the statement gave it. */
  readonly original: ResultSet;
  readonly columns: readonly ColumnHeader[];
  readonly narrowing: Narrowing;
  /** As it is shown: the original unless it is sorted or filtered. */
  readonly shown: ResultSet;
  /** What went wrong with the last wish. */
  readonly problem?: string | undefined;
}

export type NewResult = Pick<HeldResult, 'id' | 'title' | 'statement' | 'source' | 'limit' | 'original'>;

/** A result as its statement gave it. */
export function heldResult(result: NewResult): HeldResult {
  const columns = result.original.columns.map(columnHeader);
  return {
    ...result,
    columns,
    revision: 0,
    isPinned: false,
    narrowing: WHOLE_RESULT,
    shown: result.original,
  };
}

/** The same with its columns measured anew, where its original is another one. */
export function measuredAgain(result: HeldResult): HeldResult {
  return { ...result, columns: result.original.columns.map(columnHeader) };
}

/** Characters and bytes that it keeps in memory, about. */
export function sizeOf({ original, shown }: HeldResult): number {
  return (original.size ?? 0) + (shown === original ? 0 : (shown.size ?? 0));
}

/** What gives the rows that are shown. */
export function shownStatement({ statement, original, narrowing }: HeldResult): BoundStatement {
  return isWhole(narrowing)
    ? statement
    : narrowedStatement(
        statement,
        original.columns.map(({ name }) => name),
        narrowing,
      );
}

/** What the page needs to lay out a result. */
export function headerOf(held: HeldResult): ResultHeader {
  const { id, revision, title, statement, isPinned, columns, narrowing, original, shown, problem } = held;
  return {
    id,
    revision,
    title,
    statement: statement.text,
    isPinned,
    columns,
    rowCount: shown.rowCount,
    summary: summaryOf(held),
    narrowing,
    fixedBecause: original.columns.length === 0 ? '' : whyFixed(statement.text),
    problem,
    canShowAll: shown.truncated && shown.isFull !== true,
  };
}

/** `1,245 rows · 12 ms`, `Limited to 10,000 rows · 1.2 s`, `filtered: 12 of 1,245 rows · 3 ms` */
export function summaryOf(held: Pick<HeldResult, 'original' | 'shown' | 'narrowing'>): string {
  return `${rowsInWords(held)} · ${elapsedInWords(held.shown.elapsedMs)}`;
}

/** `1 row`, `1,245 rows` */
export function rowsOf(count: number): string {
  return count === 1 ? l10n.t('1 row') : l10n.t('{0} rows', formatCount(count));
}

function rowsInWords({
  original,
  shown,
  narrowing,
}: Pick<HeldResult, 'original' | 'shown' | 'narrowing'>): string {
  if (original.columns.length === 0) {
    return l10n.t('The statement returns no rows');
  }
  if (shown.isFull === true) {
    return l10n.t('Stopped by size after {0}', rowsOf(shown.rowCount));
  }
  if (!hasFilter(narrowing)) {
    return shown.truncated ? l10n.t('Limited to {0}', rowsOf(shown.rowCount)) : rowsOf(shown.rowCount);
  }
  const count = formatCount(shown.rowCount);
  if (shown.truncated) {
    return l10n.t('filtered: the first {0}', rowsOf(shown.rowCount));
  }
  return original.truncated
    ? l10n.t('filtered: {0} of more than {1}', count, rowsOf(original.rowCount))
    : l10n.t('filtered: {0} of {1}', count, rowsOf(original.rowCount));
}

function elapsedInWords(ms: number): string {
  return ms < 1000 ? l10n.t('{0} ms', formatCount(Math.round(ms))) : formatDuration(ms);
}
