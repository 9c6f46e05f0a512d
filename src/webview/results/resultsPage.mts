import * as l10n from '@vscode/l10n';
import { element, placeChildren, showText } from '../shared/dom.mjs';
import { isMenuOpen, openMenu } from './menu.mjs';
import { tabItems } from './menus';
import { NarrowBar } from './narrowBar.mjs';
import type { PageHost } from './pageHost';
import { secondaryButton as button } from './pageParts.mjs';
import type { ChartData, ResultHeader, ResultsState, ResultWish, WireColumn } from './protocol';
import { ResultTools } from './resultTools.mjs';
import type { SavedState } from './savedState';
import { ShownChart } from './shownChart.mjs';
import { ShownGrid } from './shownGrid.mjs';
import { TabStrip } from './tabStrip.mjs';
import { WordsPart } from './wordsPart.mjs';

/** The result view: what runs or went wrong, a tab per result, and the grid of the one that is shown. */
export class ResultsPage {
  readonly #host: PageHost;
  readonly #grid: ShownGrid;
  readonly #chart: ShownChart;
  readonly #tabs: TabStrip;
  readonly #narrow = new NarrowBar((narrowing) => this.#grid.narrow(narrowing));
  readonly #tools = new ResultTools(this.#narrow.search, {
    openCopyMenu: (place) => this.#grid.openCopyMenu(place),
    toggleChart: () => this.toggleChart(),
    togglePin: () => this.#togglePin(),
    wish: (wish) => this.#wish(wish),
  });
  readonly #bar = element('div', { className: 'bar' });
  readonly #progress = element('div', { className: 'progress', attributes: { 'aria-hidden': 'true' } });
  readonly #words = new WordsPart((offer) => this.#host.post({ type: 'offer', offer }));
  readonly #content = element('div', { className: 'content', attributes: { id: 'result-panel' } });
  readonly #status = element('div', { className: 'status', attributes: { role: 'status' } });
  readonly #showAll = button(l10n.t('Show All'), () => this.#wish('showAll'));
  readonly #cancel = button(l10n.t('Cancel'), () => this.#host.post({ type: 'cancel' }));
  #state: ResultsState = { phase: 'empty', message: '', offers: [], results: [] };
  #shown: ResultHeader | undefined;

  constructor(root: HTMLElement, host: PageHost) {
    this.#host = host;
    this.#grid = new ShownGrid({
      ...host,
      announce: (words) => this.announce(words),
      liveIds: () => this.#state.results.map(({ id }) => id),
    });
    this.#chart = new ShownChart({ ...host, chartChanged: (isClosed) => this.#followChart(isClosed) });
    this.#tabs = new TabStrip({
      select: (result) => this.#select(result.id),
      close: ({ id }) => host.post({ type: 'close', resultId: id }),
      menu: (result, place) =>
        openMenu(
          result.title,
          tabItems(result, (message) => host.post(message)),
          place,
        ),
    });
    this.#bar.append(this.#tabs.element, this.#tools.element);
    const footer = element('div', { className: 'footer' }, this.#status, this.#showAll, this.#cancel);
    root.append(this.#bar, this.#narrow.chips, this.#progress, this.#words.element, this.#content, footer);
    document.addEventListener('keydown', (event) => this.#onKey(event));
    this.show(this.#state);
  }

  /** Shows a state of the extension; a result that is shown already keeps its place. */
  show(state: ResultsState): void {
    this.#state = state;
    this.#keep(state);
    const { shownId } = this.#host.saved();
    const byId = (id: string | undefined): ResultHeader | undefined =>
      state.results.find((result) => result.id === id);
    this.#showResult(byId(shownId) ?? byId(state.frontId) ?? state.results[0]);
    this.#showWords();
    this.#tabs.show(state.results, this.#shown?.id);
    this.#narrow.show(this.#shown);
    this.#showTools();
  }

  putRows(resultId: string, revision: number, offset: number, columns: readonly WireColumn[]): void {
    this.#grid.putRows(resultId, revision, offset, columns);
  }

  putChartData(data: ChartData): void {
    this.#chart.putData(data);
  }

  useSpec(resultId: string, text: string): void {
    this.#chart.useSpec(resultId, text);
  }

  /** Says something beside the result, for screen readers too. */
  announce(words: string): void {
    showText(this.#status, [this.#shown?.summary, words].filter((part) => part !== undefined).join(' · '));
  }

  /** Shows the chart of the result, or takes it away. */
  toggleChart(): void {
    this.#chart.toggle();
  }

  followTheme(): void {
    this.#chart.redraw();
  }

  /** Remembers what a later session needs, and which result a new run brought to the front. */
  #keep({ frontId, restorable }: ResultsState): void {
    const saved = this.#host.saved();
    const isNew = frontId !== undefined && frontId !== saved.frontId;
    const next: SavedState = {
      ...saved,
      ...(isNew ? { frontId, shownId: frontId } : {}),
      ...(restorable === undefined ? {} : { restorable }),
    };
    if (isNew || restorable !== undefined) {
      this.#host.save(next);
    }
  }

  #showResult(header: ResultHeader | undefined): void {
    const isOther = header?.id !== this.#shown?.id;
    this.#shown = header;
    // A grid measures its font where it stands: in a hidden place it would find nothing.
    this.#content.hidden = header === undefined;
    this.#chart.show(header);
    this.#placeParts();
    this.#grid.show(header);
    if (header !== undefined && isOther) {
      this.#host.post({ type: 'shown', resultId: header.id });
    }
  }

  #placeParts(): void {
    const chart = this.#chart.element;
    placeChildren(this.#content, [...(chart === undefined ? [] : [chart]), this.#grid.element]);
  }

  #followChart(isClosed: boolean): void {
    this.#placeParts();
    this.#showTools();
    if (isClosed) {
      this.#tools.focusChart();
    }
  }

  #showWords(): void {
    this.#words.show(this.#state, this.#shown);
    const { busy } = this.#state;
    const work = busy?.resultId === this.#shown?.id ? busy?.words : undefined;
    showText(this.#status, this.#shown === undefined ? '' : (work ?? this.#shown.summary));
    // A live region that was hidden is not read out.
    this.#status.hidden = false;
  }

  get #isBusy(): boolean {
    return this.#state.phase === 'running' || this.#state.busy !== undefined;
  }

  #showTools(): void {
    const header = this.#shown;
    this.#bar.hidden = header === undefined;
    this.#cancel.hidden = !this.#isBusy;
    this.#progress.hidden = !this.#isBusy;
    this.#showAll.hidden = header?.canShowAll !== true || this.#isBusy;
    this.#tools.show(header, this.#chart.element !== undefined);
    if (header !== undefined) {
      this.#content.setAttribute('role', 'tabpanel');
      this.#content.setAttribute('aria-labelledby', `tab-${header.id}`);
    }
  }

  #togglePin(): void {
    const header = this.#shown;
    if (header !== undefined) {
      this.#host.post({ type: 'pin', resultId: header.id, isPinned: !header.isPinned });
    }
  }

  #wish(type: ResultWish): void {
    if (this.#shown !== undefined) {
      this.#host.post({ type, resultId: this.#shown.id });
    }
  }

  #select(resultId: string): void {
    this.#host.save({ ...this.#host.saved(), shownId: resultId });
    this.show(this.#state);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.#isBusy && !isMenuOpen()) {
      event.preventDefault();
      this.#host.post({ type: 'cancel' });
    }
  }
}
