import { escapeHtml } from '../../reports/export/html';

/** A language that is not the one of the sources. */
export interface PageLanguage {
  /** Its tag, such as `de`. */
  readonly tag: string;
  /** What stands for each text of the sources. */
  readonly words: Readonly<Record<string, string>>;
}

/** What the HTML of a webview is written from. */
export interface PageParts {
  readonly title: string;
  /** Unique to this load: whatever carries it may run. */
  readonly nonce: string;
  /** What stands for the webview's own origin in its policy. */
  readonly cspSource: string;
  /** Addresses of the bundles in the order they run. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
  /** Trusted markup of the product's own; data goes in by `textContent` later. */
  readonly body?: string | undefined;
  /** Undefined: English, as the sources are. */
  readonly language?: PageLanguage | undefined;
}

/** A page on which nothing but our own bundles runs and which fetches nothing from a network. */
export function pageHtml({ title, nonce, cspSource, scripts, styles, body, language }: PageParts): string {
  const csp = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `img-src ${cspSource} data: blob:`,
    `font-src ${cspSource}`,
    `connect-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  // The toolkit adds a style element and takes its nonce from the `csp-nonce` property.
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language?.tag ?? 'en')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(csp)}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
${styles.map((uri) => `<link rel="stylesheet" href="${escapeHtml(uri)}">`).join('\n')}
</head>
<body>
${body ?? '<main id="app"></main>'}${language === undefined ? '' : wordsBlock(language)}
${scripts.map((uri) => `<script nonce="${nonce}" src="${escapeHtml(uri)}"></script>`).join('\n')}
</body>
</html>`;
}

/** Data that a page reads before it draws; nothing in it can end the block. */
function wordsBlock({ words }: PageLanguage): string {
  return `\n<script type="application/json" id="words">${JSON.stringify(words).replaceAll('<', '\\u003c')}</script>`;
}
