import * as l10n from '@vscode/l10n';
import type { FilterModel } from '../../../reports/reportModel';
import type { ReportSettings } from '../../../reports/reportSettings';
import { button, Dropdown } from '../../shared/controls.mjs';
import { element } from '../../shared/dom.mjs';
import { SourcePicker } from '../../shared/sourcePicker.mjs';
import type { ReportChoices, ToExtension } from '../protocol';
import { chipsOf, without } from './chips';
import { FilterBar } from './filterBar.mjs';
import { PeriodPicker, type ShownDays } from './periodPicker.mjs';
import { scopeOf, scopeOptions, SEVERAL } from './scopes';
import { ViewMenu } from './viewMenu.mjs';

export interface ToolbarActions {
  change(changes: Partial<ReportSettings>): void;
  post(message: ToExtension): void;
}

/** What of a shown report the toolbar tells of. */
export interface ShownReport {
  readonly period: ShownDays;
  readonly filters: readonly FilterModel[];
}

/** Which report, of what, and how: every setting of the page, and what can be done with the whole report. */
export class ReportToolbar {
  readonly element: HTMLElement;
  readonly #actions: ToolbarActions;
  readonly #report: Dropdown;
  readonly #source: SourcePicker;
  readonly #scope: Dropdown;
  readonly #period: PeriodPicker;
  readonly #view: ViewMenu;
  readonly #filters: FilterBar;
  #settings: ReportSettings | undefined;
  #choices: ReportChoices | undefined;

  constructor(actions: ToolbarActions) {
    this.#actions = actions;
    this.#report = new Dropdown({
      label: l10n.t('Report'),
      // Blocks of another report have nothing to do with these.
      onChange: (reportId) => actions.change({ reportId, tables: {} }),
    });
    this.#source = new SourcePicker((source) => actions.change({ source }));
    this.#scope = new Dropdown({ label: l10n.t('Instance'), onChange: (value) => this.#pickScope(value) });
    this.#period = new PeriodPicker((period) => actions.change({ period }));
    this.#view = new ViewMenu((view) => actions.change(view));
    this.#filters = new FilterBar({
      edit: (kind) => actions.post({ type: 'editFilter', kind }),
      remove: (kind) => actions.change({ filter: without(this.#settings?.filter ?? {}, kind) }),
    });
    this.element = element(
      'div',
      { className: 'toolbar', attributes: { role: 'group', 'aria-label': l10n.t('Report settings') } },
      this.#report.element,
      this.#source.element,
      this.#scope.element,
      this.#period.element,
      this.#view.element,
      element(
        'span',
        { className: 'actions' },
        button({
          label: l10n.t('Refresh'),
          isSecondary: true,
          onClick: () => actions.post({ type: 'refresh' }),
        }),
        button({
          label: l10n.t('More...'),
          isSecondary: true,
          onClick: () => actions.post({ type: 'more' }),
        }),
        button({ label: l10n.t('Export'), onClick: () => actions.post({ type: 'export' }) }),
      ),
      this.#filters.element,
    );
  }

  show(settings: ReportSettings, choices: ReportChoices, shown: ShownReport | undefined): void {
    this.#settings = settings;
    this.#choices = choices;
    const { reportId } = settings;
    const reports = choices.reports.map(({ id, title }) => ({ value: id, title }));
    const isKnown = reports.some(({ value }) => value === reportId);
    // A report of a person's own may be gone; the list still says what was asked for.
    this.#report.show(isKnown ? reports : [...reports, { value: reportId, title: reportId }], reportId);
    this.#source.show(settings.source, choices.warehouses);
    this.#showScope(settings, choices);
    this.#period.show(settings.period, choices.presets, shown?.period);
    this.#view.show(settings, choices);
    this.#filters.show(chipsOf(settings.filter, shown?.filters ?? []));
  }

  #showScope({ scope }: ReportSettings, { instances }: ReportChoices): void {
    const { options, selected } = scopeOptions(scope, instances);
    this.#scope.show(options, selected);
    this.#scope.element.hidden = instances.length < 2 && scope.kind === 'all';
  }

  #pickScope(value: string): void {
    if (this.#settings === undefined || this.#choices === undefined) {
      return;
    }
    if (value === SEVERAL) {
      this.#actions.post({ type: 'pickInstances' });
      // Until they are picked the list says what is shown.
      this.#showScope(this.#settings, this.#choices);
      return;
    }
    const scope = scopeOf(value);
    if (scope !== undefined) {
      this.#actions.change({ scope });
    }
  }
}
