import * as l10n from '@vscode/l10n';
import { element } from '../shared/dom.mjs';
import { askFilter } from './filterDialog.mjs';
import { ResultGrid, type GridHost } from './grid.mjs';
import { openMenu, type MenuItems, type MenuPlace } from './menu.mjs';
import { cellItems, columnItems, copyItems, menuParts } from './menus';
import { withFilter, withNextSort, withoutFilter, type Narrowing } from './narrowing';
import type { PageHost } from './pageHost';
import type { ResultHeader, WireColumn } from './protocol';
import { withGrid } from './savedState';

export interface ShownGridHost extends PageHost {
  readonly announce: (words: string) => void;
  /** Ids of all results: places in others are forgotten. */
  readonly liveIds: () => readonly string[];
}

/** The grid of the result that is shown, and what its reader asks of rows and columns. */
export class ShownGrid {
  readonly element = element('div', { className: 'grid-place' });
  readonly #host: ShownGridHost;
  #header: ResultHeader | undefined;
  #grid: ResultGrid | undefined;

  constructor(host: ShownGridHost) {
    this.#host = host;
  }

  /** Draws the result anew if it is another or has other rows. `element` must be in the document: fonts are measured there. */
  show(header: ResultHeader | undefined): void {
    const before = this.#header;
    this.#header = header;
    if (header !== undefined && header.id === before?.id && header.revision === before.revision) {
      return;
    }
    const hadFocus = this.#grid?.hasFocus === true;
    this.#grid?.dispose();
    this.#grid = undefined;
    if (header === undefined || header.columns.length === 0) {
      return;
    }
    const saved = this.#host.saved().grids.find(({ resultId }) => resultId === header.id);
    const isRenewed = header.id === before?.id;
    const place = isRenewed && saved !== undefined ? { ...saved, scrollTop: 0 } : saved;
    this.#grid = new ResultGrid(this.element, header, this.#gridHost(header), place);
    if (hadFocus) {
      this.#grid.focus();
    }
  }

  /** Rows that the grid asked for; those of another result come too late and are dropped. */
  putRows(resultId: string, revision: number, offset: number, columns: readonly WireColumn[]): void {
    if (resultId === this.#header?.id && revision === this.#header.revision) {
      this.#grid?.putRows(offset, columns);
    }
  }

  /** Asks for other rows, or says why there can be no others. */
  narrow(narrowing: Narrowing): void {
    const header = this.#header;
    if (header !== undefined && this.#canNarrow(header)) {
      this.#host.post({ type: 'narrow', resultId: header.id, narrowing });
    }
  }

  openCopyMenu(place: MenuPlace): void {
    if (this.#header !== undefined) {
      openMenu(l10n.t('Copy'), this.#copyItems(this.#header), place);
    }
  }

  #gridHost(header: ResultHeader): GridHost {
    const { id: resultId } = header;
    const { post, saved, save, liveIds } = this.#host;
    return {
      requestRows: ({ revision }, offset, limit) => post({ type: 'rows', resultId, revision, offset, limit }),
      copy: (range, withHeaders) =>
        post({ type: 'copy', resultId, range, wish: { format: 'tsv', withHeaders } }),
      openValue: (row, column) => post({ type: 'openValue', resultId, row, column }),
      sort: (column) => this.narrow(withNextSort(header.narrowing, column)),
      askFilter: (column, place) => this.#askFilter(header, column, place),
      openMenu: ({ row, column }, place) =>
        openMenu(
          l10n.t('Cells'),
          menuParts(
            this.#copyItems(header),
            cellItems(row, () => post({ type: 'openValue', resultId, row, column })),
            columnItems(header, column, {
              narrow: (narrowing) => this.narrow(narrowing),
              askFilter: () => this.#askFilter(header, column, place),
              fit: () => void this.#grid?.fit(column),
            }),
          ),
          place,
        ),
      changed: (grid) => save(withGrid(saved(), grid, liveIds())),
    };
  }

  #copyItems(header: ResultHeader): MenuItems {
    const selection = this.#grid?.selection;
    const whole = this.#grid?.whole;
    if (selection === undefined || whole === undefined) {
      return [];
    }
    const rows = { ...selection, firstColumn: whole.firstColumn, lastColumn: whole.lastColumn };
    return copyItems({ selection, rows, whole }, (range, wish) =>
      this.#host.post({ type: 'copy', resultId: header.id, range, wish }),
    );
  }

  #askFilter(header: ResultHeader, column: number, place: MenuPlace): void {
    if (!this.#canNarrow(header)) {
      return;
    }
    const { narrowing } = header;
    askFilter({
      column,
      name: header.columns[column]?.name ?? '',
      filter: narrowing.filters.find((filter) => filter.column === column),
      place,
      onAnswer: (filter) =>
        this.narrow(filter === undefined ? withoutFilter(narrowing, column) : withFilter(narrowing, filter)),
    });
  }

  #canNarrow({ fixedBecause }: ResultHeader): boolean {
    if (fixedBecause !== undefined) {
      this.#host.announce(fixedBecause);
    }
    return fixedBecause === undefined;
  }
}
