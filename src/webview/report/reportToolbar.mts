import type { PeriodChoice } from '../../reports/period';
import type { ReportScope } from '../../reports/reportModel';
import { button, dropdown } from '../shared/controls.mjs';
import { element } from '../shared/dom.mjs';
import type { ReportChoices, ReportSelection } from './protocol';

/** What the toolbar asks for. */
export interface ToolbarActions {
  select(scope: ReportScope, period: PeriodChoice): void;
  refresh(): void;
  exportReport(): void;
}

const ALL = 'all';
const CUSTOM = 'custom';

/** Instance, period, refresh and export. */
export class ReportToolbar {
  readonly element = element('div', {
    className: 'toolbar',
    attributes: { role: 'toolbar', 'aria-label': 'Report' },
  });
  readonly #actions: ToolbarActions;
  #key = '';

  constructor(actions: ToolbarActions) {
    this.#actions = actions;
  }

  /** Shows what is picked. `days` are the first and last day of the shown report, where a custom period starts from. */
  show(
    selection: ReportSelection,
    choices: ReportChoices,
    days: { from: string; to: string } | undefined,
  ): void {
    // Rebuilding under the user's hands would close an open list.
    const key = JSON.stringify([selection, choices]);
    if (key === this.#key) {
      return;
    }
    this.#key = key;
    this.element.replaceChildren(
      this.#instances(selection, choices),
      ...this.#periods(selection, choices, days),
      element('span', { className: 'space' }),
      button({ label: 'Refresh', isSecondary: true, onClick: () => this.#actions.refresh() }),
      button({ label: 'Export HTML', onClick: () => this.#actions.exportReport() }),
    );
  }

  #instances({ scope, period }: ReportSelection, { instances }: ReportChoices): HTMLElement {
    return dropdown({
      label: 'Instance',
      options: [
        { value: ALL, title: 'All instances' },
        ...instances.map(({ id, name }) => ({ value: String(id), title: name })),
      ],
      selected: scope.kind === 'all' ? ALL : String(scope.instanceId),
      onChange: (value) =>
        this.#actions.select(
          value === ALL ? { kind: 'all' } : { kind: 'instance', instanceId: Number(value) },
          period,
        ),
    });
  }

  #periods(
    { scope, period }: ReportSelection,
    { presets }: ReportChoices,
    days: { from: string; to: string } | undefined,
  ): HTMLElement[] {
    const custom = this.#customDays(scope, period.kind === 'days' ? period : days);
    custom.hidden = period.kind !== 'days';
    const list = dropdown({
      label: 'Period',
      options: [
        ...presets.map(({ id, title }) => ({ value: id, title })),
        { value: CUSTOM, title: 'Custom period' },
      ],
      selected: period.kind === 'days' ? CUSTOM : period.preset,
      onChange: (value) => {
        const preset = presets.find(({ id }) => id === value);
        custom.hidden = preset !== undefined;
        if (preset !== undefined) {
          this.#actions.select(scope, { kind: 'preset', preset: preset.id });
        }
      },
    });
    return [list, custom];
  }

  #customDays(scope: ReportScope, days: { from: string; to: string } | undefined): HTMLElement {
    const from = dateInput('First day', days?.from);
    const to = dateInput('Last day', days?.to);
    const apply = (): void => {
      const isReversed = to.value < from.value;
      to.setCustomValidity(isReversed ? 'The last day is before the first day.' : '');
      if (from.reportValidity() && to.reportValidity()) {
        this.#actions.select(scope, { kind: 'days', from: from.value, to: to.value });
      }
    };
    return element(
      'span',
      { className: 'days' },
      from,
      element('span', { text: 'to' }),
      to,
      button({ label: 'Apply', isSecondary: true, onClick: apply }),
    );
  }
}

function dateInput(label: string, value: string | undefined): HTMLInputElement {
  return element('input', {
    attributes: { type: 'date', required: '', 'aria-label': label, title: label, value, max: '9999-12-31' },
  });
}
