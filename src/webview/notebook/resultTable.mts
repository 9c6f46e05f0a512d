import * as l10n from '@vscode/l10n';
import { quietButton } from '../shared/controls.mjs';
import { element } from '../shared/dom.mjs';
import { cellView, type CellView } from './cellView';
import type { NotebookResult } from './notebookResult';
import { countWords } from './resultWords';

/** Rows that are laid out at once: notebooks show many results below each other. */
const PAGE = 100;

/** The rows of a result, a page at a time. */
export class ResultTable {
  readonly element = element('div');
  readonly #result: NotebookResult;
  readonly #numeric: readonly boolean[];
  readonly #body = element('tbody');
  readonly #place = element('span', { attributes: { role: 'status' } });
  readonly #scroll: HTMLElement;
  readonly #back = quietButton({
    label: l10n.t('Previous Rows'),
    onClick: () => this.#show(this.#first - PAGE),
  });
  readonly #next = quietButton({ label: l10n.t('Next Rows'), onClick: () => this.#show(this.#first + PAGE) });
  #first = 0;

  /** @param label names the table for screen readers */
  constructor(result: NotebookResult, label: string) {
    this.#result = result;
    this.#numeric = result.columns.map((_, index) => isNumeric(result, index));
    const head = result.columns.map((name, index) =>
      element('th', { text: name, className: this.#align(index), attributes: { scope: 'col', title: name } }),
    );
    const table = element(
      'table',
      { attributes: { 'aria-rowcount': String(result.rows.length + 1), 'aria-label': label } },
      element('thead', {}, element('tr', { attributes: { 'aria-rowindex': '1' } }, ...head)),
      this.#body,
    );
    // Reachable by keyboard, so that it can be scrolled by it.
    this.#scroll = element(
      'div',
      { className: 'scroll', attributes: { tabindex: '0', role: 'region', 'aria-label': label } },
      table,
    );
    this.element.append(this.#scroll);
    if (result.rows.length > PAGE) {
      this.element.append(element('div', { className: 'pages' }, this.#back, this.#next, this.#place));
    }
    this.#show(0);
  }

  #show(first: number): void {
    const { rows } = this.#result;
    if (first < 0 || (first > 0 && first >= rows.length)) {
      return;
    }
    this.#first = first;
    const end = Math.min(this.#first + PAGE, rows.length);
    this.#body.replaceChildren(
      ...rows
        .slice(this.#first, end)
        .map((cells, index) =>
          element(
            'tr',
            { attributes: { 'aria-rowindex': String(this.#first + index + 2) } },
            ...cells.map((cell, column) => this.#cell(cellView(cell), column)),
          ),
        ),
    );
    this.#scroll.scrollTop = 0;
    this.#place.textContent = l10n.t(
      'Rows {0} to {1} of {2}',
      countWords(this.#first + 1),
      countWords(end),
      countWords(rows.length),
    );
    // Not disabled, which would take the focus away.
    this.#back.setAttribute('aria-disabled', String(this.#first === 0));
    this.#next.setAttribute('aria-disabled', String(end === rows.length));
  }

  #cell({ text, kind, isCut }: CellView, column: number): HTMLElement {
    const made = element('td', {
      className: `${this.#align(column)} ${kind}`,
      text,
      attributes: { title: text },
    });
    if (isCut) {
      made.append(element('span', { className: 'cut', text: '…', attributes: { title: l10n.t('Cut') } }));
    }
    return made;
  }

  #align(column: number): string {
    return this.#numeric[column] === true ? 'end' : 'start';
  }
}

/** Numbers stand at the right edge where all that is known are numbers. */
function isNumeric({ rows }: NotebookResult, column: number): boolean {
  const known = rows
    .slice(0, PAGE)
    .flatMap((row) => (row[column] === null ? [] : [cellView(row[column] ?? null)]));
  return known.length > 0 && known.every(({ kind }) => kind === 'number');
}
