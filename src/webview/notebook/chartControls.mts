import * as l10n from '@vscode/l10n';
import { CHART_MARKS, type ChartChoice, type ChartColumn } from '../shared/charts/chooseChart';
import { element } from '../shared/dom.mjs';
import { markWords } from './resultWords';

/** More numbers in one chart cannot be told apart. */
const MOST_VALUES = 8;

/** What a chart draws and how, chosen by a person. */
export class ChartControls {
  readonly element = element('div', { className: 'controls' });
  readonly #columns: readonly ChartColumn[];
  readonly #onChange: (choice: ChartChoice) => void;
  #choice: ChartChoice;

  constructor(columns: readonly ChartColumn[], choice: ChartChoice, onChange: (choice: ChartChoice) => void) {
    this.#columns = columns;
    this.#choice = choice;
    this.#onChange = onChange;
    const names = [...new Set(columns.map(({ name }) => name))];
    const options = names.map((name) => ({ value: name, title: name }));
    const split = selection(
      l10n.t('Series'),
      [{ value: '', title: l10n.t('None') }, ...options],
      choice.split ?? '',
      (value) => this.#change({ split: value === '' ? undefined : value }),
    );
    const showSplit = (): void => {
      split.disabled = this.#choice.y.length > 1;
    };
    showSplit();
    this.element.append(
      labelled(
        selection(
          l10n.t('Kind'),
          CHART_MARKS.map((mark) => ({ value: mark, title: markWords(mark) })),
          choice.mark,
          (value) => this.#change({ mark: CHART_MARKS.find((mark) => mark === value) ?? 'bar' }),
        ),
      ),
      labelled(selection(l10n.t('Along'), options, choice.x, (x) => this.#change({ x }))),
      this.#values(showSplit),
      labelled(split),
    );
  }

  #values(onChange: () => void): HTMLElement {
    const names = this.#columns
      .filter(({ name, role }) => role === 'number' || this.#choice.y.includes(name))
      .map(({ name }) => name);
    const boxes = [...new Set(names)].slice(0, MOST_VALUES).map((name) => {
      const box = element('input', { attributes: { type: 'checkbox', value: name } });
      box.checked = this.#choice.y.includes(name);
      box.addEventListener('change', () => {
        const y = boxes.map(({ box: one }) => one).filter(({ checked }) => checked);
        // A chart of nothing is no chart: the last value stays.
        if (y.length === 0) {
          box.checked = true;
          return;
        }
        this.#change({ y: y.map(({ value }) => value), ...(y.length > 1 ? { split: undefined } : {}) });
        onChange();
      });
      return { box, label: element('label', {}, box, element('span', { text: name })) };
    });
    return element(
      'fieldset',
      {},
      element('legend', { text: l10n.t('Values') }),
      ...boxes.map(({ label }) => label),
    );
  }

  #change(change: Partial<ChartChoice>): void {
    this.#choice = { ...this.#choice, ...change };
    this.#onChange(this.#choice);
  }
}

function selection(
  label: string,
  options: readonly { readonly value: string; readonly title: string }[],
  value: string,
  onChange: (value: string) => void,
): HTMLSelectElement {
  const made = element(
    'select',
    { attributes: { 'aria-label': label } },
    ...options.map((option) =>
      element('option', { text: option.title, attributes: { value: option.value } }),
    ),
  );
  made.value = value;
  made.addEventListener('change', () => onChange(made.value));
  return made;
}

function labelled(control: HTMLSelectElement): HTMLElement {
  return element('label', {}, element('span', { text: control.getAttribute('aria-label') ?? '' }), control);
}
