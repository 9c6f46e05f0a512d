import type { ChartBlock, ReportRow } from '../../../reports/reportModel';
import { ChartFigure } from '../../shared/charts/chartFigure.mjs';
import type { PictureFormat } from '../../shared/charts/chartPicture.mjs';
import { element } from '../../shared/dom.mjs';
import { BlockHead } from './blockHead.mjs';
import type { BlockTools, BlockView } from './blockTools';
import { TableGrid } from './tableGrid.mjs';

const DATA = 'Show data';
const DATA_WITH_LINKS = 'Show data, with the links of the marks';

/** A chart with its heading and its data as a table. */
export class ChartBlockView implements BlockView<ChartBlock> {
  readonly element = element('figure', { className: 'panel' });
  readonly #head: BlockHead;
  readonly #figure: ChartFigure;
  readonly #summary = element('summary');
  readonly #data: HTMLDetailsElement;
  readonly #grid: TableGrid;
  #block: ChartBlock | undefined;

  constructor(tools: BlockTools) {
    const caption = element('figcaption');
    this.#head = new BlockHead(caption, tools);
    this.#figure = new ChartFigure({ queue: tools.queue, follow: (link) => tools.follow(link) });
    this.#grid = new TableGrid({ follow: (link) => tools.follow(link) });
    this.#data = element('details', {}, this.#summary, this.#grid.element);
    this.#data.addEventListener('toggle', () => this.#showData());
    this.element.append(caption, this.#figure.element, this.#data);
  }

  show(block: ChartBlock, rows: readonly ReportRow[]): void {
    this.#block = block;
    this.#head.show(block);
    this.#summary.textContent = block.click === undefined ? DATA : DATA_WITH_LINKS;
    this.#summary.setAttribute('aria-label', `${this.#summary.textContent}: ${block.title}`);
    this.#figure.show(block, rows);
    this.#showData();
  }

  followTheme(hasOtherFont: boolean): void {
    this.#figure.followTheme(hasOtherFont);
  }

  knowQueries(ids: ReadonlySet<string>): void {
    this.#head.knowQueries(ids);
  }

  picture(format: PictureFormat): Promise<Blob> {
    return this.#figure.picture(format);
  }

  dispose(): void {
    this.#figure.dispose();
  }

  /** Rows that nobody looks at are not laid out. */
  #showData(): void {
    if (this.#block !== undefined && this.#data.open) {
      this.#grid.show(this.#block.table, `${this.#block.title}: data`);
    }
  }
}
