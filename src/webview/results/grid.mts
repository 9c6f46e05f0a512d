import { ColumnWidths } from './columnWidths';
import {
  HEADER_ROW,
  cursorAt,
  moveCursor,
  selectAll,
  selectedRange,
  type GridCursor,
  type GridKey,
  type GridShape,
} from './gridCursor';
import {
  cellElement,
  cornerElement,
  element,
  headerElement,
  measureFont,
  rowElement,
  rowNumberElement,
  spacerElement,
} from './gridDom.mjs';
import { listenToGrid, type GridActions } from './gridInput.mjs';
import {
  columnEdges,
  columnWindow,
  rowWindow,
  rowsPerScreen,
  scrollHeight,
  scrollLeftFor,
  scrollTopFor,
  type RowLayout,
} from './gridMetrics';
import type { CellRange, ResultHeader, WireColumn } from './protocol';
import { RowCache } from './rowCache';
import type { GridState } from './savedState';

/** What the grid asks of its surroundings. */
export interface GridHost {
  requestRows(resultId: string, offset: number, limit: number): void;
  copy(resultId: string, range: CellRange, withHeaders: boolean): void;
  openValue(resultId: string, row: number, column: number): void;
  /** Scrolled, moved or resized. */
  changed(state: GridState): void;
}

/**
 * A result as an ARIA grid: only the rows and columns in sight are in the document, whatever the result's size.
 * One cell takes part in the tab order; arrows move it.
 */
export class ResultGrid implements GridActions {
  readonly #root = element('grid', 'grid');
  readonly #head = element('row head', 'row');
  readonly #canvas = element('canvas', 'rowgroup');
  readonly #header: ResultHeader;
  readonly #host: GridHost;
  readonly #cache: RowCache;
  readonly #widths: ColumnWidths;
  readonly #rowHeight: number;
  readonly #numberWidth: number;
  readonly #rows = new Map<number, HTMLElement>();
  readonly #disposed = new AbortController();
  #edges: readonly number[] = [0];
  #columns = { first: 0, last: 0 };
  #cursor: GridCursor;
  #isScheduled = false;
  #mustRedraw = true;

