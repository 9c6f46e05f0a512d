import * as l10n from '@vscode/l10n';
import type { RunSummary } from '../../store/runs';
import { isSignInFailure } from '../instances/signInFailures';
import { isOnlyHeldBack } from '../../sync/texts/heldDeletions';
import { streamTable } from '../../sync/texts/streamTable';
import { labelledLines, listSection, textDocument } from '../../sync/texts/textDocument';
import {
  KIND_WORDS,
  STATUS_WORDS,
  STREAM_WORDS,
  TRIGGER_WORDS,
  WALK_WORDS,
  countOf,
  formatBytes,
  formatCount,
  formatDateTime,
  formatDuration,
} from '../../sync/words';
import { translated } from '../../language/translated';

const SKEW_WORTH_TELLING_MS = 5 * 60_000;

/** Everything about one run as plain text: what happened, per stream, what failed, and what to do next. */
export function runText(run: RunSummary, instanceName: string, zone: string): string {
  return textDocument(l10n.t('{0} of {1}', KIND_WORDS[run.kind], instanceName), [
    facts(run, zone),
    streamTable(run.streams),
    listSection(l10n.t('Errors'), errorLines(run)),
    listSection(
      l10n.t('Notes'),
      run.notes.map(({ message }) => message),
    ),
    listSection(l10n.t('Next step'), nextSteps(run)),
  ]);
}

function facts(run: RunSummary, zone: string): string[] {
  const rows: [string, string][] = [
    [l10n.t('Status'), STATUS_WORDS[run.status]],
    [l10n.t('Looked at'), WALK_WORDS[run.walk]],
    [l10n.t('Started'), `${formatDateTime(run.startedAt * 1000, zone)}, ${TRIGGER_WORDS[run.trigger]}`],
  ];
  if (run.finishedAt !== undefined) {
    const end = formatDateTime(run.finishedAt * 1000, zone);
    rows.push([
      l10n.t('Finished'),
      run.durationMs === undefined ? end : l10n.t('{0} after {1}', end, formatDuration(run.durationMs)),
    ]);
  }
  if (run.requests !== undefined) {
    rows.push([l10n.t('Requests'), requestsText(run.requests, run)]);
  }
  if (run.serverVersion !== undefined) {
    rows.push([l10n.t('Server'), serverText(run.serverVersion, run.skewMs)]);
  }
  rows.push([l10n.t('Version'), `OpenWebUI Sync ${run.clientVersion}`], [l10n.t('Run'), run.runId]);
  return labelledLines(rows);
}

/** `15, about 14 expected, 1 retry, 84.2 kB received` */
function requestsText(
  requests: number,
  { expectedRequests, retries = 0, bytesReceived }: RunSummary,
): string {
  return [
    formatCount(requests),
    ...(expectedRequests === undefined ? [] : [l10n.t('about {0} expected', formatCount(expectedRequests))]),
    ...(retries === 0 ? [] : [countOf(retries, 'retry')]),
    ...(bytesReceived === undefined ? [] : [l10n.t('{0} received', formatBytes(bytesReceived))]),
  ].join(', ');
}

function serverText(version: string, skewMs = 0): string {
  const server = `Open WebUI ${version}`;
  const skew = formatDuration(Math.abs(skewMs));
  if (Math.abs(skewMs) < SKEW_WORTH_TELLING_MS) {
    return server;
  }
  return skewMs > 0
    ? l10n.t('{0}, its clock is {1} ahead', server, skew)
    : l10n.t('{0}, its clock is {1} behind', server, skew);
}

function errorLines(run: RunSummary): string[] {
  return [
    ...(run.error === undefined ? [] : [withCode(run.error, run.errorCode)]),
    ...run.streams
      .filter(({ error }) => error !== undefined && error !== run.error)
      .map(({ stream, error, errorCode }) => `${STREAM_WORDS[stream]}: ${withCode(error ?? '', errorCode)}`),
  ];
}

function withCode(error: string, code: string | undefined): string {
  return code === undefined ? error : `${error} (${code})`;
}

const STATUS_STEPS = translated<Readonly<Record<RunSummary['status'], string | undefined>>>(() => ({
  running: undefined,
  ok: undefined,
  partial: l10n.t('Run Sync again: it fetches what is missing and leaves the rest alone.'),
  failed: l10n.t('Run Sync again once the cause is gone. The log has the details (Show Log).'),
  cancelled: l10n.t('Run Sync to go on where this run stopped.'),
  interrupted: l10n.t('Run Sync to go on where this run stopped.'),
  deferred: l10n.t('Nothing to do: run Sync later, or let the timer do it.'),
}));

function nextSteps(run: RunSummary): string[] {
  const status =
    run.status === 'failed' && isSignInFailure(run.errorCode)
      ? l10n.t('Run Sign In Again with a working key. The timer waits until then.')
      : isOnlyHeldBack(run)
        ? undefined
        : STATUS_STEPS[run.status];
  const { heldBack } = run.counts;
  return [...(status === undefined ? [] : [status]), ...(heldBack > 0 ? [heldBackStep(heldBack)] : [])];
}

function heldBackStep(heldBack: number): string {
  const deletions = countOf(heldBack, 'deletion');
  return heldBack === 1
    ? l10n.t('{0} looked too many at once and was held back. Run Review Deletions.', deletions)
    : l10n.t('{0} looked too many at once and were held back. Run Review Deletions.', deletions);
}
