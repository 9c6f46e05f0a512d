import { createHash } from 'node:crypto';
import { html, Html } from './html';

export interface PageParts {
  readonly title: string;
  readonly style: string;
  readonly script?: string | undefined;
  readonly body: Html;
}

/**
 * A self-contained page without network. Its policy names its one style and its one script by hash, so nothing that data
 * smuggles in could run.
 */
export function pageHtml({ title, style, script, body }: PageParts): string {
  if (script !== undefined && /<\/script|<!--/iu.test(script)) {
    throw new Error('The script of the export cannot stand in a page');
  }
  const policy = [
    `default-src 'none'`,
    `style-src ${hashOf(style)}`,
    `script-src ${script === undefined ? `'none'` : hashOf(script)}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  // The hashes are of the very text between the tags.
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        <main>${body}</main>
        ${script === undefined ? undefined : new Html(`<script>${script}</script>`)}
      </body>
    </html> `.markup;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
