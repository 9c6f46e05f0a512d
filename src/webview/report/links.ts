import type { ReportLink } from '../../reports/reportModel';
import type { ReportChoices } from './protocol';

const WORDS: Readonly<Record<Exclude<ReportLink['kind'], 'report'>, string>> = {
  user: 'Show this user',
  model: 'Show this model',
  group: 'Show this group',
  instance: 'Show this instance',
  chat: 'Open the conversation',
};

/** Words for a link that is no name. */
export function linkWords(link: ReportLink, reports: ReportChoices['reports']): string {
  return link.kind === 'report'
    ? `Open ${reports.find(({ id }) => id === link.reportId)?.title ?? 'the report'}`
    : WORDS[link.kind];
}
