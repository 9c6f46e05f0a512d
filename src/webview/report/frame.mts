import type { ReportModel } from '../../reports/reportModel';
import { button } from '../shared/controls.mjs';
import { element } from '../shared/dom.mjs';

/** What the report is of, how fresh it is and what it is compared with. */
export function headerView({
  title,
  subtitle,
  period,
  freshness,
  zone,
  queries,
  elapsedMs,
}: ReportModel): HTMLElement {
  const facts = [
    freshness,
    `Times in ${zone}`,
    period.comparedWith === undefined
      ? 'No earlier period to compare with'
      : `Compared with ${period.comparedWith}`,
    `${queries.length} queries in ${elapsedMs} ms`,
  ];
  return element(
    'header',
    {},
    element('h1', { text: subtitle }),
    element('p', { className: 'muted', text: `${title} · ${period.title}: ${period.days}` }),
    element('ul', { className: 'meta' }, ...facts.map((text) => element('li', { text }))),
  );
}

/** Notes, definitions and the SQL. `openDetails` are the parts that the reader has unfolded. */
export function footerView(
  { notes, definitions, queries, generation }: ReportModel,
  openDetails: ReadonlySet<string>,
  openQuery: (queryId: string) => void,
): HTMLElement {
  const unfolding = (id: string, title: string, ...children: HTMLElement[]): HTMLElement =>
    element(
      'details',
      { attributes: { id, open: openDetails.has(id) ? '' : undefined } },
      element('summary', { text: title }),
      ...children,
    );
  return element(
    'footer',
    {},
    element('h2', { text: 'Notes and definitions' }),
    notes.length === 0
      ? undefined
      : element('ul', { className: 'notes' }, ...notes.map((text) => element('li', { text }))),
    unfolding(
      'definitions',
      'What the numbers mean',
      element(
        'dl',
        {},
        ...definitions.flatMap(({ title, definition }) => [
          element('dt', { text: title }),
          element('dd', { text: definition }),
        ]),
      ),
    ),
    unfolding(
      'queries',
      'The SQL behind the numbers',
      ...queries.map(({ id, title, sql, rowCount, elapsedMs }) =>
        element(
          'div',
          { className: 'query' },
          element(
            'div',
            { className: 'query-title' },
            element('h3', { text: title }),
            element('span', { className: 'muted', text: `${rowCount} rows, ${Math.round(elapsedMs)} ms` }),
            button({ label: 'Open as Query', isSecondary: true, onClick: () => openQuery(id) }),
          ),
          element('pre', { text: sql, attributes: { tabindex: '0' } }),
        ),
      ),
    ),
    element('p', { className: 'muted', text: `Read from file generation ${generation}.` }),
  );
}
