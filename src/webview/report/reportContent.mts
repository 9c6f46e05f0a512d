import * as l10n from '@vscode/l10n';
import type { ReportBlock, ReportModel, SectionModel } from '../../reports/reportModel';
import type { ReportSource } from '../../reports/reportSource';
import type { PictureFormat } from '../shared/charts/chartPicture.mjs';
import { element, placeChildren, showText } from '../shared/dom.mjs';
import { keepingFocus } from '../shared/focus.mjs';
import { BlockSlot } from './blocks/blockSlot.mjs';
import type { BlockTools } from './blocks/blockTools';
import { FooterView } from './footerView.mjs';
import { HeaderView } from './headerView.mjs';
import type { ReportEnd } from './protocol';

interface SectionView {
  readonly element: HTMLElement;
  readonly title: HTMLElement;
  readonly grid: HTMLElement;
}

/** The report itself: head, sections and foot. Whatever stays the same from one report to the next is not touched. */
export class ReportContent {
  readonly element = element('div', { className: 'content', attributes: { tabindex: '-1' } });
  readonly #tools: BlockTools;
  readonly #header = new HeaderView();
  readonly #footer: FooterView;
  readonly #sections = new Map<string, SectionView>();
  readonly #slots = new Map<string, BlockSlot>();
  /** Rows that came with the parts of the build under way. */
  #datasets: ReportModel['datasets'] = {};
  #reportId: string | undefined;
  #source: ReportSource | undefined;

  constructor(tools: BlockTools) {
    this.#tools = tools;
    this.#footer = new FooterView((queryId) => tools.openQuery(queryId));
  }

  /** The report that is shown, in part or whole. */
  get reportId(): string | undefined {
    return this.#reportId;
  }

  /** Lays a report out; blocks whose numbers are still to come keep what they show. */
  showFrame(model: ReportModel): void {
    keepingFocus(this.element, this.element, () => this.#layOut(model));
  }

  showWhole(model: ReportModel): void {
    this.showFrame(model);
    this.showEnd(model);
  }

  showBlock(block: ReportBlock, datasets: ReportModel['datasets']): void {
    this.#datasets = { ...this.#datasets, ...datasets };
    this.#slots.get(block.id)?.show(block, this.#rowsOf(block));
  }

  /** The last block is there. */
  showEnd(end: ReportEnd): void {
    this.#header.show(end);
    this.#footer.show(end);
    const queries = new Set(end.queries.map(({ id }) => id));
    for (const slot of this.#slots.values()) {
      slot.settle();
      slot.knowQueries(queries);
    }
  }

  /** Newer numbers of everything are being read, of this source. What another one said goes. */
  markStale(source: ReportSource | undefined): void {
    if (source !== this.#source) {
      keepingFocus(this.element, this.element, () => this.#clear());
      this.#source = source;
      return;
    }
    for (const slot of this.#slots.values()) {
      slot.markStale();
    }
  }

  /** Shows something instead of sections that is said of this source; with its head where there is a report. */
  showInstead(notice: HTMLElement, source: ReportSource | undefined, end?: ReportEnd): void {
    this.#source = source;
    keepingFocus(this.element, this.element, () => this.#replace(notice, end));
  }

  followTheme(hasOtherFont: boolean): void {
    for (const slot of this.#slots.values()) {
      slot.followTheme(hasOtherFont);
    }
  }

  /** @throws Error when there is no such chart */
  picture(blockId: string, format: PictureFormat): Promise<Blob> {
    const slot = this.#slots.get(blockId);
    return slot === undefined
      ? Promise.reject(new Error(l10n.t('The chart is no longer shown.')))
      : slot.picture(format);
  }

  #layOut(model: ReportModel): void {
    if (model.reportId !== this.#reportId || model.settings.source !== this.#source) {
      this.#clear();
      this.#footer.show(model);
    }
    this.#reportId = model.reportId;
    this.#source = model.settings.source;
    this.#datasets = model.datasets;
    this.#header.show(model);
    this.#keepSlots(model.sections);
    placeChildren(this.element, [
      this.#header.element,
      ...model.sections.map((section) => this.#section(section)),
      this.#footer.element,
    ]);
  }

  #replace(notice: HTMLElement, end: ReportEnd | undefined): void {
    this.#clear();
    if (end === undefined) {
      placeChildren(this.element, [notice]);
      return;
    }
    this.#header.show(end);
    this.#footer.show(end);
    placeChildren(this.element, [this.#header.element, notice, this.#footer.element]);
  }

  #clear(): void {
    this.#keepSlots([]);
    this.#sections.clear();
    this.#reportId = undefined;
    this.element.replaceChildren();
  }

  #section({ id, title, blocks }: SectionModel): HTMLElement {
    const view = this.#sections.get(id) ?? newSection(id);
    this.#sections.set(id, view);
    showText(view.title, title);
    placeChildren(
      view.grid,
      blocks.map((block) => {
        const slot = this.#slots.get(block.id) ?? new BlockSlot(this.#tools);
        this.#slots.set(block.id, slot);
        slot.show(block, this.#rowsOf(block));
        return slot.element;
      }),
    );
    return view.element;
  }

  #keepSlots(sections: readonly SectionModel[]): void {
    const ids = new Set(sections.flatMap(({ blocks }) => blocks.map(({ id }) => id)));
    for (const [id, slot] of this.#slots) {
      if (!ids.has(id)) {
        slot.dispose();
        this.#slots.delete(id);
      }
    }
  }

  #rowsOf(block: ReportBlock) {
    return block.type === 'chart' ? (this.#datasets[block.dataset] ?? []) : [];
  }
}

function newSection(id: string): SectionView {
  const title = element('h2', { attributes: { id: `section-${id}` } });
  const grid = element('div', { className: 'grid' });
  const section = element('section', { attributes: { 'aria-labelledby': title.id } }, title, grid);
  return { element: section, title, grid };
}
