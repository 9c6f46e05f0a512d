import * as l10n from '@vscode/l10n';
import type { ChangeCounts, StreamResult } from '../../store/runs';
import { formatCount, STREAM_WORDS } from '../words';
import { translated } from '../../language/translated';

const COUNTERS = translated<Readonly<Record<keyof ChangeCounts, string>>>(() => ({
  seen: l10n.t('Seen'),
  inserted: l10n.t('New'),
  updated: l10n.t('Changed'),
  unchanged: l10n.t('Unchanged'),
  deleted: l10n.t('Deleted'),
  restored: l10n.t('Restored'),
  quarantined: l10n.t('Unreadable'),
  heldBack: l10n.t('Held back'),
}));

const RESULTS = translated<Readonly<Record<StreamResult['status'], string>>>(() => ({
  ok: l10n.t('ok'),
  failed: l10n.t('failed'),
  skipped: l10n.t('skipped'),
  unsupported: l10n.t('unsupported'),
  cancelled: l10n.t('cancelled'),
}));

/** What a run did, as lines: one column per stream, one row per counter, so that it fits into half an editor. */
export function streamTable(streams: readonly StreamResult[]): string[] {
  if (streams.length === 0) {
    return [];
  }
  return columns([
    ['', ...streams.map(({ stream }) => STREAM_WORDS[stream])],
    ...(Object.keys(COUNTERS) as (keyof ChangeCounts)[]).map((key) => [
      COUNTERS[key],
      ...streams.map(({ counts }) => formatCount(counts[key])),
    ]),
    [l10n.t('Requests'), ...streams.map(({ requests }) => formatCount(requests))],
    [l10n.t('Result'), ...streams.map(({ status }) => RESULTS[status])],
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
