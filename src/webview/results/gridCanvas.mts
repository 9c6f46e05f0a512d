import type { ColumnWidths } from './columnWidths';
import { HEADER_ROW, type CellPosition } from './gridCursor';
import {
  cellElement,
  cornerElement,
  element,
  headerElement,
  type HeaderMarks,
  measureFont,
  rowElement,
  rowNumberElement,
  spacerElement,
} from './gridDom.mjs';
import {
  columnEdges,
  columnWindow,
  rowWindow,
  scrollHeight,
  scrollLeftFor,
  scrollTopFor,
  type RowLayout,
} from './gridMetrics';
import * as l10n from '@vscode/l10n';
import type { CellRange, ResultHeader } from './protocol';
import type { RowCache } from './rowCache';

/** Where the drawn values and widths come from. */
export interface CanvasSource {
  readonly cache: RowCache;
  readonly widths: ColumnWidths;
}

/** The part of a grid that is in the document: the rows and columns in sight, and which cell is the active one. */
export class GridCanvas {
  readonly root = element('grid', 'grid');
  /** Px of one character of a cell. */
  readonly character: number;
  readonly #head = element('row head', 'row');
  readonly #canvas = element('canvas', 'rowgroup');
  readonly #header: ResultHeader;
  readonly #rowHeight: number;
  readonly #numberWidth: number;
  readonly #rows = new Map<number, HTMLElement>();
  #edges: readonly number[] = [0];
  #columns = { first: 0, last: 0 };
  #mustRedraw = true;

