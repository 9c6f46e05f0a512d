import type { ReportBlock, ReportModel, SectionModel, TableBlock } from '../../reports/reportModel';
import { button, progressRing } from '../shared/controls.mjs';
import { element } from '../shared/dom.mjs';
import { ChartView } from './chartView.mjs';
import { DrawQueue } from './drawQueue.mjs';
import { footerView, headerView } from './frame.mjs';
import type { ReportState, ToExtension, ToPage } from './protocol';
import { ReportToolbar } from './reportToolbar.mjs';
import { tableView } from './tableView.mjs';
import { tilesView } from './tilesView.mjs';

/** How long a remark stays. */
const SAID_MS = 4000;

type StateMessage = Extract<ToPage, { type: 'state' }>;

/** The report's page: draws whatever the extension sends and keeps nothing but what is on the screen. */
export class ReportPage {
  readonly #post: (message: ToExtension) => void;
  readonly #queue = new DrawQueue();
  readonly #charts = new Map<string, ChartView>();
  readonly #toolbar: ReportToolbar;
  readonly #progress = element('div', { className: 'progress', attributes: { role: 'status' } });
  readonly #content = element('div', { className: 'content' });

  constructor(root: HTMLElement, post: (message: ToExtension) => void) {
    this.#post = post;
    this.#toolbar = new ReportToolbar({
      select: (scope, period) => post({ type: 'select', scope, period }),
      refresh: () => post({ type: 'refresh' }),
      exportReport: () => post({ type: 'export' }),
    });
    root.append(this.#toolbar.element, this.#progress, this.#content);
    this.#showProgress('Loading');
  }

  /** Shows a state of the extension. */
  show({ selection, choices, state }: StateMessage): void {
    const period = state.phase === 'ready' ? state.model.period : undefined;
    this.#toolbar.show(selection, choices, period);
    this.#showState(state);
  }

  /** Says something for a while, for screen readers too. */
  announce(message: string): void {
    const said = element('span', { text: message });
    this.#progress.replaceChildren(said);
    setTimeout(() => said.remove(), SAID_MS);
  }

  /** Draws all charts again, in the font of now. */
  redraw(): void {
    for (const chart of this.#charts.values()) {
      chart.redraw();
    }
  }

  #showState(state: ReportState): void {
    switch (state.phase) {
      case 'loading':
        this.#showProgress('Building the report');
        return;
      case 'empty':
        this.#showNotice(
          state.message,
          button({ label: 'Sync', onClick: () => this.#post({ type: 'sync' }) }),
        );
        return;
      case 'failed':
        this.#showNotice(
          state.message,
          button({ label: 'Try Again', onClick: () => this.#post({ type: 'refresh' }) }),
          button({ label: 'Show Log', isSecondary: true, onClick: () => this.#post({ type: 'showLog' }) }),
        );
        return;
      case 'ready':
        if (state.isStale) {
          this.#showProgress('Updating');
        } else {
          this.#progress.replaceChildren();
          this.#showModel(state.model);
        }
    }
  }

  #showProgress(text: string): void {
    this.#progress.replaceChildren(progressRing(), element('span', { text }));
  }

  #showNotice(message: string, ...actions: HTMLElement[]): void {
    this.#progress.replaceChildren();
    this.#keepCharts(new Set());
    this.#content.replaceChildren(notice(message, ...actions));
  }

  #showModel(model: ReportModel): void {
    const sections = model.isEmpty
      ? [this.#emptyPeriod(model)]
      : model.sections.map((section) => this.#section(section, model));
    const openDetails = new Set(
      [...this.#content.querySelectorAll('footer details[open]')].map(({ id }) => id),
    );
    this.#keepCharts(model.isEmpty ? new Set() : chartIdsOf(model));
    const footer = footerView(model, openDetails, (queryId) => this.#post({ type: 'openQuery', queryId }));
    this.#content.replaceChildren(headerView(model), ...sections, footer);
  }

  #emptyPeriod({ period, knownDays, scope }: ReportModel): HTMLElement {
    const showAll = (): void =>
      this.#post({ type: 'select', scope, period: { kind: 'preset', preset: 'all' } });
    return knownDays === undefined
      ? notice('No messages yet.', button({ label: 'Sync', onClick: () => this.#post({ type: 'sync' }) }))
      : notice(
          `No messages in this period (${period.days}). There are messages of ${knownDays}.`,
          button({ label: 'Show All Time', onClick: showAll }),
        );
  }

  #section({ id, title, blocks }: SectionModel, model: ReportModel): HTMLElement {
    const headingId = `section-${id}`;
    return element(
      'section',
      { attributes: { 'aria-labelledby': headingId } },
      element('h2', { text: title, attributes: { id: headingId } }),
      element('div', { className: 'grid' }, ...blocks.map((block) => this.#block(block, model))),
    );
  }

  #block(block: ReportBlock, model: ReportModel): HTMLElement {
    switch (block.type) {
      case 'kpis':
        return tilesView(block);
      case 'table':
        return tableBlockView(block);
      case 'chart': {
        const chart = this.#charts.get(block.id) ?? new ChartView(this.#queue);
        this.#charts.set(block.id, chart);
        chart.show(block, model.datasets[block.dataset] ?? []);
        return chart.element;
      }
    }
  }

  #keepCharts(ids: ReadonlySet<string>): void {
    for (const [id, chart] of this.#charts) {
      if (!ids.has(id)) {
        chart.dispose();
        this.#charts.delete(id);
      }
    }
  }
}

function chartIdsOf({ sections }: ReportModel): ReadonlySet<string> {
  return new Set(sections.flatMap(({ blocks }) => blocks.map(({ id }) => id)));
}

function notice(message: string, ...actions: HTMLElement[]): HTMLElement {
  return element(
    'div',
    { className: 'notice', attributes: { role: 'alert' } },
    element('p', { text: message }),
    element('div', { className: 'actions' }, ...actions),
  );
}

function tableBlockView({ title, description, table, cutNote }: TableBlock): HTMLElement {
  return element(
    'div',
    { className: 'table wide' },
    element('h3', { text: title }),
    element('p', { text: description }),
    tableView(table, title),
    cutNote === undefined ? undefined : element('p', { className: 'cut', text: cutNote }),
  );
}
