import * as l10n from '@vscode/l10n';
import { translated } from '../../../language/translated';
import type { CostRunStatus, CostRunSummary } from '../../../store/costs/costTypes';
import { labelledLines, listSection, textDocument } from '../../../sync/texts/textDocument';
import { countOf, formatCount, formatDateTime, formatDuration } from '../../../sync/words';
import { COST_STATUS_WORDS, COST_TRIGGER_WORDS } from './costWords';

/** Everything about one cost run as plain text: what was read, what changed, what failed, and what to do next. */
export function costRunText(run: CostRunSummary, scopeName: string, scope: string, zone: string): string {
  const step = STEPS[run.status];
  return textDocument(l10n.t('Costs of {0}', scopeName), [
    facts(run, scope, zone),
    listSection(l10n.t('Errors'), run.error === undefined ? [] : [run.error]),
    listSection(l10n.t('Notes'), [...run.notes]),
    listSection(l10n.t('Next step'), step === undefined ? [] : [step]),
  ]);
}

function facts(run: CostRunSummary, scope: string, zone: string): string[] {
  const started = `${formatDateTime(run.startedAt * 1000, zone)}, ${COST_TRIGGER_WORDS[run.trigger]}`;
  const rows: [string, string][] = [
    [l10n.t('Status'), COST_STATUS_WORDS[run.status]],
    [l10n.t('Scope'), scope],
    [l10n.t('Started'), started],
  ];
  if (run.finishedAt !== undefined) {
    const end = formatDateTime(run.finishedAt * 1000, zone);
    const took = formatDuration((run.finishedAt - run.startedAt) * 1000);
    rows.push([l10n.t('Finished'), l10n.t('{0} after {1}', end, took)]);
  }
  rows.push(
    // Actual and amortized cost of a month are two readings.
    [l10n.t('Months read'), formatCount(run.months)],
    [
      l10n.t('Rows'),
      l10n.t('{0} read, {1} changed', formatCount(run.rowsSeen), formatCount(run.rowsChanged)),
    ],
    [l10n.t('Restated'), countOf(run.restatedDays, 'day')],
  );
  if (run.trigger !== 'import') {
    const waited = l10n.t('{0}, {1} waited', countOf(run.calls, 'call'), formatDuration(run.waitedMs));
    rows.push([l10n.t('Requests'), waited]);
  }
  return labelledLines([...rows, [l10n.t('Run'), String(run.runId)]]);
}

const STEPS = translated<Readonly<Record<CostRunStatus, string | undefined>>>(() => ({
  running: undefined,
  ok: undefined,
  partial: l10n.t('Run Sync Azure Cost again: it reads what is missing and leaves the rest alone.'),
  failed: l10n.t('Run Sync Azure Cost again once the cause is gone. The log has the details (Show Log).'),
  cancelled: l10n.t('Run Sync Azure Cost to go on where this run stopped.'),
  throttled: l10n.t('Nothing to do: the timer goes on when Azure allows it, or run Sync Azure Cost later.'),
}));
