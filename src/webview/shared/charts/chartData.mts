import * as l10n from '@vscode/l10n';
import type { ChartBlock, ReportLink } from '../../../reports/reportModel';
import { element } from '../dom.mjs';
import { TableGrid } from '../tableGrid.mjs';
import { translated } from '../../../language/translated';

/** The words say that the keyboard has a way to what a click on a mark does. */
const WORDS = translated(() => ({
  plain: l10n.t('Show data'),
  withLinks: l10n.t('Show data, with the links of the marks'),
}));

/** A chart's data as a table, folded away. Rows that nobody looks at are not laid out. */
export class ChartData {
  readonly #summary = element('summary');
  readonly #grid: TableGrid;
  readonly element: HTMLDetailsElement;
  #block: ChartBlock | undefined;

  constructor(follow: (link: ReportLink) => void) {
    this.#grid = new TableGrid({ follow });
    this.element = element('details', {}, this.#summary, this.#grid.element);
    this.element.addEventListener('toggle', () => this.#showRows());
  }

  show(block: ChartBlock): void {
    this.#block = block;
    const words = block.click === undefined ? WORDS.plain : WORDS.withLinks;
    this.#summary.textContent = words;
    this.#summary.setAttribute('aria-label', `${words}: ${block.title}`);
    this.#showRows();
  }

  #showRows(): void {
    if (this.#block !== undefined && this.element.open) {
      this.#grid.show(this.#block.table, l10n.t('{0}: data', this.#block.title));
    }
  }
}
