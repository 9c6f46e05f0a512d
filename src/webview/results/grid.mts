import { ColumnWidths } from './columnWidths';
import { GridCanvas } from './gridCanvas.mjs';
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
import { listenToGrid, type GridActions } from './gridInput.mjs';
import { rowsPerScreen } from './gridMetrics';
import type { MenuPlace } from './menu.mjs';
import type { CellRange, ResultHeader, WireColumn } from './protocol';
import { RowCache } from './rowCache';
import type { GridState } from './savedState';

/** What the grid asks of its surroundings. */
export interface GridHost {
  requestRows(header: ResultHeader, offset: number, limit: number): void;
  copy(range: CellRange, withHeaders: boolean): void;
  openValue(row: number, column: number): void;
  sort(column: number): void;
  askFilter(column: number, place: MenuPlace): void;
  /** What can be done with the selection; `row` -1 is the header. */
  openMenu(cell: { readonly row: number; readonly column: number }, place: MenuPlace): void;
  /** Scrolled, moved or resized. */
  changed(state: GridState): void;
}

/**
 * A result as an ARIA grid: only the rows and columns in sight are in the document, whatever the result's size.
 * One cell takes part in the tab order; arrows move it.
 */
export class ResultGrid implements GridActions {
  readonly #canvas: GridCanvas;
  readonly #header: ResultHeader;
  readonly #host: GridHost;
  readonly #cache: RowCache;
  readonly #widths: ColumnWidths;
  readonly #disposed = new AbortController();
  #cursor: GridCursor;
  #isScheduled = false;

  /** Appends itself to `parent`, which must be in the document; `saved` is its place from before. */
  constructor(parent: HTMLElement, header: ResultHeader, host: GridHost, saved?: GridState) {
    this.#header = header;
    this.#host = host;
    this.#canvas = new GridCanvas(parent, header);
    this.#widths = new ColumnWidths(header.columns, this.#canvas.character, saved?.widths);
    this.#cache = new RowCache(header.columns.length, (offset, limit) =>
      host.requestRows(header, offset, limit),
    );
    this.#cursor = cursorAt(saved?.cursor.active ?? { row: 0, column: 0 }, this.#shape());
    this.#render();
    if (saved !== undefined) {
      this.#canvas.root.scrollTo(saved.scrollLeft, saved.scrollTop);
    }
    this.#watch();
  }

  dispose(): void {
    this.#disposed.abort();
    this.#canvas.root.remove();
  }

  /** Takes rows that were requested. */
  putRows(offset: number, columns: readonly WireColumn[]): void {
    this.#cache.put(offset, columns);
    this.#canvas.invalidate();
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

  /** The selected rectangle; undefined when there are no rows. */
  get selection(): CellRange | undefined {
    return selectedRange(this.#cursor, this.#shape());
  }

  /** Everything. */
  get whole(): CellRange | undefined {
    return selectedRange(selectAll(this.#shape()), this.#shape());
  }

  /** Where the active cell is on the screen. */
  get activePlace(): MenuPlace {
    return this.#canvas.placeOf(this.#cursor.active);
  }

  get hasFocus(): boolean {
    return this.#canvas.root.contains(document.activeElement);
  }

  focus(): void {
    (this.#canvas.root.querySelector<HTMLElement>('[tabindex="0"]') ?? this.#canvas.root).focus();
  }

  selectAll(): void {
    this.#cursor = selectAll(this.#shape());
    this.#render();
    this.#changed();
  }

  activate(row = this.#cursor.active.row, column = this.#cursor.active.column): void {
    if (row === HEADER_ROW) {
      this.#host.sort(column);
    } else {
      this.#host.openValue(row, column);
    }
  }

  fit(column?: number): boolean {
    const { active } = this.#cursor;
    if (column === undefined && active.row !== HEADER_ROW) {
      return false;
    }
    this.#fitColumn(column ?? active.column);
    return true;
  }

  askFilter(): boolean {
    this.#host.askFilter(this.#cursor.active.column, this.activePlace);
    return true;
  }

  selectWhole(axis: 'rows' | 'columns'): void {
    const { active, anchor } = this.#cursor;
    const { rowCount, columnCount } = this.#shape();
    this.#cursor =
      axis === 'rows'
        ? { active: { row: active.row, column: 0 }, anchor: { row: anchor.row, column: columnCount - 1 } }
        : { active: { row: 0, column: active.column }, anchor: { row: rowCount - 1, column: anchor.column } };
    this.#render();
    this.#changed();
  }

  openMenu(row: number, column: number | undefined, place: MenuPlace): void {
    const range = this.selection;
    const isInside =
      range !== undefined &&
      row >= range.firstRow &&
      row <= range.lastRow &&
      (column === undefined || (column >= range.firstColumn && column <= range.lastColumn));
    if (!isInside) {
      this.point(row, column, false);
    }
    this.#host.openMenu({ row, column: column ?? 0 }, place);
  }

  #fitColumn(column: number): void {
    const texts = this.#canvas.drawnRows.map((drawn) => this.#cache.cell(drawn, column)?.text ?? '');
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
    const { root } = this.#canvas;
    const observer = new ResizeObserver(() => this.#schedule());
    observer.observe(root);
    signal.addEventListener('abort', () => observer.disconnect());
    root.addEventListener(
      'scroll',
      () => {
        this.#schedule();
        this.#changed();
      },
      { signal },
    );
    listenToGrid(root, this, signal);
  }

  #shape(): GridShape {
    return {
      rowCount: this.#header.rowCount,
      columnCount: this.#header.columns.length,
      rowsPerScreen: rowsPerScreen(this.#canvas.layout),
    };
  }

  /** Draws with the next frame, however often it is asked until then. */
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
    const hadFocus = this.#canvas.root.contains(document.activeElement);
    this.#canvas.draw({ cache: this.#cache, widths: this.#widths });
    this.#canvas.mark(this.#cursor.active, selectedRange(this.#cursor, this.#shape()), hadFocus);
  }

  #moveTo(cursor: GridCursor): void {
    this.#cursor = cursor;
    this.#canvas.reveal(cursor.active);
    this.#render();
    this.#changed();
  }

  #copy(cursor: GridCursor, withHeaders: boolean): void {
    const range = selectedRange(cursor, this.#shape());
    if (range !== undefined) {
      this.#host.copy(range, withHeaders);
    }
  }

  #resized(): void {
    this.#canvas.invalidate();
    this.#render();
    this.#changed();
  }

  #changed(): void {
    const { scrollTop, scrollLeft } = this.#canvas.root;
    this.#host.changed({
      resultId: this.#header.id,
      scrollTop,
      scrollLeft,
      cursor: this.#cursor,
      widths: this.#widths.all,
    });
  }
}
