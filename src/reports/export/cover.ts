import * as l10n from '@vscode/l10n';
import type { ReportModel } from '../reportModel';

/** A report as exports render it. */
export interface ExportModel extends ReportModel {
  /** See `pseudonyms.ts`. */
  readonly isPseudonymised?: boolean;
}

/** What every export says about itself. */
export interface CoverFact {
  readonly title: string;
  readonly text: string;
}

const PSEUDONYMISED =
  'Names and e-mail addresses are replaced by pseudonyms, titles of chats and names of files by numbers. ' +
  'Groups of fewer than 5 people are merged.';

/** What a report covers, with what it was compared, how fresh it is and what was left out: the same in every format. */
export function coverOf(model: ExportModel): CoverFact[] {
  const { period, filters } = model;
  const facts: readonly (readonly [title: string, text: string | undefined])[] = [
    ['Report', model.title],
    ['Instances', model.subtitle],
    [l10n.t('Data'), dataOf(model)],
    ['Period', `${period.title}: ${period.days}`],
    ['Compared with', period.comparedWith],
    ...filters.map(({ title, words }) => [`Filter: ${title}`, words] as const),
    ['Messages known', model.knownDays],
    ['Freshness', model.freshness],
    ['Times in', model.zone],
    ['Written', model.createdAt],
    ['File generation', String(model.generation)],
    ['Privacy', model.isPseudonymised === true ? PSEUDONYMISED : undefined],
  ];
  return facts.flatMap(([title, text]) => (text === undefined ? [] : [{ title, text }]));
}

/** Which database was read; undefined: the mirror. */
function dataOf({ settings, warehouse }: ReportModel): string | undefined {
  if (warehouse !== undefined) {
    return l10n.t('Warehouse {0}, pushed {1}', warehouse.name, warehouse.pushedAt);
  }
  return settings.source === 'demo' ? l10n.t('Demo: invented companies') : undefined;
}

/** Said in place of the numbers of an empty period. */
export function emptyText({ period, knownDays }: ReportModel): string {
  const known =
    knownDays === undefined ? 'There are none at all yet.' : `There are messages of ${knownDays}.`;
  return `No messages in this period (${period.days}). ${known}`;
}
