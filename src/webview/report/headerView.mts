import * as l10n from '@vscode/l10n';
import type { ComparisonChoice } from '../../reports/period';
import type { ReportModel } from '../../reports/reportModel';
import { element, showText } from '../shared/dom.mjs';
import { originWords } from '../shared/sourcePicker.mjs';
import { countOf } from '../../language/numbers';

/** What the head tells; while a report is being built its numbers of queries are not known. */
export type HeaderModel = Pick<
  ReportModel,
  | 'title'
  | 'subtitle'
  | 'period'
  | 'settings'
  | 'freshness'
  | 'warehouse'
  | 'zone'
  | 'filters'
  | 'queries'
  | 'elapsedMs'
>;

/** What the report is of, how fresh it is, what is left out and what it is compared with. */
export class HeaderView {
  readonly element = element('header');
  readonly #title = element('h1');
  readonly #badge = element('p', { className: 'source-badge' });
  readonly #subject = element('p', { className: 'subject' });
  readonly #facts = element('ul', { className: 'meta', attributes: { role: 'list' } });

  constructor() {
    this.#badge.hidden = true;
    this.element.append(this.#title, this.#badge, this.#subject, this.#facts);
  }

  show({
    title,
    subtitle,
    period,
    settings,
    freshness,
    warehouse,
    zone,
    filters,
    queries,
    elapsedMs,
  }: HeaderModel): void {
    showText(this.#title, title);
    showText(this.#badge, l10n.t('Demo'));
    this.#badge.hidden = settings.source !== 'demo';
    showText(this.#subject, `${subtitle} · ${period.title}: ${period.days}`);
    const facts = [
      ...(warehouse === undefined ? [] : [originWords(warehouse)]),
      freshness,
      l10n.t('Times in {0}', zone),
      comparisonWords(period.comparedWith, settings.comparison),
      ...filters.map((filter) => `${filter.title}: ${filter.words}`),
      ...(queries.length === 0 ? [] : [l10n.t('{0} in {1} ms', countOf(queries.length, 'query'), elapsedMs)]),
    ];
    this.#facts.replaceChildren(...facts.map((text) => element('li', { text })));
  }
}

function comparisonWords(comparedWith: string | undefined, choice: ComparisonChoice): string {
  if (comparedWith !== undefined) {
    return l10n.t('Compared with {0}', comparedWith);
  }
  return choice === 'none' ? l10n.t('No comparison') : l10n.t('No earlier period to compare with');
}
