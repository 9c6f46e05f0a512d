import type { RowChange } from '../../store/writeResults';
import { STREAMS } from '../../store/records';
import type { StreamName } from '../../store/records';
import type { RunSummary } from '../../store/runs';
import type { SyncPreview } from '../engine/coordinatorTypes';
import { countOf, formatCount, KIND_WORDS, STREAM_WORDS, WALK_WORDS } from '../words';
import { streamTable } from './streamTable';
import { listSection, textDocument } from './textDocument';

const CHANGES: readonly (readonly [RowChange['change'], string])[] = [
  ['inserted', 'New'],
  ['updated', 'Changed'],
  ['deleted', 'Deleted'],
];

/** What a sync would change, as plain text: counts per stream, what it costs, and the rows by name. */
export function previewText(preview: SyncPreview): string {
  const { instanceName, run } = preview;
  return textDocument(`Preview of ${instanceName}`, [
    ['What a sync would do now. Nothing was changed, here or on the server.'],
    facts(run),
    streamTable(run.streams),
    errors(run),
    listSection(
      'Notes',
      run.notes.map(({ message }) => message),
    ),
    ...rowLists(preview),
  ]);
}

function facts({ kind, walk, requests = 0, expectedRequests }: RunSummary): string[] {
  const expected =
    expectedRequests === undefined ? '' : `, about ${formatCount(expectedRequests)} were expected`;
  return [
    `Sync      ${KIND_WORDS[kind]}, looks at ${WALK_WORDS[walk]}`,
    `Requests  ${formatCount(requests)} for this preview${expected}; the sync makes about as many`,
  ];
}

function errors({ error, streams }: RunSummary): string[] {
  const lines = [
    ...(error === undefined ? [] : [error]),
    ...streams.flatMap((part) =>
      part.error === undefined || part.error === error ? [] : [`${STREAM_WORDS[part.stream]}: ${part.error}`],
    ),
  ];
  return listSection('Errors', lines);
}

/** One list for each stream and kind of change; messages have no names and are only counted. */
function rowLists({ run, changes }: SyncPreview): string[][] {
  const named = STREAMS.filter((stream) => stream !== 'messages');
  return named.flatMap((stream) =>
    CHANGES.map(([change, word]) => {
      const rows = changes.filter((row) => row.stream === stream && row.change === change);
      return rows.length === 0
        ? []
        : rowList(`${word}: ${STREAM_WORDS[stream]}`, rows, totalOf(run, stream, change));
    }),
  );
}

function totalOf({ streams }: RunSummary, stream: StreamName, change: RowChange['change']): number {
  return streams.find((part) => part.stream === stream)?.counts[change] ?? 0;
}

function rowList(heading: string, rows: readonly RowChange[], total: number): string[] {
  const more = total - rows.length;
  return [
    `${heading} (${formatCount(Math.max(total, rows.length))})`,
    ...rows.map(({ label, remoteId }) => `  ${label ?? remoteId}`),
    ...(more > 0 ? [`  and ${countOf(more, 'more row')}`] : []),
  ];
}
