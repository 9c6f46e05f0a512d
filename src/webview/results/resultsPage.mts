import * as l10n from '@vscode/l10n';
import { element, placeChildren, showText } from '../shared/dom.mjs';
import { ChartPane } from './chartPane.mjs';
import { cellItems, columnItems, copyItems, menuParts, tabItems } from './menus';
import { secondaryButton as button } from './pageParts.mjs';
import { askFilter } from './filterDialog.mjs';
import { ResultGrid, type GridHost } from './grid.mjs';
import { isMenuOpen, openMenu, type MenuItems, type MenuPlace } from './menu.mjs';
import { NarrowBar } from './narrowBar.mjs';
import { withFilter, withNextSort, withoutFilter, type Narrowing } from './narrowing';
import type { ChartData, ResultHeader, ResultsState, ResultWish, ToExtension, WireColumn } from './protocol';
import { withChart, withGrid, type ChartState, type GridState, type SavedState } from './savedState';
import { TabStrip } from './tabStrip.mjs';
import { WordsPart } from './wordsPart.mjs';

/** Where the page sends its wishes and keeps its place. */
export interface PageHost {
  post(message: ToExtension): void;
  saved(): SavedState;
  save(state: SavedState): void;
}

/** The result view: what runs or went wrong, a tab per result, and the grid of the one that is shown. */
export class ResultsPage {
  readonly #host: PageHost;
  readonly #tabs: TabStrip;
  readonly #narrow = new NarrowBar((narrowing) => this.#askNarrow(narrowing));
  readonly #status = element('div', { className: 'status', attributes: { role: 'status' } });
  readonly #words = new WordsPart((offer) => this.#host.post({ type: 'offer', offer }));
  readonly #gridPlace = element('div', { className: 'grid-place' });
  readonly #content = element('div', { className: 'content', attributes: { id: 'result-panel' } });
  readonly #copy = button(l10n.t('Copy'), () => this.#openCopyMenu());
  readonly #chartToggle = button(l10n.t('Chart'), () => this.toggleChart());
  readonly #pin = button(l10n.t('Pin'), () => this.#togglePin());
  readonly #tools = [
    this.#copy,
    button(l10n.t('Save...'), () => this.#wish('save')),
    this.#chartToggle,
    this.#pin,
    button(l10n.t('Open in Tab'), () => this.#wish('openTab')),
    button(l10n.t('Show Statement'), () => this.#wish('showStatement')),
  ];
  readonly #bar = element('div', { className: 'bar' });
  readonly #showAll = button(l10n.t('Show All'), () => this.#wish('showAll'));
  readonly #cancel = button(l10n.t('Cancel'), () => this.#host.post({ type: 'cancel' }));
  readonly #progress = element('div', { className: 'progress', attributes: { 'aria-hidden': 'true' } });
  #state: ResultsState = { phase: 'empty', message: '', offers: [], results: [] };
  #shown: ResultHeader | undefined;
  #grid: ResultGrid | undefined;
  #chart: ChartPane | undefined;

  constructor(root: HTMLElement, host: PageHost) {
    this.#host = host;
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
    this.#copy.setAttribute('aria-haspopup', 'menu');
    const actions = element('div', { className: 'actions' }, this.#narrow.search, ...this.#tools);
    this.#bar.append(this.#tabs.element, actions);
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
    const header =
      state.results.find(({ id }) => id === shownId) ?? state.results.find(({ id }) => id === state.frontId);
    // A grid measures its font where it stands: in a hidden place it would find nothing.
    this.#content.hidden = (header ?? state.results[0]) === undefined;
    this.#showResult(header ?? state.results[0]);
    this.#showWords();
    this.#tabs.show(state.results, this.#shown?.id);
    this.#narrow.show(this.#shown);
    this.#showTools();
  }

  /** Rows that the grid asked for; those of another result come too late and are dropped. */
  putRows(resultId: string, revision: number, offset: number, columns: readonly WireColumn[]): void {
    if (resultId === this.#shown?.id && revision === this.#shown.revision) {
      this.#grid?.putRows(offset, columns);
    }
  }

  putChartData(data: ChartData): void {
    this.#chart?.putData(data);
  }

  useSpec(resultId: string, text: string): void {
    if (resultId === this.#shown?.id) {
      this.#chart?.useSpec(text);
    } else {
      this.#saveChart(resultId, { resultId, spec: text });
    }
  }

  /** Says something beside the result, for screen readers too. */
  announce(words: string): void {
    showText(this.#status, [this.#shown?.summary, words].filter((part) => part !== undefined).join(' · '));
  }

  /** Shows the chart of the result, or takes it away. */
  toggleChart(): void {
    const header = this.#shown;
    if (header !== undefined && header.columns.length > 0) {
      this.#saveChart(header.id, this.#chart === undefined ? { resultId: header.id } : undefined);
      this.#showChart(header);
      this.#showTools();
    }
  }

  followTheme(): void {
    this.#chart?.redraw();
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

  #showWords(): void {
    this.#words.show(this.#state, this.#shown);
    const { busy } = this.#state;
    const work = busy?.resultId === this.#shown?.id ? busy?.words : undefined;
    showText(this.#status, this.#shown === undefined ? '' : (work ?? this.#shown.summary));
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
    this.#copy.disabled = (header?.rowCount ?? 0) === 0;
    this.#chartToggle.disabled = (header?.columns.length ?? 0) === 0;
    this.#chartToggle.setAttribute('aria-pressed', String(this.#chart !== undefined));
    this.#pin.setAttribute('aria-pressed', String(header?.isPinned === true));
    if (header !== undefined) {
      this.#content.setAttribute('role', 'tabpanel');
      this.#content.setAttribute('aria-labelledby', `tab-${header.id}`);
    }
  }

  #showResult(header: ResultHeader | undefined): void {
    const before = this.#shown;
    this.#shown = header;
    if (header === undefined || header.id !== before?.id || header.revision !== before.revision) {
      this.#showGrid(header, before);
    }
    if (header !== undefined && header.id !== before?.id) {
      this.#host.post({ type: 'shown', resultId: header.id });
    }
    this.#showChart(header);
  }

  #showGrid(header: ResultHeader | undefined, before: ResultHeader | undefined): void {
    const hadFocus = this.#grid?.hasFocus === true;
    this.#grid?.dispose();
    this.#grid = undefined;
    if (header === undefined || header.columns.length === 0) {
      return;
    }
    const saved = this.#host.saved().grids.find(({ resultId }) => resultId === header.id);
    placeChildren(this.#content, [
      ...(this.#chart === undefined ? [] : [this.#chart.element]),
      this.#gridPlace,
    ]);
    const isRenewed = header.id === before?.id;
    this.#grid = new ResultGrid(
      this.#gridPlace,
      header,
      this.#gridHost(header),
      isRenewed && saved !== undefined ? { ...saved, scrollTop: 0 } : saved,
    );
    if (hadFocus) {
      this.#grid.focus();
    }
  }

  #showChart(header: ResultHeader | undefined): void {
    const wished =
      header === undefined
        ? undefined
        : this.#host.saved().charts.find(({ resultId }) => resultId === header.id);
    if (header !== undefined && wished !== undefined && this.#chart?.resultId === header.id) {
      this.#chart.follow(header);
      return;
    }
    this.#chart?.dispose();
    this.#chart = undefined;
    if (header !== undefined && wished !== undefined) {
      this.#chart = new ChartPane(header, wished, {
        requestData: (resultId) => this.#host.post({ type: 'chartData', resultId }),
        editSpec: (resultId, text) => this.#host.post({ type: 'editSpec', resultId, text }),
        savePicture: (title, format, base64) => this.#host.post({ type: 'picture', title, format, base64 }),
        changed: (state) => this.#saveChart(header.id, state),
        close: () => {
          this.toggleChart();
          this.#chartToggle.focus();
        },
      });
      placeChildren(this.#content, [this.#chart.element, this.#gridPlace]);
    }
  }

