import type { RunSummary } from '../../store/runs';
import { isSignInFailure } from '../instances/signInFailures';
import { isOnlyHeldBack } from '../../sync/texts/heldDeletions';
import { streamTable } from '../../sync/texts/streamTable';
import { listSection, textDocument } from '../../sync/texts/textDocument';
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

const SKEW_WORTH_TELLING_MS = 5 * 60_000;

/** Everything about one run as plain text: what happened, per stream, what failed, and what to do next. */
export function runText(run: RunSummary, instanceName: string, zone: string): string {
  return textDocument(`${KIND_WORDS[run.kind]} of ${instanceName}`, [
    facts(run, zone),
    streamTable(run.streams),
    listSection('Errors', errorLines(run)),
    listSection(
      'Notes',
      run.notes.map(({ message }) => message),
    ),
    listSection('Next step', nextSteps(run)),
  ]);
}

function facts(run: RunSummary, zone: string): string[] {
  const rows: [string, string][] = [
    ['Status', STATUS_WORDS[run.status]],
    ['Looked at', WALK_WORDS[run.walk]],
    ['Started', `${formatDateTime(run.startedAt * 1000, zone)}, ${TRIGGER_WORDS[run.trigger]}`],
  ];
  if (run.finishedAt !== undefined) {
    const took = run.durationMs === undefined ? '' : ` after ${formatDuration(run.durationMs)}`;
    rows.push(['Finished', `${formatDateTime(run.finishedAt * 1000, zone)}${took}`]);
  }
  if (run.requests !== undefined) {
    rows.push(['Requests', requestsText(run.requests, run)]);
  }
  if (run.serverVersion !== undefined) {
    rows.push(['Server', `Open WebUI ${run.serverVersion}${skewText(run.skewMs)}`]);
  }
  rows.push(['Version', `OpenWebUI Sync ${run.clientVersion}`], ['Run', run.runId]);
  return rows.map(([name, value]) => `${name.padEnd(10)}${value}`);
}

/** `15, about 14 expected, 1 retry, 84.2 kB received` */
function requestsText(
  requests: number,
  { expectedRequests, retries = 0, bytesReceived }: RunSummary,
): string {
  return [
    formatCount(requests),
    ...(expectedRequests === undefined ? [] : [`about ${formatCount(expectedRequests)} expected`]),
    ...(retries === 0 ? [] : [countOf(retries, 'retry')]),
    ...(bytesReceived === undefined ? [] : [`${formatBytes(bytesReceived)} received`]),
  ].join(', ');
}

function skewText(skewMs: number | undefined): string {
  if (skewMs === undefined || Math.abs(skewMs) < SKEW_WORTH_TELLING_MS) {
    return '';
  }
  return `, its clock is ${formatDuration(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}`;
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

const STATUS_STEPS: Readonly<Record<RunSummary['status'], string | undefined>> = {
  running: undefined,
  ok: undefined,
  partial: 'Run Sync again: it fetches what is missing and leaves the rest alone.',
  failed: 'Run Sync again once the cause is gone. The log has the details (Show Log).',
  cancelled: 'Run Sync to go on where this run stopped.',
  interrupted: 'Run Sync to go on where this run stopped.',
  deferred: 'Nothing to do: run Sync later, or let the timer do it.',
};

function nextSteps(run: RunSummary): string[] {
  const status =
    run.status === 'failed' && isSignInFailure(run.errorCode)
      ? 'Run Sign In Again with a working key. The timer waits until then.'
      : isOnlyHeldBack(run)
        ? undefined
        : STATUS_STEPS[run.status];
  const heldBack =
    run.counts.heldBack > 0
      ? [
          `${countOf(run.counts.heldBack, 'deletion')} looked too many at once and ${run.counts.heldBack === 1 ? 'was' : 'were'} held back. Run Review Deletions.`,
        ]
      : [];
  return [...(status === undefined ? [] : [status]), ...heldBack];
}
