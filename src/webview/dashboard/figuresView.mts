import * as l10n from '@vscode/l10n';
import type { ChartBlock, ReportRow } from '../../reports/reportModel';
import { ChartData } from '../shared/charts/chartData.mjs';
import { ChartFigure } from '../shared/charts/chartFigure.mjs';
import type { DrawQueue } from '../shared/charts/drawQueue.mjs';
import { quietButton } from '../shared/controls.mjs';
import { element, placeChildren, showText } from '../shared/dom.mjs';
import { TileList } from '../shared/tileList.mjs';
import type { DashboardFigures, ToExtension } from './protocol';

/** Today's numbers of all instances and the last days as pictures. */
export class FiguresView {
  readonly element: HTMLElement;
  readonly #queue: DrawQueue;
  readonly #waiting = element('p', { className: 'muted', text: l10n.t('Reading…') });
  readonly #message = element('p', { className: 'failure' });
  readonly #failure: HTMLElement;
  readonly #tiles = new TileList();
  readonly #grid = element('div', { className: 'grid' });
  readonly #charts = new Map<string, SmallChart>();

  constructor(queue: DrawQueue, post: (message: ToExtension) => void) {
    this.#queue = queue;
    this.#failure = element(
      'div',
      { className: 'panel' },
      this.#message,
      element(
        'div',
        { className: 'buttons' },
        quietButton({ label: l10n.t('Show Log'), onClick: () => post({ type: 'showLog' }) }),
      ),
    );
    const heading = element('h2', {
      text: l10n.t('Today, all instances'),
      attributes: { id: 'section-today' },
    });
    this.element = element(
      'section',
      { attributes: { 'aria-labelledby': heading.id } },
      heading,
      this.#waiting,
      this.#failure,
      this.#tiles.element,
      this.#grid,
    );
  }

  show(figures: DashboardFigures): void {
    const { phase } = figures;
    this.#waiting.hidden = phase !== 'loading';
    this.#failure.hidden = phase !== 'failed';
    this.#tiles.element.hidden = phase !== 'ready';
    this.#grid.hidden = phase !== 'ready';
    if (phase === 'failed') {
      showText(this.#message, figures.message);
    }
    if (phase === 'ready') {
      this.element.setAttribute('aria-busy', String(figures.isStale));
      this.#tiles.show(figures.totals);
      this.#showCharts(figures.charts, figures.datasets);
    }
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
