import type { TableCell, TableColumnModel, TableModel } from '../reportModel';
import { shownText } from './exportTables';
import { escapeHtml, html, Html } from './html';

/** Most rows of a table in a page: a person reads no more, and the page stays small. Workbooks and CSV hold all. */
export const MAX_HTML_ROWS = 250;

/** Longer texts may wrap. */
const LONG_CELL = 40;

/**
 * A table, cut to {@link MAX_HTML_ROWS} with the number left out. Keys can scroll it where it is wider than its place.
 * @param title names it for those who do not see it
 */
export function tableHtml({ columns, rows }: TableModel, title: string): Html {
  const heads = columns.map(
    ({ title, align, definition }) =>
      html`<th scope="col" class="${align}" title="${definition}">${title}</th>`,
  );
  // Without the white space of a template: there are many cells.
  const lines = rows
    .slice(0, MAX_HTML_ROWS)
    .map((cells) => `<tr>${cells.map((cell, index) => cellHtml(cell, columns[index])).join('')}</tr>`);
  const leftOut = rows.length - lines.length;
  return html`<div class="scroll" role="region" aria-label="${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            ${heads}
          </tr>
        </thead>
        <tbody>
          ${new Html(lines.join('\n'))}
        </tbody>
      </table>
    </div>
    ${
      leftOut === 0
        ? undefined
        : html`<p>${MAX_HTML_ROWS} of ${rows.length} rows; ${leftOut} more are left out of this page.</p>`
    }`;
}

function cellHtml(cell: TableCell, column: TableColumnModel | undefined): string {
  const text = shownText(cell);
  const classes = [column?.align === 'end' ? 'end' : '', text.length > LONG_CELL ? 'long' : ''];
  const list = classes.filter((name) => name !== '').join(' ');
  return `<td${list === '' ? '' : ` class="${list}"`}>${escapeHtml(text)}</td>`;
}
