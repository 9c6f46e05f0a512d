import type { ChangeCounts, RunSummary, StreamResult } from '../../store/runs';
import { isSignInFailure } from '../instances/signInFailures';
import {
  KIND_WORDS,
  STATUS_WORDS,
  STREAM_WORDS,
  TRIGGER_WORDS,
  countOf,
  formatBytes,
  formatCount,
  formatDateTime,
  formatDuration,
} from '../../sync/words';

const COUNTERS: readonly (readonly [keyof ChangeCounts, string])[] = [
  ['seen', 'Seen'],
  ['inserted', 'New'],
  ['updated', 'Changed'],
  ['unchanged', 'Unchanged'],
  ['deleted', 'Deleted'],
  ['restored', 'Restored'],
  ['quarantined', 'Unreadable'],
  ['heldBack', 'Held back'],
];

const SKEW_WORTH_TELLING_MS = 5 * 60_000;

/** Everything about one run as plain text: what happened, per stream, what failed, and what to do next. */
export function runText(run: RunSummary, instanceName: string, zone: string): string {
  const title = `${KIND_WORDS[run.kind]} of ${instanceName}`;
  const sections = [
    [title, '='.repeat(title.length)],
    facts(run, zone),
    streamTable(run.streams),
    ...errorSection(run),
    ...nextStepSection(run),
  ];
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`;
}

function facts(run: RunSummary, zone: string): string[] {
  const rows: [string, string][] = [
    ['Status', STATUS_WORDS[run.status]],
    ['Started', `${formatDateTime(run.startedAt * 1000, zone)}, ${TRIGGER_WORDS[run.trigger]}`],
  ];
  if (run.finishedAt !== undefined) {
    const took = run.durationMs === undefined ? '' : ` after ${formatDuration(run.durationMs)}`;
    rows.push(['Finished', `${formatDateTime(run.finishedAt * 1000, zone)}${took}`]);
  }
  if (run.requests !== undefined) {
    const retries =
      run.retries === undefined || run.retries === 0 ? '' : `, ${countOf(run.retries, 'retry', 'retries')}`;
    const received = run.bytesReceived === undefined ? '' : `, ${formatBytes(run.bytesReceived)} received`;
    rows.push(['Requests', `${formatCount(run.requests)}${retries}${received}`]);
  }
  if (run.serverVersion !== undefined) {
    rows.push(['Server', `Open WebUI ${run.serverVersion}${skewText(run.skewMs)}`]);
  }
  rows.push(['Version', `OpenWebUI Sync ${run.clientVersion}`], ['Run', run.runId]);
  return rows.map(([name, value]) => `${name.padEnd(10)}${value}`);
}

function skewText(skewMs: number | undefined): string {
  if (skewMs === undefined || Math.abs(skewMs) < SKEW_WORTH_TELLING_MS) {
    return '';
  }
  return `, its clock is ${formatDuration(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}`;
}

/** One column per stream, one row per counter: narrow enough for half an editor. */
function streamTable(streams: readonly StreamResult[]): string[] {
  if (streams.length === 0) {
    return [];
  }
  const table = [
    ['', ...streams.map(({ stream }) => STREAM_WORDS[stream])],
    ...COUNTERS.map(([key, word]) => [word, ...streams.map(({ counts }) => formatCount(counts[key]))]),
    ['Result', ...streams.map(({ status }) => status)],
  ];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table.map(([name = '', ...cells]) =>
    [name.padEnd(widths[0] ?? 0), ...cells.map((cell, index) => cell.padStart(widths[index + 1] ?? 0))].join(
      '  ',
    ),
  );
}

function errorSection(run: RunSummary): string[][] {
  const lines = [
    ...(run.error === undefined ? [] : [withCode(run.error, run.errorCode)]),
    ...run.streams
      .filter(({ error }) => error !== undefined && error !== run.error)
      .map(({ stream, error, errorCode }) => `${STREAM_WORDS[stream]}: ${withCode(error ?? '', errorCode)}`),
  ];
  return lines.length === 0 ? [] : [['Errors', ...lines.map((line) => `  ${line}`)]];
}

function withCode(error: string, code: string | undefined): string {
  return code === undefined ? error : `${error} (${code})`;
}

function nextStepSection(run: RunSummary): string[][] {
  const steps = nextSteps(run);
  return steps.length === 0 ? [] : [['Next step', ...steps.map((step) => `  ${step}`)]];
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
      : STATUS_STEPS[run.status];
  const heldBack =
    run.counts.heldBack > 0
      ? [
          `${countOf(run.counts.heldBack, 'deletion')} looked too many at once and ${run.counts.heldBack === 1 ? 'was' : 'were'} held back. Check the server, then run Full Sync.`,
        ]
      : [];
  return [...(status === undefined ? [] : [status]), ...heldBack];
}
