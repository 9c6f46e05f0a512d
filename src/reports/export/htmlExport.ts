import { createHash } from 'node:crypto';
import { beginPictures } from './chartSvg';
import { coverOf, emptyText, type ExportModel } from './cover';
import { EXPORT_STYLE } from './exportStyle';
import { html, Html } from './html';
import { sectionHtml } from './htmlBlocks';

export interface HtmlExportOptions {
  /** Bundle that shows the values under the pointer; without it the page has no script at all. */
  readonly script?: string | undefined;
}

/**
 * One self-contained page: static pictures, tables, definitions, no network. Its policy names the one style and the one
 * script by hash, so nothing that data smuggles in could run.
 */
export async function renderReportHtml(
  model: ExportModel,
  { script }: HtmlExportOptions = {},
): Promise<string> {
  if (script !== undefined && /<\/script|<!--/iu.test(script)) {
    throw new Error('The script of the export cannot stand in a page');
  }
  beginPictures();
  const sections: Html[] = [];
  for (const section of model.isEmpty ? [] : model.sections) {
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

function headerHtml(model: ExportModel): Html {
  return html`<header>
    <h1>${model.subtitle}</h1>
    <p class="muted">${model.title} · ${model.period.title}: ${model.period.days}</p>
    <dl class="meta">
      ${coverOf(model)
        .filter(({ title }) => !IN_TITLE.has(title))
        .map(
          ({ title, text }) =>
            html`<div>
              <dt>${title}</dt>
              <dd>${text}</dd>
            </div>`,
        )}
    </dl>
  </header>`;
}

/** What the headings say already. */
const IN_TITLE: ReadonlySet<string> = new Set(['Report', 'Instances', 'Period']);

function emptyHtml(model: ExportModel): Html {
  return html`<div class="empty">${emptyText(model)}</div>`;
}

function footerHtml({ notes, definitions, queries }: ExportModel): Html {
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
