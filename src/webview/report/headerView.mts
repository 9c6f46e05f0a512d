import * as l10n from '@vscode/l10n';
import type { ComparisonChoice } from '../../reports/period';
import type { ReportModel } from '../../reports/reportModel';
import { element, showText } from '../shared/dom.mjs';

/** What the head tells; while a report is being built its numbers of queries are not known. */
export type HeaderModel = Pick<
  ReportModel,
  'title' | 'subtitle' | 'period' | 'settings' | 'freshness' | 'zone' | 'filters' | 'queries' | 'elapsedMs'
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
      freshness,
      `Times in ${zone}`,
      comparisonWords(period.comparedWith, settings.comparison),
      ...filters.map((filter) => `${filter.title}: ${filter.words}`),
      ...(queries.length === 0
        ? []
        : [`${queries.length === 1 ? '1 query' : `${queries.length} queries`} in ${elapsedMs} ms`]),
    ];
    this.#facts.replaceChildren(...facts.map((text) => element('li', { text })));
  }
}

function comparisonWords(comparedWith: string | undefined, choice: ComparisonChoice): string {
  if (comparedWith !== undefined) {
    return `Compared with ${comparedWith}`;
  }
  return choice === 'none' ? 'No comparison' : 'No earlier period to compare with';
}
