import * as l10n from '@vscode/l10n';
import type { ReportSettings } from '../../../reports/reportSettings';
import { Dropdown } from '../../shared/controls.mjs';
import { element } from '../../shared/dom.mjs';
import type { ReportChoices } from '../protocol';

type ViewSettings = Pick<ReportSettings, 'comparison' | 'unit'>;

/** How the numbers are shown: what they are compared with and the steps of the time axis. */
export class ViewMenu {
  readonly element: HTMLDetailsElement;
  readonly #summary = element('summary', { text: l10n.t('View') });
  readonly #comparison: Dropdown;
  readonly #unit: Dropdown;
  #choices: Pick<ReportChoices, 'comparisons' | 'granularities'> = { comparisons: [], granularities: [] };

  constructor(change: (view: Partial<ViewSettings>) => void) {
    this.#comparison = new Dropdown({
      label: l10n.t('Compare with'),
      onChange: (value) => {
        const picked = this.#choices.comparisons.find(({ id }) => id === value);
        if (picked !== undefined) {
          change({ comparison: picked.id });
        }
      },
    });
    this.#unit = new Dropdown({
      label: l10n.t('Time steps'),
      onChange: (value) => {
        const picked = this.#choices.granularities.find(({ id }) => id === value);
        if (picked !== undefined) {
          change({ unit: picked.id });
        }
      },
    });
    this.element = element(
      'details',
      { className: 'menu' },
      this.#summary,
      element(
        'div',
        { className: 'menu-content' },
        labelled(l10n.t('Compare with'), this.#comparison),
        labelled(l10n.t('Time steps'), this.#unit),
      ),
    );
    this.element.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape' && this.element.open) {
        this.element.open = false;
        this.#summary.focus();
      }
    });
    document.addEventListener('pointerdown', ({ target }) => {
      if (target instanceof Node && !this.element.contains(target)) {
        this.element.open = false;
      }
    });
  }

  show({ comparison, unit }: ViewSettings, choices: ReportChoices): void {
    this.#choices = choices;
    this.#comparison.show(optionsOf(choices.comparisons), comparison);
    this.#unit.show(optionsOf(choices.granularities), unit);
  }
}

function labelled(label: string, { element: control }: Dropdown): HTMLElement {
  return element('div', {}, element('span', { text: label, attributes: { 'aria-hidden': 'true' } }), control);
}

function optionsOf(choices: readonly { readonly id: string; readonly title: string }[]) {
  return choices.map(({ id, title }) => ({ value: id, title }));
}
