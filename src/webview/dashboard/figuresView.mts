import * as l10n from '@vscode/l10n';
import type { ChartBlock, ReportRow } from '../../reports/reportModel';
import { ChartData } from '../shared/charts/chartData.mjs';
import { ChartFigure } from '../shared/charts/chartFigure.mjs';
import type { DrawQueue } from '../shared/charts/drawQueue.mjs';
import { element, placeChildren, showText } from '../shared/dom.mjs';
import { keepingFocus } from '../shared/focus.mjs';
import { failureNotice } from '../shared/notice.mjs';
import { TileList } from '../shared/tileList.mjs';
import type { DashboardFigures } from './protocol';

type Failure = Extract<DashboardFigures, { phase: 'failed' }>;

/** No picture of older numbers is left to be seen while newer ones are drawn. */
const NOTHING = { totals: [], charts: [], datasets: {}, isStale: false } as const;

/** What can be done where there are no numbers. */
export interface FiguresActions {
  readonly tryAgain: () => void;
  readonly readMirror: () => void;
  readonly showLog: () => void;
}

/** Today's numbers of all instances and the last days as pictures. */
export class FiguresView {
  readonly element: HTMLElement;
  readonly #queue: DrawQueue;
  readonly #waiting = element('p', { className: 'muted', text: l10n.t('Reading…') });
  readonly #heading = element('h2', {
    text: l10n.t('Today, all instances'),
    attributes: { id: 'section-today', tabindex: '-1' },
  });
  readonly #failure = element('div');
  readonly #tiles = new TileList();
  readonly #grid = element('div', { className: 'grid' });
  readonly #charts = new Map<string, SmallChart>();
  readonly #actions: FiguresActions;
  #failureKey: string | undefined;

  constructor(queue: DrawQueue, actions: FiguresActions) {
    this.#queue = queue;
    this.#actions = actions;
    this.element = element(
      'section',
      { attributes: { 'aria-labelledby': this.#heading.id } },
      this.#heading,
      this.#waiting,
      this.#failure,
      this.#tiles.element,
      this.#grid,
    );
  }

  show(figures: DashboardFigures): void {
    const { phase } = figures;
    this.#waiting.hidden = phase !== 'loading';
    this.#showFailure(phase === 'failed' ? figures : undefined);
    this.#tiles.element.hidden = phase !== 'ready';
    this.#grid.hidden = phase !== 'ready';
    const { totals, charts, datasets, isStale } = phase === 'ready' ? figures : NOTHING;
    this.element.setAttribute('aria-busy', String(phase === 'loading' || isStale));
    this.#tiles.show(totals);
    this.#showCharts(charts, datasets);
  }

  /** States come several times a second during a sync: the same failure is said once. */
  #showFailure(failure: Failure | undefined): void {
    const key = failure && JSON.stringify(failure);
    if (key === this.#failureKey) {
      return;
    }
    this.#failureKey = key;
    keepingFocus(this.#failure, this.#heading, () =>
      this.#failure.replaceChildren(...(failure === undefined ? [] : [this.#failureNotice(failure)])),
    );
  }

  #failureNotice({ message, isOfWarehouse }: Failure): HTMLElement {
    const { readMirror, ...always } = this.#actions;
    return failureNotice(message, { ...always, readMirror: isOfWarehouse === true ? readMirror : undefined });
  }

  followTheme(hasOtherFont: boolean): void {
    for (const chart of this.#charts.values()) {
      chart.followTheme(hasOtherFont);
    }
  }

  #showCharts(blocks: readonly ChartBlock[], datasets: Readonly<Record<string, readonly ReportRow[]>>): void {
    const ids = new Set(blocks.map(({ id }) => id));
    for (const [id, chart] of this.#charts) {
      if (!ids.has(id)) {
        chart.dispose();
        this.#charts.delete(id);
      }
    }
    placeChildren(
      this.#grid,
      blocks.map((block) => {
        const chart = this.#charts.get(block.id) ?? new SmallChart(this.#queue);
        this.#charts.set(block.id, chart);
        chart.show(block, datasets[block.dataset] ?? []);
        return chart.element;
      }),
    );
  }
}

/** A chart with its title and its data. Its marks lead nowhere: reports are for that. */
class SmallChart {
  readonly #title = element('h3');
  readonly #description = element('p', { className: 'muted' });
  readonly #figure: ChartFigure;
  readonly #data = new ChartData(() => undefined);
  readonly element: HTMLElement;
  #key = '';

  constructor(queue: DrawQueue) {
    this.#figure = new ChartFigure({ queue, follow: () => undefined });
    this.element = element(
      'figure',
      { className: 'panel' },
      element('figcaption', {}, this.#title, this.#description),
      this.#figure.element,
      this.#data.element,
    );
  }

  show(block: ChartBlock, rows: readonly ReportRow[]): void {
    // States come several times a second during a sync; most bring the same picture.
    const key = JSON.stringify([block, rows]);
    if (key === this.#key) {
      return;
    }
    this.#key = key;
    showText(this.#title, block.title);
    showText(this.#description, block.description);
    this.#figure.show({ ...block, click: undefined }, rows);
    this.#data.show({ ...block, click: undefined });
  }

  followTheme(hasOtherFont: boolean): void {
    this.#figure.followTheme(hasOtherFont);
  }

  dispose(): void {
    this.#figure.dispose();
  }
}
