import * as l10n from '@vscode/l10n';
import type { Every } from '../../headless/every';
import type { InstalledSchedule, ScheduledRun } from '../../headless/installedSchedule';
import { formatDateTime } from '../../sync/words';

/** What the editor knows of syncs without it. */
export interface HeadlessView extends Pick<InstalledSchedule, 'every'> {
  readonly lastRun: ScheduledRun | undefined;
}

/** `Also synced without the editor every hour, last at 2025-11-16 14:30:15`. */
export function headlessText({ every, lastRun }: HeadlessView, zone: string): string {
  const interval = intervalText(every);
  if (lastRun === undefined) {
    return l10n.t('Also synced without the editor {0}', interval);
  }
  const at = formatDateTime(lastRun.finishedAt * 1000, zone);
  return lastRun.exitCode === 0
    ? l10n.t('Also synced without the editor {0}, last at {1}', interval, at)
    : l10n.t('Also synced without the editor {0}; the run at {1} was not complete', interval, at);
}

function intervalText(every: Every): string {
  switch (every.kind) {
    case 'everyMinutes':
      return l10n.t('every {0} minutes', every.minutes);
    case 'hourly':
      return l10n.t('every hour');
    case 'daily':
      return l10n.t('every day at {0}', every.at);
  }
}
