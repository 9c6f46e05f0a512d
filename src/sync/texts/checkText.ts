import * as l10n from '@vscode/l10n';
import type {
  CheckFinding,
  CheckReport,
  CheckSeverity,
  LostTexts,
  RefetchResult,
} from '../../store/check/checkTypes';
import { countOf } from '../words';
import { listSection, textDocument } from './textDocument';
import { translated } from '../../language/translated';

const HEADINGS = translated(() => ({
  damage: l10n.t('Damage'),
  warning: l10n.t('To know'),
  ok: l10n.t('Sound'),
}));

const SEVERITIES = ['damage', 'warning', 'ok'] as const satisfies readonly CheckSeverity[];

/** A check as a page of text: what it comes to, then each file, damage first. */
export function checkText(report: CheckReport): string {
  return textDocument(l10n.t('Check of the database'), [
    [`${checkResult(report)}.`, ...usedText(report)],
    ...SEVERITIES.map((severity) =>
      listSection(
        HEADINGS[severity],
        report.findings.filter((finding) => finding.severity === severity).flatMap(findingLines),
      ),
    ),
    lostText(report.lost),
  ]);
}

/** `Everything is sound`, or how much is not. */
export function checkResult({ findings }: CheckReport): string {
  if (findings.length === 0) {
    return l10n.t('There is no database yet');
  }
  const count = (severity: CheckSeverity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  if (count('damage') > 0) {
    return l10n.t('Damage was found in {0}', countOf(new Set(damagedFiles(findings)).size, 'file'));
  }
  return count('warning') > 0
    ? l10n.t('The database is sound; there is something to know')
    : l10n.t('Everything is sound');
}

/** Whether {@link StoreWriter.refetchTexts} has something to do. */
export function hasLosses({ lost }: CheckReport): boolean {
  return lost.messages + lost.chats > 0;
}

/** Said once the syncs know what to fetch. */
export function refetchText(result: RefetchResult): string {
  const kept = result.messages - result.fetchable;
  return [
    l10n.t('The next syncs fetch {0} again.', countOf(result.chats, 'chat')),
    ...(kept > 0 ? [l10n.t('{0} gone from the server: kept without text.', countOf(kept, 'message'))] : []),
  ].join(' ');
}

function damagedFiles(findings: readonly CheckFinding[]): string[] {
  return findings.filter(({ severity }) => severity === 'damage').map(({ file }) => file);
}

function usedText({ file, findings }: CheckReport): string[] {
  if (file === undefined) {
    return findings.length === 0
      ? []
      : [l10n.t('No file can be used: the next sync begins an empty database.')];
  }
  return [l10n.t('In use: {0}', file)];
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
    l10n.t('Messages without their text: {0}.', messages),
    messages === 0
      ? l10n.t('"Fetch Again" has the next syncs read {0} anew.', countOf(chats, 'chat'))
      : l10n.t(
          '"Fetch Again" has the next syncs read {0} anew, with {1} of these.',
          countOf(chats, 'chat'),
          countOf(fetchable, 'message'),
        ),
    ...(kept > 0
      ? [
          l10n.t(
            '{0} gone from the server: the rows stay, their text may be in a backup.',
            countOf(kept, 'message'),
          ),
        ]
      : []),
  ];
}