  /** Appends itself to `parent`, which must be in the document: sizes are measured there. */
  constructor(parent: HTMLElement, header: ResultHeader) {
    this.#header = header;
    this.root.setAttribute('aria-label', l10n.t('{0}: rows', header.title));
    this.root.setAttribute('aria-multiselectable', 'true');
    this.root.setAttribute('aria-rowcount', String(header.rowCount + 1));
    this.root.setAttribute('aria-colcount', String(header.columns.length + 1));
    this.#head.setAttribute('aria-rowindex', '1');
    this.root.append(this.#head, this.#canvas);
    parent.append(this.root);

    const { rowHeight, character } = measureFont(this.root);
    this.#rowHeight = rowHeight;
    this.character = character;
    this.#numberWidth = Math.ceil((String(header.rowCount).length + 2) * character);
  }

  get layout(): RowLayout {
    const viewportHeight = Math.max(this.root.clientHeight - this.#rowHeight, this.#rowHeight);
    return { rowCount: this.#header.rowCount, rowHeight: this.#rowHeight, viewportHeight };
  }

  /** Indexes of the rows in the document. */
  get drawnRows(): number[] {
    return [...this.#rows.keys()];
  }

  /** Where the active cell is on the screen; the grid's corner while it is out of sight. */
  placeOf({ row, column }: CellPosition): { readonly x: number; readonly y: number } {
    const cell = this.root.querySelector(`[data-row="${row}"][data-column="${column}"]`);
    const { left, bottom, top } = (cell ?? this.root).getBoundingClientRect();
    return { x: left, y: cell === null ? top : bottom };
  }

  /** Values or widths have changed: the next `draw` keeps nothing. */
  invalidate(): void {
    this.#mustRedraw = true;
  }

  /** Brings the document in line with the scroll position. */
  draw(source: CanvasSource): void {
    this.#layOut(source.widths);
    const window = rowWindow(this.layout, this.root.scrollTop);
    for (const [row, drawn] of this.#rows) {
      if (this.#mustRedraw || row < window.first || row >= window.last) {
        drawn.remove();
        this.#rows.delete(row);
      }
    }
    if (this.#mustRedraw) {
      this.#drawHead(source.widths);
    }
    this.#mustRedraw = false;
    source.cache.need(window.first, window.last, this.#header.rowCount);
    for (let row = window.first; row < window.last; row += 1) {
      const drawn = this.#rows.get(row) ?? this.#drawRow(row, source);
      drawn.style.transform = `translateY(${window.top + (row - window.first) * this.#rowHeight}px)`;
    }
  }

  /**
   * Marks the selection and the one cell of the tab order; the grid itself is it while that cell is out of sight.
   * @param hadFocus the focus was in the grid before it was drawn: it goes to that one again.
   */
  mark(active: CellPosition, range: CellRange | undefined, hadFocus: boolean): void {
    let activeCell: HTMLElement | undefined;
    for (const cell of this.root.querySelectorAll<HTMLElement>('[data-column]')) {
      const row = Number(cell.dataset['row']);
      const column = Number(cell.dataset['column']);
      const isActive = row === active.row && column === active.column;
      cell.tabIndex = isActive ? 0 : -1;
      cell.classList.toggle('active', isActive);
      if (row !== HEADER_ROW) {
        cell.setAttribute('aria-selected', String(range !== undefined && isInside(range, row, column)));
      }
      activeCell = isActive ? cell : activeCell;
    }
    this.root.tabIndex = activeCell === undefined ? 0 : -1;
    if (hadFocus) {
      (activeCell ?? this.root).focus({ preventScroll: true });
    }
  }

  /** Scrolls by the shortest way to where the cell is seen. */
  reveal({ row, column }: CellPosition): void {
    const { scrollLeft, scrollTop } = this.root;
    const left = scrollLeftFor(this.#edges, scrollLeft, this.#viewportWidth, column);
    const top = row === HEADER_ROW ? scrollTop : scrollTopFor(this.layout, scrollTop, row);
    this.root.scrollTo(left, top);
  }

  get #viewportWidth(): number {
    return Math.max(this.root.clientWidth - this.#numberWidth, 0);
  }

  #layOut(widths: ColumnWidths): void {
    this.#edges = columnEdges(widths.all);
    const total = this.#numberWidth + (this.#edges.at(-1) ?? 0);
    this.#canvas.style.height = `${scrollHeight(this.layout)}px`;
    this.#canvas.style.width = `${total}px`;
    this.#head.style.width = `${total}px`;
    const columns = columnWindow(this.#edges, this.root.scrollLeft, this.#viewportWidth);
    if (columns.first !== this.#columns.first || columns.last !== this.#columns.last) {
      this.#columns = columns;
      this.#mustRedraw = true;
    }
  }

  #drawHead(widths: ColumnWidths): void {
    const { first, last } = this.#columns;
    const headers = this.#header.columns
      .slice(first, last)
      .map((header, index) =>
        headerElement(header, first + index, widths.of(first + index), this.#marksOf(first + index)),
      );
    this.#head.replaceChildren(cornerElement(this.#numberWidth), this.#hiddenColumns(), ...headers);
  }

  #marksOf(column: number): HeaderMarks {
    const { sort, filters } = this.#header.narrowing;
    const isSorted = sort?.column === column;
    return {
      sort: isSorted ? (sort.isDescending ? 'descending' : 'ascending') : 'none',
      isFiltered: filters.some((filter) => filter.column === column),
    };
  }

  #drawRow(row: number, { cache, widths }: CanvasSource): HTMLElement {
    const drawn = rowElement(row);
    drawn.append(rowNumberElement(row, this.#numberWidth), this.#hiddenColumns());
    for (let column = this.#columns.first; column < this.#columns.last; column += 1) {
      drawn.append(cellElement(cache.cell(row, column), row, column, widths.of(column)));
    }
    this.#rows.set(row, drawn);
    this.#canvas.append(drawn);
    return drawn;
  }

  #hiddenColumns(): HTMLElement {
    return spacerElement(this.#edges[this.#columns.first] ?? 0);
  }
}

function isInside(range: CellRange, row: number, column: number): boolean {
  const isRow = row >= range.firstRow && row <= range.lastRow;
  return isRow && column >= range.firstColumn && column <= range.lastColumn;
}
