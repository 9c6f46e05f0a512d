import type {
  ChartBlock,
  FailedBlock,
  KpiBlock,
  ReportBlock,
  ReportModel,
  SectionModel,
  SentenceModel,
  TableBlock,
  TextBlock,
  TileModel,
} from '../reportModel';
import { chartSvg } from './chartSvg';
import { html, Html } from './html';
import { tableHtml } from './htmlTable';

/** Pixels that a chart is drawn for; the page scales it to its place. */
export const CHART_WIDTHS = { wide: 1000, narrow: 480 } as const;

const ARROWS = { up: '▲', down: '▼', same: '=' } as const;

/** A section with its charts drawn. */
export async function sectionHtml({ title, blocks }: SectionModel, model: ReportModel): Promise<Html> {
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
    case 'text':
      return textHtml(block);
    case 'failed':
      return missingHtml(block, block.message);
    case 'pending':
      return missingHtml(block, 'These numbers were not read yet when the report was written.');
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
  const width = block.isWide ? CHART_WIDTHS.wide : CHART_WIDTHS.narrow;
  const svg = await chartSvg(block.spec, { name: block.dataset, rows }, width);
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
      ${tableHtml(block.table, `Data of ${block.title}`)}
    </details>
  </figure>`;
}

function tableBlockHtml({ title, description, table, cutNote }: TableBlock): Html {
  return html`<div class="table wide">
    <h3>${title}</h3>
    <p>${description}</p>
    ${tableHtml(table, title)} ${cutNote === undefined ? undefined : html`<p>${cutNote}</p>`}
  </div>`;
}

function textHtml({ title, description, sentences }: TextBlock): Html {
  return html`<div class="table wide">
    <h3>${title}</h3>
    <p>${description}</p>
    <ul class="sentences">
      ${sentences.map(sentenceHtml)}
    </ul>
  </div>`;
}

function sentenceHtml({ text, tone, details }: SentenceModel): Html {
  return html`<li class="${tone}">
    ${text}
    ${
      details.length === 0
        ? undefined
        : html`<ul>
            ${details.map((detail) => html`<li>${detail}</li>`)}
          </ul>`
    }
  </li>`;
}

function missingHtml({ title, isWide }: Pick<FailedBlock, 'title' | 'isWide'>, message: string): Html {
  return html`<div class="table ${isWide ? 'wide' : ''}">
    <h3>${title}</h3>
    <p>${message}</p>
  </div>`;
}