  #saveChart(resultId: string, chart: ChartState | undefined): void {
    this.#host.save(withChart(this.#host.saved(), resultId, chart));
  }

  #gridHost(header: ResultHeader): GridHost {
    const { id: resultId } = header;
    return {
      requestRows: ({ revision }, offset, limit) =>
        this.#host.post({ type: 'rows', resultId, revision, offset, limit }),
      copy: (range, withHeaders) =>
        this.#host.post({ type: 'copy', resultId, range, wish: { format: 'tsv', withHeaders } }),
      openValue: (row, column) => this.#host.post({ type: 'openValue', resultId, row, column }),
      sort: (column) => this.#askNarrow(withNextSort(header.narrowing, column)),
      askFilter: (column, place) => this.#askFilter(header, column, place),
      openMenu: ({ row, column }, place) =>
        openMenu(
          l10n.t('Cells'),
          menuParts(
            this.#copyItems(header),
            cellItems(row, () => this.#host.post({ type: 'openValue', resultId, row, column })),
            columnItems(header, column, {
              narrow: (narrowing) => this.#askNarrow(narrowing),
              askFilter: () => this.#askFilter(header, column, place),
              fit: () => void this.#grid?.fit(column),
            }),
          ),
          place,
        ),
      changed: (grid: GridState) => {
        const liveIds = this.#state.results.map(({ id }) => id);
        this.#host.save(withGrid(this.#host.saved(), grid, liveIds));
      },
    };
  }

  #copyItems(header: ResultHeader): MenuItems {
    const selection = this.#grid?.selection;
    const whole = this.#grid?.whole;
    if (selection === undefined || whole === undefined) {
      return [];
    }
    const rows = { ...selection, firstColumn: whole.firstColumn, lastColumn: whole.lastColumn };
    return copyItems({ selection, rows, whole }, (range, wish) =>
      this.#host.post({ type: 'copy', resultId: header.id, range, wish }),
    );
  }

  #openCopyMenu(): void {
    const header = this.#shown;
    if (header !== undefined) {
      const { left, bottom } = this.#copy.getBoundingClientRect();
      openMenu(l10n.t('Copy'), this.#copyItems(header), { x: left, y: bottom });
    }
  }

  #askFilter(header: ResultHeader, column: number, place: MenuPlace): void {
    if (header.fixedBecause !== undefined) {
      this.announce(header.fixedBecause);
      return;
    }
    const { narrowing } = header;
    askFilter({
      column,
      name: header.columns[column]?.name ?? '',
      filter: narrowing.filters.find((filter) => filter.column === column),
      place,
      onAnswer: (filter) =>
        this.#askNarrow(
          filter === undefined ? withoutFilter(narrowing, column) : withFilter(narrowing, filter),
        ),
    });
  }

  #askNarrow(narrowing: Narrowing): void {
    const header = this.#shown;
    if (header === undefined) {
      return;
    }
    if (header.fixedBecause !== undefined) {
      this.announce(header.fixedBecause);
      return;
    }
    this.#host.post({ type: 'narrow', resultId: header.id, narrowing });
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
