import type { GridKey } from './gridCursor';
import { cellOf } from './gridDom.mjs';

/** What people do to a grid, freed from DOM events. Row -1 is the header. */
export interface GridActions {
  /** False when the key means nothing here. */
  key(key: GridKey): boolean;
  copySelection(withHeaders: boolean): void;
  selectAll(): void;
  /** Enter, F2 or a double click on a cell; Enter or a click on a header. */
  activate(row?: number, column?: number): void;
  /** As wide as what is seen of it; false when no header is meant. */
  fit(column?: number): boolean;
  /** Asks how the active column filters; false when it cannot. */
  askFilter(): boolean;
  /** The whole rows, or columns, of the selection. */
  selectWhole(axis: 'rows' | 'columns'): void;
  /** What can be done with a cell, at a place of the page. */
  openMenu(row: number, column: number | undefined, place: { readonly x: number; readonly y: number }): void;
  /** A cell was pointed at; without a column a whole row. */
  point(row: number, column: number | undefined, isExtending: boolean): void;
  /** The pointer was drawn over a cell with its button down. */
  drawOver(row: number, column: number): void;
  widthOf(column: number): number;
  setWidth(column: number, width: number): void;
  /** Wider or narrower by characters; false when no header is active. */
  widenActive(characters: number): boolean;
}

/** Turns the events of a grid's root into actions until `signal` fires. */
export function listenToGrid(root: HTMLElement, actions: GridActions, signal: AbortSignal): void {
  let isDrawing = false;
  root.addEventListener(
    'keydown',
    (event) => {
      if (actOnKey(event, actions)) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    { signal },
  );
  root.addEventListener(
    'pointerdown',
    (event) => {
      const cell = event.button === 0 ? cellOf(event.target) : undefined;
      if (cell === undefined) {
        return;
      }
      event.preventDefault();
      if (cell.column !== undefined && isHandle(event.target)) {
        dragWidth(root.ownerDocument, event.clientX, cell.column, actions);
        return;
      }
      isDrawing = cell.row >= 0 && cell.column !== undefined;
      root.focus({ preventScroll: true });
      actions.point(cell.row, cell.column, event.shiftKey);
    },
    { signal },
  );
  root.addEventListener(
    'pointerover',
    (event) => {
      const cell = isDrawing ? cellOf(event.target) : undefined;
      if (cell?.column !== undefined && cell.row >= 0) {
        actions.drawOver(cell.row, cell.column);
      }
    },
    { signal },
  );
  root.addEventListener(
    'dblclick',
    (event) => {
      const cell = cellOf(event.target);
      if (cell?.column === undefined) {
        return;
      }
      if (isHandle(event.target)) {
        actions.fit(cell.column);
      } else if (cell.row >= 0) {
        actions.activate(cell.row, cell.column);
      }
    },
    { signal },
  );
  root.addEventListener(
    'click',
    (event) => {
      const cell = isHandle(event.target) || event.shiftKey ? undefined : cellOf(event.target);
      if (cell?.column !== undefined && cell.row < 0) {
        actions.activate(cell.row, cell.column);
      }
    },
    { signal },
  );
  root.addEventListener(
    'contextmenu',
    (event) => {
      const cell = cellOf(event.target);
      event.preventDefault();
      if (cell !== undefined) {
        actions.openMenu(cell.row, cell.column, { x: event.clientX, y: event.clientY });
      }
    },
    { signal },
  );
  for (const end of ['pointerup', 'pointercancel'] as const) {
    root.ownerDocument.addEventListener(end, () => (isDrawing = false), { signal });
  }
}

function actOnKey(event: KeyboardEvent, actions: GridActions): boolean {
  const key: GridKey = { key: event.key, mod: event.ctrlKey || event.metaKey, shift: event.shiftKey };
  if (event.altKey) {
    return event.key === 'ArrowDown' && actions.askFilter();
  }
  if (key.key === ' ' && (key.shift || key.mod)) {
    actions.selectWhole(key.shift ? 'rows' : 'columns');
    return true;
  }
  if (actions.key(key)) {
    return true;
  }
  const letter = key.key.toLowerCase();
  if (key.mod && letter === 'c') {
    actions.copySelection(key.shift);
    return true;
  }
  if (key.mod && letter === 'a') {
    actions.selectAll();
    return true;
  }
  if ((key.key === 'Enter' || key.key === 'F2' || key.key === ' ') && !key.mod) {
    actions.activate();
    return true;
  }
  if (key.key === '=' && !key.mod) {
    return actions.fit();
  }
  return !key.mod && (key.key === '+' || key.key === '-') && actions.widenActive(key.key === '+' ? 2 : -2);
}

function isHandle(target: EventTarget | null): boolean {
  return target instanceof Element && target.classList.contains('handle');
}

/** Follows the pointer at the document: the handle itself is drawn anew at each step. */
function dragWidth(page: Document, startX: number, column: number, actions: GridActions): void {
  const startWidth = actions.widthOf(column);
  const over = new AbortController();
  page.addEventListener(
    'pointermove',
    ({ clientX }) => actions.setWidth(column, startWidth + clientX - startX),
    { signal: over.signal },
  );
  for (const end of ['pointerup', 'pointercancel'] as const) {
    page.addEventListener(end, () => over.abort(), { signal: over.signal });
  }
}
