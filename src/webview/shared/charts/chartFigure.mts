import * as l10n from '@vscode/l10n';
import type { Result } from 'vega-embed';
import type { ChartBlock, ReportLink, ReportRow } from '../../../reports/reportModel';
import { element } from '../dom.mjs';
import { chartPicture, type PictureFormat } from './chartPicture.mjs';
import { hideTooltip } from './chartTooltip.mjs';
import { linkOfMark } from './clicks';
import type { Drawing, DrawQueue } from './drawQueue.mjs';
import { drawChart, isPainted } from './vegaChart.mjs';

/** Pixels of a plot whose spec leaves its height open, and of the axis and the legend around a plot. */
const PLOT_HEIGHT = 220;
const ROUND_PLOT = 44;
/** Pixels of a picture of a chart that is not on the screen. */
const DEFAULT_WIDTH = 800;

export interface ChartPlace {
  readonly queue: DrawQueue;
  readonly follow: (link: ReportLink) => void;
}

/** The picture of a chart with its sentence for those who cannot see it. Lives as long as its place in the page. */
export class ChartFigure implements Drawing {
  readonly element = element('div', { className: 'picture', attributes: { role: 'img' } });
  readonly #place: ChartPlace;
  readonly #resizes: ResizeObserver;
  #block: ChartBlock | undefined;
  #rows: readonly ReportRow[] = [];
  #drawn: Result | undefined;
  #isDisposed = false;

  constructor(place: ChartPlace) {
    this.#place = place;
    this.#resizes = new ResizeObserver(() => this.#fit());
    this.#resizes.observe(this.element);
  }

  /** Shows a chart; the old picture stays until the new one is there. */
  show(block: ChartBlock, rows: readonly ReportRow[]): void {
    this.#block = block;
    this.#rows = rows;
    this.element.setAttribute('aria-label', block.summary);
    if (this.#drawn === undefined) {
      this.element.style.minHeight = `${heightOf(block)}px`;
    }
    this.#place.queue.add(this);
  }

  /** Draws the same again after a change of the theme. Pictures made of elements follow its colours by themselves. */
  followTheme(hasOtherFont: boolean): void {
    const source = this.#source();
    if (source !== undefined && (hasOtherFont || isPainted(source))) {
      this.#place.queue.add(this);
    }
  }

  async draw(): Promise<void> {
    const source = this.#source();
    if (source === undefined) {
      return;
    }
    if (source.rows.length === 0) {
      this.#showNothing();
      return;
    }
    const host = element('div', { className: 'canvas pending' });
    const before = this.#drawn;
    // The old picture keeps its place while the new one, which must be in the page to know its width, is invisible.
    this.element.append(host);
    try {
      const drawn = await drawChart(host, source);
      this.#drawn = drawn;
      this.#makeClickable(drawn);
      host.querySelector('svg, canvas')?.setAttribute('aria-hidden', 'true');
      this.element.setAttribute('role', 'img');
      this.element.replaceChildren(host);
      this.element.style.minHeight = '';
    } catch (error) {
      this.#drawn = undefined;
      const message = error instanceof Error ? error.message : String(error);
      // Readers take an image as one thing and would not read the words in it.
      this.element.removeAttribute('role');
      this.element.replaceChildren(
        element('p', { className: 'failure', text: l10n.t('This chart cannot be drawn: {0}', message) }),
      );
    } finally {
      before?.finalize();
      hideTooltip();
      host.classList.remove('pending');
      if (this.#isDisposed) {
        this.#drawn?.finalize();
      }
    }
  }

  /** The chart as a file. @throws Error when it cannot be drawn */
  picture(format: PictureFormat): Promise<Blob> {
    if (this.#block === undefined) {
      return Promise.reject(new Error(l10n.t('The chart is not there yet.')));
    }
    return chartPicture(this.#block, this.#rows, this.element.clientWidth || DEFAULT_WIDTH, format);
  }

  dispose(): void {
    this.#place.queue.remove(this);
    this.#resizes.disconnect();
    this.#drawn?.finalize();
    hideTooltip();
    this.#isDisposed = true;
  }

  #showNothing(): void {
    this.#drawn?.finalize();
    this.#drawn = undefined;
    this.element.setAttribute('role', 'img');
    this.element.replaceChildren(
      element('p', { className: 'nothing muted', text: l10n.t('Nothing in this period.') }),
    );
  }

  #source() {
    return this.#block === undefined
      ? undefined
      : { spec: this.#block.spec, dataset: this.#block.dataset, rows: this.#rows };
  }

  #makeClickable({ view }: Result): void {
    const click = this.#block?.click;
    if (click === undefined) {
      return;
    }
    view.addEventListener('click', (_, item) => {
      const link = linkOfMark(click, item?.datum);
      if (link !== undefined) {
        this.#place.follow(link);
      }
    });
  }

  /** Vega itself follows the window alone, not its place in the page. */
  #fit(): void {
    const width = this.element.clientWidth;
    const spec = this.#block?.spec;
    const isAsWideAsPlace = spec !== undefined && 'width' in spec && spec.width === 'container';
    const view = this.#drawn?.view;
    if (
      isAsWideAsPlace &&
      view !== undefined &&
      width > 0 &&
      Math.abs(Number(view.signal('width')) - width) >= 1
    ) {
      void view.signal('width', width).runAsync();
    }
  }
}

/** About what a chart will take, so that nothing below it jumps when it is drawn. */
function heightOf({ spec }: ChartBlock): number {
  const height = 'height' in spec && typeof spec.height === 'number' ? spec.height : PLOT_HEIGHT;
  return height + ROUND_PLOT;
}
