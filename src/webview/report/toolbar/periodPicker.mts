import * as l10n from '@vscode/l10n';
import type { PeriodChoice, PresetId } from '../../../reports/period';
import { button, Dropdown } from '../../shared/controls.mjs';
import { element, placeChildren } from '../../shared/dom.mjs';

const CUSTOM = 'custom';

/** Days of a report, where a custom period starts from. */
export interface ShownDays {
  readonly from: string;
  readonly to: string;
}

interface Preset {
  readonly id: PresetId;
  readonly title: string;
}

/** A span from the list, or two days. */
export class PeriodPicker {
  readonly element = element('span', { className: 'period' });
  readonly #pick: (period: PeriodChoice) => void;
  readonly #list = new Dropdown({ label: l10n.t('Period'), onChange: (value) => this.#pickFromList(value) });
  readonly #from = dateInput(l10n.t('First day'));
  readonly #to = dateInput(l10n.t('Last day'));
  readonly #days: HTMLElement;
  #presets: readonly Preset[] = [];

  constructor(pick: (period: PeriodChoice) => void) {
    this.#pick = pick;
    this.#days = element(
      'span',
      { className: 'days' },
      this.#from,
      element('span', { text: l10n.t('to') }),
      this.#to,
      button({ label: l10n.t('Apply'), isSecondary: true, onClick: () => this.#applyDays() }),
    );
    placeChildren(this.element, [this.#list.element, this.#days]);
  }

  show(period: PeriodChoice, presets: readonly Preset[], shown: ShownDays | undefined): void {
    this.#presets = presets;
    const options = presets.map(({ id, title }) => ({ value: id, title }));
    this.#list.show(
      [...options, { value: CUSTOM, title: l10n.t('Custom period') }],
      period.kind === 'days' ? CUSTOM : period.preset,
    );
    // Somebody who is typing days keeps them.
    if (!this.#days.contains(document.activeElement)) {
      const { from = '', to = '' } = period.kind === 'days' ? period : (shown ?? {});
      this.#from.value = from;
      this.#to.value = to;
      this.#days.hidden = period.kind !== 'days';
    }
  }

  #pickFromList(value: string): void {
    const preset = this.#presets.find(({ id }) => id === value);
    this.#days.hidden = preset !== undefined;
    if (preset === undefined) {
      this.#from.focus();
    } else {
      this.#pick({ kind: 'preset', preset: preset.id });
    }
  }

  #applyDays(): void {
    const isReversed = this.#to.value < this.#from.value;
    this.#to.setCustomValidity(isReversed ? l10n.t('The last day is before the first day.') : '');
    if (this.#from.reportValidity() && this.#to.reportValidity()) {
      this.#pick({ kind: 'days', from: this.#from.value, to: this.#to.value });
    }
  }
}

function dateInput(label: string): HTMLInputElement {
  return element('input', {
    attributes: { type: 'date', required: '', 'aria-label': label, title: label, max: '9999-12-31' },
  });
}