  /** Appends itself to `parent`, which must be in the document: sizes are measured there. */
  constructor(parent: HTMLElement, header: ResultHeader, host: GridHost, saved?: GridState) {
    this.#header = header;
    this.#host = host;
    this.#root.setAttribute('aria-label', 'Query result');
    this.#root.setAttribute('aria-multiselectable', 'true');
    this.#root.setAttribute('aria-rowcount', String(header.rowCount + 1));
    this.#root.setAttribute('aria-colcount', String(header.columns.length + 1));
    this.#head.setAttribute('aria-rowindex', '1');
    this.#root.append(this.#head, this.#canvas);
    parent.append(this.#root);

    const { rowHeight, character } = measureFont(this.#root);
    this.#rowHeight = rowHeight;
    this.#numberWidth = Math.ceil((String(header.rowCount).length + 2) * character);
    this.#widths = new ColumnWidths(header.columns, character, saved?.widths);
    this.#cache = new RowCache(header.columns.length, (offset, limit) =>
      host.requestRows(header.id, offset, limit),
    );
    this.#cursor = saved?.cursor ?? cursorAt({ row: 0, column: 0 }, this.#shape());
    this.#render();
    if (saved !== undefined) {
      this.#root.scrollTo(saved.scrollLeft, saved.scrollTop);
    }
    this.#watch();
  }

  dispose(): void {
    this.#disposed.abort();
    this.#root.remove();
  }

  /** Takes rows that were requested. */
  putRows(offset: number, columns: readonly WireColumn[]): void {
    this.#cache.put(offset, columns);
    this.#mustRedraw = true;
    this.#schedule();
  }

  key(key: GridKey): boolean {
    const moved = moveCursor(this.#cursor, key, this.#shape());
    if (moved !== undefined) {
      this.#moveTo(moved);
    }
    return moved !== undefined;
  }

  copySelection(withHeaders: boolean): void {
    this.#copy(this.#cursor, withHeaders);
  }

  copyAll(): void {
    this.#copy(selectAll(this.#shape()), true);
  }

  selectAll(): void {
    this.#cursor = selectAll(this.#shape());
    this.#render();
    this.#changed();
  }

  activate(row = this.#cursor.active.row, column = this.#cursor.active.column): void {
    if (row !== HEADER_ROW) {
      this.#host.openValue(this.#header.id, row, column);
      return;
    }
    const texts = [...this.#rows.keys()].map((shown) => this.#cache.cell(shown, column)?.text ?? '');
    this.#widths.fit(column, [this.#header.columns[column]?.name ?? '', ...texts]);
    this.#resized();
  }

  point(row: number, column: number | undefined, isExtending: boolean): void {
    const lastColumn = Math.max(this.#header.columns.length - 1, 0);
    this.#moveTo({
      active: { row, column: column ?? lastColumn },
      anchor: isExtending ? this.#cursor.anchor : { row, column: column ?? 0 },
    });
  }

  drawOver(row: number, column: number): void {
    this.point(row, column, true);
  }

  widthOf(column: number): number {
    return this.#widths.of(column);
  }

  setWidth(column: number, width: number): void {
    this.#widths.set(column, width);
    this.#resized();
  }

  widenActive(characters: number): boolean {
    const { row, column } = this.#cursor.active;
    if (row === HEADER_ROW) {
      this.#widths.widen(column, characters);
      this.#resized();
    }
    return row === HEADER_ROW;
  }

  #watch(): void {
    const { signal } = this.#disposed;
    const observer = new ResizeObserver(() => this.#schedule());
    observer.observe(this.#root);
    signal.addEventListener('abort', () => observer.disconnect());
    this.#root.addEventListener(
      'scroll',
      () => {
        this.#schedule();
        this.#changed();
      },
      { signal },
    );
    listenToGrid(this.#root, this, signal);
  }

  #shape(): GridShape {
    return {
      rowCount: this.#header.rowCount,
      columnCount: this.#header.columns.length,
      rowsPerScreen: rowsPerScreen(this.#layout()),
    };
  }

  #layout(): RowLayout {
    const viewportHeight = Math.max(this.#root.clientHeight - this.#rowHeight, this.#rowHeight);
    return { rowCount: this.#header.rowCount, rowHeight: this.#rowHeight, viewportHeight };
  }

  #viewportWidth(): number {
    return Math.max(this.#root.clientWidth - this.#numberWidth, 0);
  }

  #schedule(): void {
    if (this.#isScheduled) {
      return;
    }
    this.#isScheduled = true;
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      if (!this.#disposed.signal.aborted) {
        this.#render();
      }
    });
  }

  #render(): void {
    const hadFocus = this.#root.contains(document.activeElement);
    this.#layOut();
    const window = rowWindow(this.#layout(), this.#root.scrollTop);
    for (const [row, drawn] of this.#rows) {
      if (this.#mustRedraw || row < window.first || row >= window.last) {
        drawn.remove();
        this.#rows.delete(row);
      }
    }
    if (this.#mustRedraw) {
      this.#drawHead();
    }
    this.#mustRedraw = false;
    this.#cache.need(window.first, window.last);
    for (let row = window.first; row < window.last; row += 1) {
      const drawn = this.#rows.get(row) ?? this.#drawRow(row);
      drawn.style.transform = `translateY(${window.top + (row - window.first) * this.#rowHeight}px)`;
    }
    this.#markCursor(hadFocus);
  }

  #layOut(): void {
    this.#edges = columnEdges(this.#widths.all);
    const total = this.#numberWidth + (this.#edges.at(-1) ?? 0);
    this.#canvas.style.height = `${scrollHeight(this.#layout())}px`;
    this.#canvas.style.width = `${total}px`;
    this.#head.style.width = `${total}px`;
    const columns = columnWindow(this.#edges, this.#root.scrollLeft, this.#viewportWidth());
    if (columns.first !== this.#columns.first || columns.last !== this.#columns.last) {
      this.#columns = columns;
      this.#mustRedraw = true;
    }
  }

  #drawHead(): void {
    const headers = this.#header.columns
      .slice(this.#columns.first, this.#columns.last)
      .map((header, index) => {
        const column = this.#columns.first + index;
        return headerElement(header, column, this.#widths.of(column));
      });
    this.#head.replaceChildren(cornerElement(this.#numberWidth), this.#hiddenColumns(), ...headers);
  }

  #drawRow(row: number): HTMLElement {
    const drawn = rowElement(row);
    drawn.append(rowNumberElement(row, this.#numberWidth), this.#hiddenColumns());
    for (let column = this.#columns.first; column < this.#columns.last; column += 1) {
      drawn.append(cellElement(this.#cache.cell(row, column), row, column, this.#widths.of(column)));
    }
    this.#rows.set(row, drawn);
    this.#canvas.append(drawn);
    return drawn;
  }

  #hiddenColumns(): HTMLElement {
    return spacerElement(this.#edges[this.#columns.first] ?? 0);
  }

  /** Marks the selection and the one cell of the tab order; the grid itself is it while that cell is out of sight. */
  #markCursor(hadFocus: boolean): void {
    const { active } = this.#cursor;
    const range = selectedRange(this.#cursor, this.#shape());
    let activeCell: HTMLElement | undefined;
    for (const cell of this.#root.querySelectorAll<HTMLElement>('[data-column]')) {
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
    this.#root.tabIndex = activeCell === undefined ? 0 : -1;
    if (hadFocus) {
      (activeCell ?? this.#root).focus({ preventScroll: true });
    }
  }

  #moveTo(cursor: GridCursor): void {
    this.#cursor = cursor;
    const { row, column } = cursor.active;
    const { scrollLeft, scrollTop } = this.#root;
    const left = scrollLeftFor(this.#edges, scrollLeft, this.#viewportWidth(), column);
    const top = row === HEADER_ROW ? scrollTop : scrollTopFor(this.#layout(), scrollTop, row);
    this.#root.scrollTo(left, top);
    this.#render();
    this.#changed();
  }

  #copy(cursor: GridCursor, withHeaders: boolean): void {
    const range = selectedRange(cursor, this.#shape());
    if (range !== undefined) {
      this.#host.copy(this.#header.id, range, withHeaders);
    }
  }

  #resized(): void {
    this.#mustRedraw = true;
    this.#render();
    this.#changed();
  }

  #changed(): void {
    this.#host.changed({
      resultId: this.#header.id,
      scrollTop: this.#root.scrollTop,
      scrollLeft: this.#root.scrollLeft,
      cursor: this.#cursor,
      widths: this.#widths.all,
    });
  }
}

function isInside(range: CellRange, row: number, column: number): boolean {
  const isRow = row >= range.firstRow && row <= range.lastRow;
  return isRow && column >= range.firstColumn && column <= range.lastColumn;
}
