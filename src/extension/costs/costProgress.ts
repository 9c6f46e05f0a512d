import * as l10n from '@vscode/l10n';
import type { CostRunProgress } from '../../sync/costs/costSyncTypes';
import { formatCount, formatMoment } from '../../sync/words';

/** `2026-03, 4 of 26`, `waiting for Azure until 14:30`, `waiting for its turn`. */
export function costProgressText(progress: CostRunProgress, now: number, zone: string): string {
  const { phase, month, done, total, until } = progress;
  if (phase === 'queued') {
    return l10n.t('waiting for its turn');
  }
  const at = month === undefined ? [] : [month];
  const count = total === 0 ? [] : [l10n.t('{0} of {1}', formatCount(done), formatCount(total))];
  const wait =
    phase === 'waiting' && until !== undefined
      ? [l10n.t('waiting for Azure until {0}', formatMoment(until, now, zone))]
      : [];
  return [...at, ...count, ...wait].join(', ');
}
