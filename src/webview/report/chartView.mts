import type { Result } from 'vega-embed';
import type { ChartBlock, ReportRow } from '../../reports/reportModel';
import { element } from '../shared/dom.mjs';
import type { Drawing, DrawQueue } from './drawQueue.mjs';
import { tableView } from './tableView.mjs';
import { drawChart } from './vegaChart.mjs';

/** A chart with its heading and its data as a table. Lives as long as its place in the report. */
export class ChartView implements Drawing {
  readonly element = element('figure');
  readonly #queue: DrawQueue;
  readonly #title = element('h3');
  readonly #description = element('p');
  readonly #picture = element('div', { className: 'picture', attributes: { role: 'img' } });
  readonly #data = element('div');
  readonly #resizes: ResizeObserver;
  #block: ChartBlock | undefined;
  #rows: readonly ReportRow[] = [];
  /** What the picture or the one under way shows, to leave an equal one alone. */
  #key = '';
  #drawn: Result | undefined;

  constructor(queue: DrawQueue) {
    this.#queue = queue;
    this.element.append(
      element('figcaption', {}, this.#title, this.#description),
      this.#picture,
      element('details', {}, element('summary', { text: 'Show data' }), this.#data),
    );
    this.#resizes = new ResizeObserver(() => this.#fit());
    this.#resizes.observe(this.#picture);
  }

  /** Shows a block; the old picture stays until the new one is there. */
  show(block: ChartBlock, rows: readonly ReportRow[]): void {
    const key = JSON.stringify([block, rows]);
    if (key === this.#key) {
      return;
    }
    this.#key = key;
    this.#block = block;
    this.#rows = rows;
    this.element.classList.toggle('wide', block.isWide);
    this.#title.textContent = block.title;
    this.#description.textContent = block.description;
    this.#picture.setAttribute('aria-label', block.summary);
    this.#data.replaceChildren(tableView(block.table, `${block.title}: data`));
    this.redraw();
  }

  /** Draws the same again, for another font. */
  redraw(): void {
    this.#queue.add(this);
  }

  async draw(): Promise<void> {
    const block = this.#block;
    if (block === undefined) {
      return;
    }
    const host = element('div', { className: 'canvas' });
    const before = this.#drawn;
    // The old picture keeps its place while the new one, which must be in the page to know its width, is invisible.
    host.classList.add('pending');
    this.#picture.append(host);
    try {
      this.#drawn = await drawChart(host, block.spec, { name: block.dataset, rows: this.#rows });
      host.querySelector('svg')?.setAttribute('aria-hidden', 'true');
      before?.finalize();
      this.#picture.replaceChildren(host);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#picture.replaceChildren(
        element('p', { className: 'failure', text: `This chart cannot be drawn: ${message}` }),
      );
    } finally {
      host.classList.remove('pending');
    }
  }

  dispose(): void {
    this.#queue.remove(this);
    this.#resizes.disconnect();
    this.#drawn?.finalize();
    this.element.remove();
  }

  /** Vega itself follows the window alone, not its place in the page. */
  #fit(): void {
    const width = this.#picture.clientWidth;
    const view = this.#drawn?.view;
    if (view !== undefined && width > 0 && Math.abs(Number(view.signal('width')) - width) >= 1) {
      void view.signal('width', width).runAsync();
    }
  }
}
