import type { RunSummary } from '../store/runs';
import { KIND_WORDS, STATUS_WORDS, changesText, countOf, formatCount, formatDuration } from '../sync/words';
import { shellWord } from './shellWord';

/** Whether nothing of a run is missing. */
export function isComplete({ status }: RunSummary): boolean {
  return status === 'ok';
}

/** What is said of a finished run: its line, then what a reader should know and what to do about it. */
export function runText(run: RunSummary, instanceName: string): string {
  const review =
    run.counts.heldBack > 0
      ? [
          `  To see them: deletions ${shellWord(instanceName)}; to agree: sync ${shellWord(instanceName)} --accept-deletions`,
        ]
      : [];
  const lines = [
    `${instanceName}: ${runLine(run)}`,
    ...run.notes.map(({ message }) => `  Note: ${message}`),
    ...review,
  ];
  return `${lines.join('\n')}\n`;
}

/** `full sync done in 12 s · 1,245 new · 512 requests, about 500 expected`, or what failed. */
export function runLine(run: RunSummary): string {
  const took = run.durationMs === undefined ? '' : ` in ${formatDuration(run.durationMs)}`;
  const start = `${kindText(run)} ${STATUS_WORDS[run.status]}`;
  if (isComplete(run)) {
    return [`${start}${took}`, changesText(run.counts), ...requestsText(run)].join(' · ');
  }
  const errors = [run.error, ...run.streams.map(({ error }) => error)].filter((error) => error !== undefined);
  return [start, ...new Set(errors), ...requestsText(run)].join(' · ');
}

/** A reconcile is an incremental sync that looks at everybody. */
function kindText({ kind, walk }: RunSummary): string {
  const word = KIND_WORDS[kind].toLowerCase();
  return kind === 'incremental' && walk === 'complete' ? `${word} of everybody` : word;
}

function requestsText({ requests, expectedRequests }: RunSummary): string[] {
  if (requests === undefined) {
    return [];
  }
  const made = countOf(requests, 'request');
  return [expectedRequests === undefined ? made : `${made}, about ${formatCount(expectedRequests)} expected`];
}
