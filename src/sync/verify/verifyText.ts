import { countOf, formatCount, STREAM_WORDS } from '../words';
import type { VerifyArea, VerifyDifference, VerifyReport } from './verifyTypes';

/** Differences that are named; the others are counted. */
const MOST_NAMED = 20;

const KIND_TEXTS: Readonly<Record<VerifyDifference['kind'], string>> = {
  missing: 'not in the mirror',
  gone: 'no longer on the server',
  differs: 'not the same',
};

/** A report in lines of plain text, from what it comes to, to the next step. */
export function verifyText(report: VerifyReport): readonly string[] {
  const { instanceName, serverVersion, areas, differences, differenceCount, requests } = report;
  const named = differences.slice(0, MOST_NAMED);
  const others = differenceCount - named.length;
  return [
    `${instanceName}: ${resultText(report)}`,
    ...areas.map((area) => areaText(area, report.sampledChats)),
    ...(named.length === 0 ? [] : ['Differences:', ...named.map(differenceText)]),
    ...(others > 0 ? [`  … and ${formatCount(others)} more`] : []),
    `Open WebUI ${serverVersion}, ${countOf(requests, 'request')}. Nothing was written.`,
    ...(differenceCount > 0 ? ['Run a full sync to repair.'] : []),
  ];
}

/** `the mirror equals the server`, with what that does not cover */
export function resultText({ differenceCount, areas }: VerifyReport): string {
  if (differenceCount > 0) {
    return `${countOf(differenceCount, 'difference')} between mirror and server`;
  }
  return areas.some(({ problem }) => problem !== undefined)
    ? 'no difference in what could be compared'
    : 'the mirror equals the server';
}

function areaText(area: VerifyArea, sampledChats: number): string {
  const { stream, server, mirror, problem } = area;
  const numbers =
    server === undefined
      ? `not compared, ${formatCount(mirror)} in the mirror`
      : `${formatCount(server)} on the server, ${formatCount(mirror)} in the mirror`;
  const name = STREAM_WORDS[stream] + sampleText(area, sampledChats);
  return `  ${name}: ${numbers}${problem === undefined ? '' : `. ${problem}`}`;
}

function sampleText({ stream, sampledUsers }: VerifyArea, sampledChats: number): string {
  if (stream === 'messages') {
    return ` of ${countOf(sampledChats, 'chat')}`;
  }
  return sampledUsers === undefined ? '' : ` of ${countOf(sampledUsers, 'user')}`;
}

function differenceText({ stream, remoteId, label, kind }: VerifyDifference): string {
  const name = label === undefined || label === '' ? remoteId : `“${label}” (${remoteId})`;
  return `  ${STREAM_WORDS[stream]}: ${name} is ${KIND_TEXTS[kind]}`;
}
