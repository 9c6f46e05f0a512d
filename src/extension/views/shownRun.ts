import * as l10n from '@vscode/l10n';
import type { RunProgress } from '../../sync/engine/syncTypes';
import { countOf, formatCount, progressText } from '../../sync/words';

/** A run under way as views show it: of this window, or of another one whose progress is not told. */
export type ShownRun = Omit<RunProgress, 'phase'> & { readonly phase: RunProgress['phase'] | 'elsewhere' };

/** `chats 120 of 482`, `connecting`, `running in another window` */
export function shownProgressText(run: ShownRun): string {
  const { phase } = run;
  return phase === 'elsewhere' ? l10n.t('running in another window') : progressText({ ...run, phase });
}

/** `130 of about 520 requests`, `15 requests`; undefined before the first one. */
export function requestsText({ requests, expectedRequests }: ShownRun): string | undefined {
  if (requests === 0) {
    return expectedRequests === undefined
      ? undefined
      : l10n.t('about {0}', countOf(expectedRequests, 'request'));
  }
  return expectedRequests === undefined
    ? countOf(requests, 'request')
    : l10n.t('{0} of about {1}', formatCount(requests), countOf(expectedRequests, 'request'));
}
