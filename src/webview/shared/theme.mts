/** The font of the page as a canvas understands it: names and pixels, no variables. */
export interface PageFont {
  readonly family: string;
  readonly size: number;
}

/** Reads the font that the theme gives the page. */
export function pageFont(): PageFont {
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  return { family: fontFamily, size: Number.parseFloat(fontSize) || 13 };
}

/**
 * Calls back when the editor's theme gives the page another font. Colours need nothing: they are CSS variables, down
 * into the charts.
 */
export function onFontChange(callback: () => void): void {
  let before = JSON.stringify(pageFont());
  const observer = new MutationObserver(() => {
    const now = JSON.stringify(pageFont());
    if (now !== before) {
      before = now;
      callback();
    }
  });
  // VS Code sets its variables in the style of <html> and names the kind of theme in the class of <body>.
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
}
