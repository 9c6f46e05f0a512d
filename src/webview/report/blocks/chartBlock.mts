import type { ChartBlock, ReportRow } from '../../../reports/reportModel';
import { ChartData } from '../../shared/charts/chartData.mjs';
import { ChartFigure } from '../../shared/charts/chartFigure.mjs';
import type { PictureFormat } from '../../shared/charts/chartPicture.mjs';
import { element } from '../../shared/dom.mjs';
import { BlockHead } from './blockHead.mjs';
import type { BlockTools, BlockView } from './blockTools';

/** A chart with its heading and its data as a table. */
export class ChartBlockView implements BlockView<ChartBlock> {
  readonly element = element('figure', { className: 'panel' });
  readonly #head: BlockHead;
  readonly #figure: ChartFigure;
  readonly #data: ChartData;

  constructor(tools: BlockTools) {
    const caption = element('figcaption');
    this.#head = new BlockHead(caption, tools);
    this.#figure = new ChartFigure({ queue: tools.queue, follow: (link) => tools.follow(link) });
    this.#data = new ChartData((link) => tools.follow(link));
    this.element.append(caption, this.#figure.element, this.#data.element);
  }

  show(block: ChartBlock, rows: readonly ReportRow[]): void {
    this.#head.show(block);
    this.#figure.show(block, rows);
    this.#data.show(block);
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
}
