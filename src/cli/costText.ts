import { amountText } from '../reports/cost/priceText';
import type { CostConnection } from '../store/costs/costConnection';
import type { CostRunSummary, CurrencyTotal } from '../store/costs/costTypes';
import { amountOfE8 } from '../store/costs/e8';
import type { CostRunProgress } from '../sync/costs/costSyncTypes';
import { countOf, formatDateTime, formatDuration } from '../sync/words';

/** `12.34 EUR, 5 USD`: currencies are never added. */
export function totalsText(totals: readonly CurrencyTotal[]): string {
  return totals.length === 0
    ? 'no cost'
    : totals.map(({ currency, costE8 }) => `${amountText(amountOfE8(costE8))} ${currency}`).join(', ');
}

/** One line on how a run ended, notes below it. */
export function costRunText(run: CostRunSummary, name: string): string {
  const restated = run.restatedDays === 0 ? '' : `, ${countOf(run.restatedDays, 'day')} restated by Azure`;
  const work = `${countOf(run.months, 'month')} of actual or amortized cost read, ${countOf(run.rowsChanged, 'row')} changed${restated}`;
  const calls = `${countOf(run.calls, 'call')} to Azure${run.waitedMs === 0 ? '' : `, ${formatDuration(run.waitedMs)} waited`}`;
  const error = run.error === undefined ? '' : ` - ${run.error}`;
  const notes = run.notes.map((note) => `  ${note}\n`).join('');
  return `${name}: ${run.status}${error}\n  ${work}; ${calls}\n${notes}`;
}

/** Where a run is; undefined for what is not worth a line. */
export function costProgressText(progress: CostRunProgress, zone: string): string | undefined {
  const { name, phase, month, costType, done, total, until } = progress;
  switch (phase) {
    case 'reading':
      return `${name}: ${month ?? ''} ${costType ?? ''} (${done + 1} of ${total})`;
    case 'waiting':
      return `${name}: Azure asks to wait until ${until === undefined ? '?' : formatDateTime(until, zone)}`;
    case 'queued':
    case 'writing':
      return undefined;
  }
}

/** How a connection signs in, by name; no secret. */
export function signInText({ signIn }: CostConnection): string {
  switch (signIn.kind) {
    case 'editor':
      return "the editor's account";
    case 'azureCli':
      return 'Azure CLI';
    case 'clientSecret':
      return `application ${signIn.clientId}, secret: ${secretPlace(signIn.secret)}`;
    case 'managedIdentity':
      return `managed identity${signIn.clientId === undefined ? '' : ` ${signIn.clientId}`}`;
    case 'workloadIdentity':
      return `workload identity${signIn.clientId === undefined ? '' : ` ${signIn.clientId}`}`;
  }
}

function secretPlace(secret: Extract<CostConnection['signIn'], { kind: 'clientSecret' }>['secret']): string {
  if (secret === undefined) {
    return "the editor's secret storage";
  }
  return secret.kind === 'file' ? secret.path : `$${secret.variable}`;
}
