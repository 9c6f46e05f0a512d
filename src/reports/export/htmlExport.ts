import { createHash } from 'node:crypto';
import type {
  ChartBlock,
  KpiBlock,
  ReportBlock,
  ReportModel,
  SectionModel,
  TableColumnModel,
  TableBlock,
  TableModel,
  TileModel,
} from '../reportModel';
import { beginPictures, chartSvg } from './chartSvg';
import { EXPORT_STYLE } from './exportStyle';
import { html, Html } from './html';

export interface HtmlExportOptions {
  /** Bundle that shows the values under the pointer; without it the page has no script at all. */
  readonly script?: string | undefined;
}

/** Pixels that a chart is drawn for; the page scales it to its place. */
const WIDTHS = { wide: 1000, narrow: 480 } as const;

/** Longer texts may wrap. */
const LONG_CELL = 40;

const ARROWS = { up: '▲', down: '▼', same: '=' } as const;

/**
 * One self-contained page: static pictures, tables, definitions, no network. Its policy names the one style and the one
 * script by hash, so nothing that data smuggles in could run.
 */
export async function renderReportHtml(
  model: ReportModel,
  { script }: HtmlExportOptions = {},
): Promise<string> {
  if (script !== undefined && /<\/script|<!--/iu.test(script)) {
    throw new Error('The script of the export cannot stand in a page');
  }
  beginPictures();
  const sections: Html[] = [];
  for (const section of model.sections) {
    sections.push(await sectionHtml(section, model));
  }
  const policy = [
    `default-src 'none'`,
    `style-src ${hashOf(EXPORT_STYLE)}`,
    `script-src ${script === undefined ? `'none'` : hashOf(script)}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const title = `${model.title}: ${model.subtitle}`;
  // The hashes are of the very text between the tags.
  const page = html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${new Html(`<style>${EXPORT_STYLE}</style>`)}
      </head>
      <body>
        <main>${headerHtml(model)} ${model.isEmpty ? emptyHtml(model) : sections} ${footerHtml(model)}</main>
        ${script === undefined ? undefined : new Html(`<script>${script}</script>`)}
      </body>
    </html> `;
  return page.markup;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function headerHtml(model: ReportModel): Html {
  const { period, zone, freshness, generation, createdAt } = model;
  return html`<header>
    <h1>${model.subtitle}</h1>
    <p class="muted">${model.title} · ${period.title}: ${period.days}</p>
    <ul class="meta">
      <li>${freshness}</li>
      <li>Times in ${zone}</li>
      ${period.comparedWith === undefined ? undefined : html`<li>Compared with ${period.comparedWith}</li>`}
      <li>Written ${createdAt}</li>
      <li>File generation ${generation}</li>
    </ul>
  </header>`;
}

function emptyHtml({ period, knownDays }: ReportModel): Html {
  return html`<div class="empty">
    No messages in this period (${period.days}).
    ${knownDays === undefined ? 'There are none at all yet.' : `There are messages of ${knownDays}.`}
  </div>`;
}

async function sectionHtml({ title, blocks }: SectionModel, model: ReportModel): Promise<Html> {
  const parts: Html[] = [];
  for (const block of blocks) {
    parts.push(await blockHtml(block, model));
  }
  return html`<section>
    <h2>${title}</h2>
    <div class="grid">${parts}</div>
  </section>`;
}

function blockHtml(block: ReportBlock, model: ReportModel): Html | Promise<Html> {
  switch (block.type) {
    case 'kpis':
      return kpisHtml(block);
    case 'chart':
      return chartHtml(block, model);
    case 'table':
      return tableBlockHtml(block);
  }
}

function kpisHtml({ tiles }: KpiBlock): Html {
  return html`<div class="tiles wide">${tiles.map(tileHtml)}</div>`;
}

function tileHtml({ title, value, definition, change, note }: TileModel): Html {
  return html`<div class="tile" title="${definition}">
    <div class="title">${title}</div>
    <div class="value">${value}</div>
    ${
      change === undefined
        ? undefined
        : html`<div class="change">
            ${ARROWS[change.direction]} <strong>${change.text}</strong> ${change.before}
          </div>`
    }
    ${note === undefined ? undefined : html`<div class="note">${note}</div>`}
  </div>`;
}

async function chartHtml(block: ChartBlock, model: ReportModel): Promise<Html> {
  const rows = model.datasets[block.dataset] ?? [];
  const svg = await chartSvg(
    block.spec,
    { name: block.dataset, rows },
    block.isWide ? WIDTHS.wide : WIDTHS.narrow,
  );
  return html`<figure class="${block.isWide ? 'wide' : ''}">
    <figcaption>
      <h3>${block.title}</h3>
      <p>${block.description}</p>
    </figcaption>
    <div role="img" aria-label="${block.summary}">
      ${new Html(svg.replace('<svg ', '<svg aria-hidden="true" '))}
    </div>
    <details>
      <summary>Show data</summary>
      ${tableHtml(block.table)}
    </details>
  </figure>`;
}

function tableBlockHtml({ title, description, table, cutNote }: TableBlock): Html {
  return html`<div class="table wide">
    <h3>${title}</h3>
    <p>${description}</p>
    ${tableHtml(table)} ${cutNote === undefined ? undefined : html`<p>${cutNote}</p>`}
  </div>`;
}

function tableHtml({ columns, rows }: TableModel): Html {
  const heads = columns.map(
    ({ title, align, definition }) =>
      html`<th scope="col" class="${align}" title="${definition}">${title}</th>`,
  );
  const lines = rows.map(
    (cells) =>
      html`<tr>
        ${cells.map((cell, index) => html`<td class="${cellClass(columns[index], cell)}">${cell}</td>`)}
      </tr>`,
  );
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${lines}
      </tbody>
    </table>
  </div>`;
}

function cellClass(column: TableColumnModel | undefined, cell: string): string {
  return `${column?.align ?? 'start'}${cell.length > LONG_CELL ? ' long' : ''}`;
}

function footerHtml({ notes, definitions, queries }: ReportModel): Html {
  return html`<footer>
    <h2>Notes and definitions</h2>
    ${
      notes.length === 0
        ? undefined
        : html`<ul>
            ${notes.map((note) => html`<li>${note}</li>`)}
          </ul>`
    }
    <details class="block">
      <summary>What the numbers mean</summary>
      <dl>
        ${definitions.map(
          ({ title, definition }) =>
            html`<dt>${title}</dt>
              <dd>${definition}</dd>`,
        )}
      </dl>
    </details>
    <details class="block">
      <summary>The SQL behind the numbers</summary>
      ${queries.map(
        ({ title, sql }) =>
          html`<h3>${title}</h3>
            <pre>${sql}</pre>`,
      )}
    </details>
  </footer>`;
}
