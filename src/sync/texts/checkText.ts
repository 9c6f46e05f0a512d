import type {
  CheckFinding,
  CheckReport,
  CheckSeverity,
  LostTexts,
  RefetchResult,
} from '../../store/check/checkTypes';
import { countOf } from '../words';
import { listSection, textDocument } from './textDocument';

const HEADINGS: readonly (readonly [CheckSeverity, string])[] = [
  ['damage', 'Damage'],
  ['warning', 'To know'],
  ['ok', 'Sound'],
];

/** A check as a page of text: what it comes to, then each file, damage first. */
export function checkText(report: CheckReport): string {
  return textDocument('Check of the database', [
    [`${checkResult(report)}.`, ...usedText(report)],
    ...HEADINGS.map(([severity, heading]) =>
      listSection(
        heading,
        report.findings.filter((finding) => finding.severity === severity).flatMap(findingLines),
      ),
    ),
    lostText(report.lost),
  ]);
}

/** `Everything is sound`, or how much is not. */
export function checkResult({ findings }: CheckReport): string {
  if (findings.length === 0) {
    return 'There is no database yet';
  }
  const count = (severity: CheckSeverity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  if (count('damage') > 0) {
    return `Damage was found in ${countOf(new Set(damagedFiles(findings)).size, 'file')}`;
  }
  return count('warning') > 0 ? 'The database is sound; there is something to know' : 'Everything is sound';
}

/** Whether {@link StoreWriter.refetchTexts} has something to do. */
export function hasLosses({ lost }: CheckReport): boolean {
  return lost.messages + lost.chats > 0;
}

/** Said once the syncs know what to fetch. */
export function refetchText(result: RefetchResult): string {
  const kept = result.messages - result.fetchable;
  return [
    `The next syncs fetch ${countOf(result.chats, 'chat')} again.`,
    ...(kept > 0 ? [`${countOf(kept, 'message')} gone from the server: kept without text.`] : []),
  ].join(' ');
}

function damagedFiles(findings: readonly CheckFinding[]): string[] {
  return findings.filter(({ severity }) => severity === 'damage').map(({ file }) => file);
}

function usedText({ file, findings }: CheckReport): string[] {
  if (file === undefined) {
    return findings.length === 0 ? [] : ['No file can be used: the next sync begins an empty database.'];
  }
  return [`In use: ${file}`];
}

function findingLines({ file, severity, sentence, nextStep }: CheckFinding): string[] {
  if (severity === 'ok') {
    return [file];
  }
  return [`${file}: ${sentence}`, ...(nextStep === undefined ? [] : [`  ${nextStep}`])];
}

function lostText({ messages, fetchable, chats }: LostTexts): string[] {
  if (messages + chats === 0) {
    return [];
  }
  const kept = messages - fetchable;
  return [
    `Messages without their text: ${messages}.`,
    `"Fetch Again" has the next syncs read ${countOf(chats, 'chat')} anew` +
      (messages === 0 ? '.' : `, with ${countOf(fetchable, 'message')} of these.`),
    ...(kept > 0
      ? [`${countOf(kept, 'message')} gone from the server: the rows stay, their text may be in a backup.`]
      : []),
  ];
}
