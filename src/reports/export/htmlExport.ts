import { beginPictures } from './chartSvg';
import { coverOf, emptyText, type ExportModel } from './cover';
import { EXPORT_STYLE } from './exportStyle';
import { html, type Html } from './html';
import { sectionHtml } from './htmlBlocks';
import { pageHtml } from './htmlPage';

export interface HtmlExportOptions {
  /** Bundle that shows the values under the pointer; without it the page has no script at all. */
  readonly script?: string | undefined;
}

/** A report as one self-contained page: static pictures, tables, definitions, no network. */
export async function renderReportHtml(
  model: ExportModel,
  { script }: HtmlExportOptions = {},
): Promise<string> {
  beginPictures();
  const sections: Html[] = [];
  for (const section of model.isEmpty ? [] : model.sections) {
    sections.push(await sectionHtml(section, model));
  }
  return pageHtml({
    title: `${model.title}: ${model.subtitle}`,
    style: EXPORT_STYLE,
    script,
    body: html`${headerHtml(model)} ${model.isEmpty ? emptyHtml(model) : sections} ${footerHtml(model)}`,
  });
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
            <pre tabindex="0">${sql}</pre>`,
      )}
    </details>
  </footer>`;
}
