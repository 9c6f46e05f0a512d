import type { TableModel } from '../../reports/reportModel';
import { element } from '../shared/dom.mjs';

/** Longer texts may wrap. */
const LONG_CELL = 40;

/** A table that scrolls sideways when there is no room; reachable by keyboard for that. */
export function tableView({ columns, rows }: TableModel, label: string): HTMLElement {
  const head = columns.map(({ title, align, definition }) =>
    element('th', { className: align, text: title, attributes: { scope: 'col', title: definition } }),
  );
  const body = rows.map((cells) =>
    element(
      'tr',
      {},
      ...cells.map((text, index) =>
        element('td', {
          className: `${columns[index]?.align ?? 'start'}${text.length > LONG_CELL ? ' long' : ''}`,
          text,
        }),
      ),
    ),
  );
  return element(
    'div',
    { className: 'scroll', attributes: { tabindex: '0', role: 'region', 'aria-label': label } },
    element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...body)),
  );
}
