import type { RunSummary } from '../store/runs';
import { KIND_WORDS, STATUS_WORDS, changesText, countOf, formatDuration } from '../sync/words';

/** Whether nothing of a run is missing. */
export function isComplete({ status }: RunSummary): boolean {
  return status === 'ok';
}

/** `full sync done in 12 s · 1,245 new · 512 requests`, or what failed. */
export function runLine(run: RunSummary): string {
  const took = run.durationMs === undefined ? '' : ` in ${formatDuration(run.durationMs)}`;
  const start = `${KIND_WORDS[run.kind].toLowerCase()} ${STATUS_WORDS[run.status]}`;
  const requests = run.requests === undefined ? [] : [countOf(run.requests, 'request')];
  if (isComplete(run)) {
    return [`${start}${took}`, changesText(run.counts), ...requests].join(' · ');
  }
  const errors = [run.error, ...run.streams.map(({ error }) => error)].filter((error) => error !== undefined);
  return [start, ...new Set(errors)].join(' · ');
}
