import * as l10n from '@vscode/l10n';
import type { DefinitionModel, QueryModel, ReportModel } from '../../reports/reportModel';
import { quietButton } from '../shared/controls.mjs';
import { element, showText } from '../shared/dom.mjs';
import { keepingFocus } from '../shared/focus.mjs';
import { countOf } from '../../language/numbers';

export type FooterModel = Pick<ReportModel, 'notes' | 'definitions' | 'queries' | 'generation'>;

/** Notes, definitions and the SQL. What the reader has unfolded stays unfolded. */
export class FooterView {
  readonly element = element('footer');
  readonly #openQuery: (queryId: string) => void;
  readonly #notes = element('ul', { className: 'notes' });
  readonly #definitions = element('dl');
  readonly #queries = element('div');
  readonly #sql = element(
    'details',
    {},
    element('summary', { text: l10n.t('The SQL behind the numbers') }),
    this.#queries,
  );
  readonly #origin = element('p', { className: 'muted' });
  #key = '';
  #listed: readonly QueryModel[] = [];

  constructor(openQuery: (queryId: string) => void) {
    this.#openQuery = openQuery;
    this.element.append(
      element('h2', { text: l10n.t('Notes and definitions') }),
      this.#notes,
      element(
        'details',
        {},
        element('summary', { text: l10n.t('What the numbers mean') }),
        this.#definitions,
      ),
      this.#sql,
      this.#origin,
    );
    this.#sql.addEventListener('toggle', () => this.#showQueries());
  }

  show({ notes, definitions, queries, generation }: FooterModel): void {
    const key = JSON.stringify([notes, definitions, queries, generation]);
    if (key === this.#key) {
      return;
    }
    this.#key = key;
    this.#listed = queries;
    this.#notes.replaceChildren(...notes.map((text) => element('li', { text })));
    this.#notes.hidden = notes.length === 0;
    this.#definitions.replaceChildren(...definitions.flatMap(definitionView));
    this.#showQueries();
    showText(this.#origin, l10n.t('Read from file generation {0}.', generation));
  }

  /** Statements that nobody looks at are not laid out. */
  #showQueries(): void {
    if (!this.#sql.open) {
      return;
    }
    const summary = this.#sql.firstElementChild;
    keepingFocus(this.#queries, summary instanceof HTMLElement ? summary : this.#sql, () =>
      this.#queries.replaceChildren(...this.#listed.map((query) => this.#query(query))),
    );
  }

  #query({ id, title, sql, rowCount, elapsedMs }: QueryModel): HTMLElement {
    return element(
      'div',
      { className: 'query' },
      element(
        'div',
        { className: 'query-title' },
        element('h3', { text: title }),
        element('span', {
          className: 'muted',
          text: l10n.t('{0}, {1} ms', countOf(rowCount, 'row'), Math.round(elapsedMs)),
        }),
        quietButton({
          label: l10n.t('Open as Query'),
          name: l10n.t('Open as Query: {0}', title),
          key: id,
          onClick: () => this.#openQuery(id),
        }),
      ),
      element('pre', {
        text: sql,
        attributes: { tabindex: '0', role: 'region', 'aria-label': l10n.t('SQL: {0}', title) },
      }),
    );
  }
}

function definitionView({ title, definition }: DefinitionModel): HTMLElement[] {
  return [element('dt', { text: title }), element('dd', { text: definition })];
}
