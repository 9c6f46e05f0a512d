import type {
  ReportLink,
  TableBlock,
  TableCell,
  TableColumnModel,
  TableModel,
} from '../../reports/reportModel';
import { quietButton } from './controls.mjs';
import { element, placeChildren } from './dom.mjs';
import { keepingFocus } from './focus.mjs';
import { setHint } from './hint.mjs';

/** Longer texts are cut on the screen and shown whole by the pointer. */
const LONG_CELL = 40;

export type TableSort = NonNullable<TableBlock['sort']>;

interface GridOptions {
  readonly follow: (link: ReportLink) => void;
  /** Absent: the rows cannot be sorted. Undefined: as the report defines them. */
  readonly sortBy?: (sort: TableSort | undefined) => void;
}

/** A table that scrolls sideways when there is no room; reachable by keyboard for that. */
export class TableGrid {
  readonly element: HTMLElement;
  readonly #options: GridOptions;
  readonly #head = element('tr');
  readonly #body = element('tbody');
  readonly #heads = new Map<string, ColumnHead>();
  #rowsKey = '';

  constructor(options: GridOptions) {
    this.#options = options;
    this.element = element(
      'div',
      { className: 'scroll', attributes: { tabindex: '0', role: 'region' } },
      element('table', {}, element('thead', {}, this.#head), this.#body),
    );
  }

  /** @param label names the table for screen readers */
  show({ columns, rows }: TableModel, label: string, sort?: TableSort): void {
    this.element.setAttribute('aria-label', label);
    this.#showHead(columns, sort);
    const key = JSON.stringify([columns.map(({ align }) => align), rows]);
    if (key !== this.#rowsKey) {
      this.#rowsKey = key;
      keepingFocus(this.#body, this.element, () =>
        this.#body.replaceChildren(...rows.map((cells) => this.#row(cells, columns))),
      );
    }
  }

  #showHead(columns: readonly TableColumnModel[], sort: TableSort | undefined): void {
    const shown = columns.map((column) => {
      const head = this.#heads.get(column.field) ?? new ColumnHead(column.field, this.#options.sortBy);
      this.#heads.set(column.field, head);
      head.show(column, sort);
      return head.element;
    });
    placeChildren(this.#head, shown);
  }

  #row(cells: readonly TableCell[], columns: readonly TableColumnModel[]): HTMLElement {
    return element(
      'tr',
      {},
      ...cells.map((cell, index) => this.#cell(cell, columns[index]?.align ?? 'start')),
    );
  }

  #cell(cell: TableCell, align: string): HTMLElement {
    const text = typeof cell === 'string' ? cell : cell.text;
    const title = text.length > LONG_CELL ? text : undefined;
    if (typeof cell === 'string') {
      return element('td', { className: align, text, attributes: { title } });
    }
    const { link } = cell;
    return element(
      'td',
      { className: align, attributes: { title } },
      quietButton({
        label: text,
        className: 'link',
        key: JSON.stringify(link),
        onClick: () => this.#options.follow(link),
      }),
    );
  }
}

const ARIA_SORTS = { none: 'none', up: 'ascending', down: 'descending' } as const;
const SORT_MARKS = { none: '', up: '▲', down: '▼' } as const;

/** The head of a column; a button where rows can be sorted, which goes from large to small, small to large, and back. */
class ColumnHead {
  readonly element = element('th', { attributes: { scope: 'col' } });
  readonly #text = element('span');
  readonly #mark = element('span', { className: 'mark', attributes: { 'aria-hidden': 'true' } });
  readonly #button: HTMLButtonElement | undefined;
  #state: keyof typeof ARIA_SORTS = 'none';

  constructor(field: string, sortBy: GridOptions['sortBy']) {
    if (sortBy === undefined) {
      this.element.append(this.#text);
      return;
    }
    this.#button = element(
      'button',
      { className: 'sort', attributes: { type: 'button' } },
      this.#text,
      this.#mark,
    );
    this.#button.addEventListener('click', () =>
      sortBy(this.#state === 'up' ? undefined : { field, isDescending: this.#state === 'none' }),
    );
    this.element.append(this.#button);
  }

  show({ field, title, align, definition }: TableColumnModel, sort: TableSort | undefined): void {
    this.element.className = align;
    this.#text.textContent = title;
    if (this.#button === undefined) {
      this.element.title = definition ?? '';
      return;
    }
    this.#state = sort?.field !== field ? 'none' : sort.isDescending ? 'down' : 'up';
    this.element.setAttribute('aria-sort', ARIA_SORTS[this.#state]);
    this.#mark.textContent = SORT_MARKS[this.#state];
    setHint(this.#button, definition);
  }
}
