import * as l10n from '@vscode/l10n';
import type { ReportLink } from '../../reports/reportModel';
import type { ReportChoices } from './protocol';
import { translated } from '../../language/translated';

const WORDS = translated<Readonly<Record<Exclude<ReportLink['kind'], 'report'>, string>>>(() => ({
  user: l10n.t('Show this user'),
  model: l10n.t('Show this model'),
  group: l10n.t('Show this group'),
  instance: l10n.t('Show this instance'),
  chat: l10n.t('Open the conversation'),
  costLine: l10n.t('Open its meter rows'),
}));

/** Words for a link that is no name. */
export function linkWords(link: ReportLink, reports: ReportChoices['reports']): string {
  return link.kind === 'report'
    ? l10n.t('Open {0}', reports.find(({ id }) => id === link.reportId)?.title ?? l10n.t('the report'))
    : WORDS[link.kind];
}
