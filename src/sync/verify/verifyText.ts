import * as l10n from '@vscode/l10n';
import { countOf, formatCount, STREAM_WORDS } from '../words';
import type { VerifyArea, VerifyDifference, VerifyReport } from './verifyTypes';

/** Differences that are named; the others are counted. */
const MOST_NAMED = 20;

const DIFFERENCES: Readonly<Record<VerifyDifference['kind'], (what: string) => string>> = {
  missing: (what) => l10n.t('{0} is not in the mirror', what),
  gone: (what) => l10n.t('{0} is no longer on the server', what),
  differs: (what) => l10n.t('{0} is not the same', what),
};

/** A report in lines of plain text, from what it comes to, to the next step. */
export function verifyText(report: VerifyReport): readonly string[] {
  const { instanceName, serverVersion, areas, differences, differenceCount, requests } = report;
  const named = differences.slice(0, MOST_NAMED);
  const others = differenceCount - named.length;
  return [
    `${instanceName}: ${resultText(report)}`,
    ...areas.map((area) => areaText(area, report.sampledChats)),
    ...(named.length === 0 ? [] : [l10n.t('Differences:'), ...named.map(differenceText)]),
    ...(others > 0 ? [l10n.t('  … and {0} more', formatCount(others))] : []),
    l10n.t('Open WebUI {0}, {1}. Nothing was written.', serverVersion, countOf(requests, 'request')),
    ...(differenceCount > 0 ? [l10n.t('Run a full sync to repair.')] : []),
  ];
}

/** `the mirror equals the server`, with what that does not cover */
export function resultText({ differenceCount, areas }: VerifyReport): string {
  if (differenceCount > 0) {
    return l10n.t('{0} between mirror and server', countOf(differenceCount, 'difference'));
  }
  return areas.some(({ problem }) => problem !== undefined)
    ? l10n.t('no difference in what could be compared')
    : l10n.t('the mirror equals the server');
}

function areaText(area: VerifyArea, sampledChats: number): string {
  const { server, mirror, problem } = area;
  const numbers =
    server === undefined
      ? l10n.t('not compared, {0} in the mirror', formatCount(mirror))
      : l10n.t('{0} on the server, {1} in the mirror', formatCount(server), formatCount(mirror));
  return `  ${areaName(area, sampledChats)}: ${numbers}${problem === undefined ? '' : `. ${problem}`}`;
}

/** `Chats`, or of whom or what they are where not all were compared. */
function areaName({ stream, sampledUsers }: VerifyArea, sampledChats: number): string {
  const name = STREAM_WORDS[stream];
  if (stream === 'messages') {
    return l10n.t('{0} of {1}', name, countOf(sampledChats, 'chat'));
  }
  return sampledUsers === undefined ? name : l10n.t('{0} of {1}', name, countOf(sampledUsers, 'user'));
}

function differenceText({ stream, remoteId, label, kind }: VerifyDifference): string {
  const name = label === undefined || label === '' ? remoteId : `“${label}” (${remoteId})`;
  return `  ${STREAM_WORDS[stream]}: ${DIFFERENCES[kind](name)}`;
}
