import * as l10n from '@vscode/l10n';
import { element, showText } from '../shared/dom.mjs';
import { filterInWords } from './filterWords';
import { isWhole, WHOLE_RESULT, withoutFilter, type Narrowing } from './narrowing';
import type { ResultHeader } from './protocol';

/** How long after the last key a search begins, in ms: each one runs the statement. */
const TYPING_MS = 350;

/** The box that filters all columns, and what the rows are narrowed by, to be taken away one by one. */
export class NarrowBar {
  readonly search = element('input', {
    className: 'search',
    attributes: { type: 'search', spellcheck: 'false' },
  });
  readonly chips = element('div', { className: 'chips' });
  readonly #onChange: (narrowing: Narrowing) => void;
  #header: ResultHeader | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onChange: (narrowing: Narrowing) => void) {
    this.#onChange = onChange;
    this.search.setAttribute('aria-label', l10n.t('Filter rows by text in any column'));
    this.search.placeholder = l10n.t('Filter rows');
    this.search.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#apply(), TYPING_MS);
    });
    this.search.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') {
        this.#apply();
      }
    });
  }

  show(header: ResultHeader | undefined): void {
    const isOther = header?.id !== this.#header?.id;
    this.#header = header;
    const canNarrow = header !== undefined && header.fixedBecause === undefined;
    this.search.hidden = header === undefined || header.columns.length === 0;
    this.search.disabled = !canNarrow;
    this.search.title = header?.fixedBecause ?? '';
    if (isOther || document.activeElement !== this.search) {
      clearTimeout(this.#timer);
      this.search.value = header?.narrowing.search ?? '';
    }
    this.#showChips();
  }

  #apply(): void {
    clearTimeout(this.#timer);
    const header = this.#header;
    if (header !== undefined && header.narrowing.search !== this.search.value) {
      this.#onChange({ ...header.narrowing, search: this.search.value });
    }
  }

  #showChips(): void {
    const header = this.#header;
    if (header === undefined || isWhole(header.narrowing)) {
      this.chips.hidden = true;
      this.chips.replaceChildren();
      return;
    }
    const { narrowing, columns } = header;
    const nameOf = (column: number): string => columns[column]?.name ?? '';
    const chips = narrowing.filters.map((filter) =>
      this.#chip(filterInWords(nameOf(filter.column), filter), withoutFilter(narrowing, filter.column)),
    );
    const { sort, search } = narrowing;
    if (sort !== undefined) {
      const name = nameOf(sort.column);
      const words = sort.isDescending
        ? l10n.t('Sorted by {0}, descending', name)
        : l10n.t('Sorted by {0}, ascending', name);
      chips.push(this.#chip(words, { ...narrowing, sort: undefined }));
    }
    if (search !== '') {
      chips.push(this.#chip(l10n.t('any column contains "{0}"', search), { ...narrowing, search: '' }));
    }
    if (chips.length > 1) {
      const all = element('button', {
        className: 'link',
        text: l10n.t('Clear All'),
        attributes: { type: 'button' },
      });
      all.addEventListener('click', () => this.#onChange(WHOLE_RESULT));
      chips.push(all);
    }
    this.chips.hidden = false;
    this.chips.replaceChildren(...chips);
  }

  #chip(words: string, without: Narrowing): HTMLButtonElement {
    const label = element('span');
    showText(label, words);
    const cross = element('span', { text: '×', attributes: { 'aria-hidden': 'true' } });
    const chip = element(
      'button',
      { className: 'chip', attributes: { type: 'button', 'aria-label': l10n.t('Remove: {0}', words) } },
      label,
      cross,
    );
    chip.addEventListener('click', () => {
      if (without.search === '') {
        this.search.value = '';
      }
      this.#onChange(without);
    });
    return chip;
  }
}
