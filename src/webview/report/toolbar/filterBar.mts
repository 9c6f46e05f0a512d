import * as l10n from '@vscode/l10n';
import type { FilterModel } from '../../../reports/reportModel';
import type { ReportFilter } from '../../../reports/reportSettings';
import { quietButton } from '../../shared/controls.mjs';
import { element } from '../../shared/dom.mjs';
import { keepingFocus } from '../../shared/focus.mjs';
import { isFilter } from './chips';

export interface FilterActions {
  /** Picks values; without a kind, which filter first. */
  edit(kind?: keyof ReportFilter): void;
  remove(kind: keyof ReportFilter): void;
}

/** The filters that are set, each to change or to take away, and a way to another one. */
export class FilterBar {
  readonly element: HTMLElement;
  readonly #actions: FilterActions;
  readonly #chips = element('ul', {
    className: 'chips',
    attributes: { role: 'list', 'aria-label': l10n.t('Filters') },
  });
  readonly #add: HTMLButtonElement;
  #key = '';

  constructor(actions: FilterActions) {
    this.#actions = actions;
    this.#add = quietButton({ label: l10n.t('Add Filter'), onClick: () => actions.edit() });
    this.element = element('div', { className: 'filters' }, this.#chips, this.#add);
  }

  show(filters: readonly FilterModel[]): void {
    const key = JSON.stringify(filters);
    if (key === this.#key) {
      return;
    }
    this.#key = key;
    this.#chips.hidden = filters.length === 0;
    keepingFocus(this.#chips, this.#add, () =>
      this.#chips.replaceChildren(...filters.map((filter) => this.#chip(filter))),
    );
  }

  #chip({ kind, title, words }: FilterModel): HTMLElement {
    const text = `${title}: ${words}`;
    if (!isFilter(kind)) {
      return element('li', { className: 'chip fixed', text });
    }
    const edit = quietButton({
      label: text,
      className: 'edit',
      key: `edit ${kind}`,
      onClick: () => this.#actions.edit(kind),
    });
    edit.title = text;
    return element(
      'li',
      { className: 'chip' },
      edit,
      quietButton({
        label: '×',
        name: l10n.t('Remove the filter {0}', title),
        className: 'remove',
        key: `remove ${kind}`,
        onClick: () => this.#actions.remove(kind),
      }),
    );
  }
}
