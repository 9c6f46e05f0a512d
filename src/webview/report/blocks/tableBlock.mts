import * as l10n from '@vscode/l10n';
import type { TableBlock as Block } from '../../../reports/reportModel';
import { quietButton } from '../../shared/controls.mjs';
import { element, showText } from '../../shared/dom.mjs';
import { TableGrid } from '../../shared/tableGrid.mjs';
import { BlockHead } from './blockHead.mjs';
import type { BlockTools, BlockView } from './blockTools';

/** A table with its heading; sorted and lengthened by the extension, which knows the rows that are left out. */
export class TableBlockView implements BlockView<Block> {
  readonly element = element('div', { className: 'table panel' });
  readonly #tools: BlockTools;
  readonly #head: BlockHead;
  readonly #grid: TableGrid;
  readonly #cut = element('span');
  readonly #length: HTMLButtonElement;
  #blockId = '';
  #canBeLonger = false;

  constructor(tools: BlockTools) {
    this.#tools = tools;
    const head = element('div');
    this.#head = new BlockHead(head, tools);
    this.#grid = new TableGrid({
      follow: (link) => tools.follow(link),
      sortBy: (sort) => tools.changeTable(this.#blockId, { ...tools.tableOf(this.#blockId), sort }),
    });
    this.#length = quietButton({
      label: l10n.t('Show More'),
      onClick: () =>
        tools.changeTable(this.#blockId, { ...tools.tableOf(this.#blockId), isLong: this.#canBeLonger }),
    });
    this.element.append(
      head,
      this.#grid.element,
      element('p', { className: 'cut' }, this.#cut, this.#length),
    );
  }

  show({ id, title, description, dataset, table, sort, canBeLonger, cutNote }: Block): void {
    this.#blockId = id;
    this.#canBeLonger = canBeLonger;
    this.#head.show({ id, title, description, dataset });
    this.#grid.show(table, title, sort);
    showText(this.#cut, cutNote);
    const isLong = this.#tools.tableOf(id).isLong === true;
    this.#length.hidden = !canBeLonger && !isLong;
    this.#length.textContent = canBeLonger ? l10n.t('Show More') : l10n.t('Show Fewer');
    this.#length.setAttribute(
      'aria-label',
      `${canBeLonger ? l10n.t('Show More') : l10n.t('Show Fewer')}: ${title}`,
    );
  }

  knowQueries(ids: ReadonlySet<string>): void {
    this.#head.knowQueries(ids);
  }
}
