import * as l10n from '@vscode/l10n';
import type { ReportBlock, ReportRow } from '../../../reports/reportModel';
import type { PictureFormat } from '../../shared/charts/chartPicture.mjs';
import { element } from '../../shared/dom.mjs';
import type { BlockTools, BlockView } from './blockTools';
import { ChartBlockView } from './chartBlock.mjs';
import { FailedBlockView, PendingBlockView } from './otherBlocks.mjs';
import { TableBlockView } from './tableBlock.mjs';
import { TextBlockView } from './textBlock.mjs';
import { TilesBlock } from './tilesBlock.mjs';

const VIEWS: {
  readonly [T in ReportBlock['type']]: (tools: BlockTools) => BlockView<Extract<ReportBlock, { type: T }>>;
} = {
  kpis: () => new TilesBlock(),
  chart: (tools) => new ChartBlockView(tools),
  table: (tools) => new TableBlockView(tools),
  text: (tools) => new TextBlockView(tools),
  pending: () => new PendingBlockView(),
  failed: (tools) => new FailedBlockView(tools),
};

/** The place of one block in a report: what stands there changes, the place stays. */
export class BlockSlot {
  readonly element = element('div', { className: 'slot', attributes: { tabindex: '-1' } });
  readonly #tools: BlockTools;
  #view: BlockView | undefined;
  #type: ReportBlock['type'] | undefined;
  /** What is shown, to leave an equal block alone. */
  #key = '';

  constructor(tools: BlockTools) {
    this.#tools = tools;
  }

  /** Shows a block. One that is still to come leaves what is there, marked as old. */
  show(block: ReportBlock, rows: readonly ReportRow[]): void {
    if (block.type === 'pending' && block.of === this.#type) {
      this.#mark(true);
      return;
    }
    this.#mark(false);
    const key = JSON.stringify([block, rows]);
    if (key === this.#key) {
      return;
    }
    this.#key = key;
    this.element.classList.toggle('wide', isWide(block));
    this.#viewOf(block.type).show(block, rows);
  }

  /** Newer numbers of what is shown are being read. */
  markStale(): void {
    this.#mark(this.#type !== 'pending' && this.#type !== 'failed');
  }

  /** No newer numbers come. */
  settle(): void {
    this.#mark(false);
  }

  followTheme(hasOtherFont: boolean): void {
    this.#view?.followTheme?.(hasOtherFont);
  }

  knowQueries(ids: ReadonlySet<string>): void {
    this.#view?.knowQueries?.(ids);
  }

  /** @throws Error when what is shown is no chart */
  picture(format: PictureFormat): Promise<Blob> {
    return this.#view?.picture?.(format) ?? Promise.reject(new Error(l10n.t('The chart is not there yet.')));
  }

  dispose(): void {
    this.#view?.dispose?.();
    this.element.remove();
  }

  #viewOf(type: ReportBlock['type']): BlockView {
    if (this.#view !== undefined && this.#type === type) {
      return this.#view;
    }
    this.#view?.dispose?.();
    // The table of views has one for each type; the compiler cannot relate the two by itself.
    this.#view = VIEWS[type](this.#tools);
    this.#type = type;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.replaceChildren(this.#view.element);
    if (hadFocus) {
      this.element.focus({ preventScroll: true });
    }
    return this.#view;
  }

  #mark(isStale: boolean): void {
    this.element.classList.toggle('stale', isStale);
    this.element.setAttribute('aria-busy', String(isStale));
  }
}

function isWide(block: ReportBlock): boolean {
  return 'isWide' in block ? block.isWide : true;
}
