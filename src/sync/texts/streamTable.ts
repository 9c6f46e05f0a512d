import type { ChangeCounts, StreamResult } from '../../store/runs';
import { formatCount, STREAM_WORDS } from '../words';

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

/** What a run did, as lines: one column per stream, one row per counter, so that it fits into half an editor. */
export function streamTable(streams: readonly StreamResult[]): string[] {
  if (streams.length === 0) {
    return [];
  }
  return columns([
    ['', ...streams.map(({ stream }) => STREAM_WORDS[stream])],
    ...COUNTERS.map(([key, word]) => [word, ...streams.map(({ counts }) => formatCount(counts[key]))]),
    ['Requests', ...streams.map(({ requests }) => formatCount(requests))],
    ['Result', ...streams.map(({ status }) => status)],
  ]);
}

/** Rows of cells as lines of equal columns: the first to the left, the others to the right. */
function columns(table: readonly (readonly string[])[]): string[] {
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table.map(([name = '', ...cells]) =>
    [name.padEnd(widths[0] ?? 0), ...cells.map((cell, index) => cell.padStart(widths[index + 1] ?? 0))].join(
      '  ',
    ),
  );
}
