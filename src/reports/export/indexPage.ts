import { EXPORT_STYLE } from './exportStyle';
import { html, type Html } from './html';
import { pageHtml } from './htmlPage';

/** Written reports of one day. */
export interface IndexPage {
  readonly title: string;
  /** What goes for all of them: when, of which data, in which zone. */
  readonly facts: readonly string[];
  /** One per instance, and one for all. */
  readonly groups: readonly IndexGroup[];
  /** What could not be written, and why. */
  readonly failures: readonly string[];
}

export interface IndexGroup {
  readonly title: string;
  readonly entries: readonly IndexEntry[];
}

export interface IndexEntry {
  /** In the folder of the page. */
  readonly fileName: string;
  readonly title: string;
  readonly description: string;
}

/** A page that links to reports beside it. */
export function renderIndex({ title, facts, groups, failures }: IndexPage): string {
  const body = html`<header>
      <h1>${title}</h1>
      <p class="muted">${facts.join(' · ')}</p>
    </header>
    ${groups.map(groupHtml)}
    ${
      failures.length === 0
        ? undefined
        : html`<section>
            <h2>Not written</h2>
            <ul>
              ${failures.map((failure) => html`<li>${failure}</li>`)}
            </ul>
          </section>`
    }`;
  return pageHtml({ title, style: EXPORT_STYLE, body });
}

function groupHtml({ title, entries }: IndexGroup): Html {
  return html`<section>
    <h2>${title}</h2>
    <dl class="index">
      ${entries.map(
        (entry) =>
          html`<dt><a href="${encodeURIComponent(entry.fileName)}">${entry.title}</a></dt>
            <dd>${entry.description}</dd>`,
      )}
    </dl>
  </section>`;
}
