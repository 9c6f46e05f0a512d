import * as l10n from '@vscode/l10n';
import { formatBytes } from '../../sync/words';
import type { Offer, ResultsPhase } from '../../webview/results/protocol';
import { QueryTimeoutError } from './limitedRead';
import type { ShelfLimits } from './resultShelf';

/** What a page says beside its results. */
export interface Words {
  readonly phase: ResultsPhase;
  readonly message: string;
  readonly offers: readonly Offer[];
}

/** What a result of a run is called; `index` counts from 0. */
export function titleOf(title: string | undefined, index: number, count: number): string {
  if (title === undefined) {
    return l10n.t('Result {0}', index + 1);
  }
  return count === 1 ? title : l10n.t('{0} ({1})', title, index + 1);
}

export function runningInWords(index: number, count: number): string {
  return count === 1 ? l10n.t('Running…') : l10n.t('Running statement {0} of {1}…', index + 1, count);
}

/** Says how many results were closed to make room; nothing for none. */
export function letGoInWords(count: number, { results, size }: ShelfLimits): string {
  if (count === 0) {
    return '';
  }
  const most = formatBytes(size);
  return count === 1
    ? l10n.t('1 older result was closed: {0} results or {1} are kept.', results, most)
    : l10n.t('{0} older results were closed: {1} results or {2} are kept.', count, results, most);
}

export function cancelledInWords(): Words {
  return { phase: 'cancelled', message: l10n.t('Cancelled.'), offers: ['runAgain'] };
}

export function failureInWords(error: unknown, message: string): Words {
  return {
    phase: 'failed',
    message,
    offers: error instanceof QueryTimeoutError ? ['runWithoutTimeLimit'] : [],
  };
}
