/** Markup that may be put into a page as it is. */
export class Html {
  constructor(readonly markup: string) {}
  toString(): string {
    return this.markup;
  }
}

type Part = Html | string | number | undefined | readonly Html[];

/**
 * Builds markup from a template. Whatever is put in is text and gets escaped, in element content and in quoted
 * attributes, unless it is `Html` itself; undefined is nothing.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = strings.reduce((built, text, index) => built + markupOf(parts[index - 1]) + text);
  return new Html(markup);
}

function markupOf(part: Part): string {
  if (part instanceof Html) {
    return part.markup;
  }
  return typeof part === 'object' ? part.join('') : escapeHtml(String(part ?? ''));
}

/** Text as it must be written in element content or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/gu, (character) => `&#${character.charCodeAt(0)};`);
}
