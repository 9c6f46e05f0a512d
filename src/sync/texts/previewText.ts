import * as l10n from '@vscode/l10n';
import type { RowChange } from '../../store/writeResults';
import { STREAMS } from '../../store/records';
import type { StreamName } from '../../store/records';
import type { RunSummary } from '../../store/runs';
import type { SyncPreview } from '../engine/coordinatorTypes';
import { countOf, formatCount, KIND_WORDS, STREAM_WORDS, WALK_WORDS } from '../words';
import { streamTable } from './streamTable';
import { labelledLines, listSection, textDocument } from './textDocument';

const HEADINGS = {
  inserted: (stream) => l10n.t('New: {0}', stream),
  updated: (stream) => l10n.t('Changed: {0}', stream),
  deleted: (stream) => l10n.t('Deleted: {0}', stream),
} as const satisfies Partial<Record<RowChange['change'], (stream: string) => string>>;

const CHANGES = ['inserted', 'updated', 'deleted'] as const;

/** What a sync would change, as plain text: counts per stream, what it costs, and the rows by name. */
export function previewText(preview: SyncPreview): string {
  const { instanceName, run } = preview;
  return textDocument(l10n.t('Preview of {0}', instanceName), [
    [l10n.t('What a sync would do now. Nothing was changed, here or on the server.')],
    facts(run),
    streamTable(run.streams),
    errors(run),
    listSection(
      l10n.t('Notes'),
      run.notes.map(({ message }) => message),
    ),
    ...rowLists(preview),
  ]);
}

function facts({ kind, walk, requests = 0, expectedRequests }: RunSummary): string[] {
  return labelledLines([
    [l10n.t('Sync'), l10n.t('{0}, looks at {1}', KIND_WORDS[kind], WALK_WORDS[walk])],
    [
      l10n.t('Requests'),
      expectedRequests === undefined
        ? l10n.t('{0} for this preview; the sync makes about as many', formatCount(requests))
        : l10n.t(
            '{0} for this preview, about {1} were expected; the sync makes about as many',
            formatCount(requests),
            formatCount(expectedRequests),
          ),
    ],
  ]);
}

function errors({ error, streams }: RunSummary): string[] {
  const lines = [
    ...(error === undefined ? [] : [error]),
    ...streams.flatMap((part) =>
      part.error === undefined || part.error === error ? [] : [`${STREAM_WORDS[part.stream]}: ${part.error}`],
    ),
  ];
  return listSection(l10n.t('Errors'), lines);
}

/** One list for each stream and kind of change; messages have no names and are only counted. */
function rowLists({ run, changes }: SyncPreview): string[][] {
  const named = STREAMS.filter((stream) => stream !== 'messages');
  return named.flatMap((stream) =>
    CHANGES.map((change) => {
      const rows = changes.filter((row) => row.stream === stream && row.change === change);
      return rows.length === 0
        ? []
        : rowList(HEADINGS[change](STREAM_WORDS[stream]), rows, totalOf(run, stream, change));
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
    ...(more > 0 ? [l10n.t('  and {0}', countOf(more, 'more row'))] : []),
  ];
}
