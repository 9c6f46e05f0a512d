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

/** What a change of the editor's theme changed for those who cannot follow CSS variables. */
export interface ThemeChange {
  readonly hasOtherFont: boolean;
}

/** Calls back when the editor's theme changes. Colours are CSS variables, down into charts made of elements. */
export function onThemeChange(callback: (change: ThemeChange) => void): void {
  let fontBefore = JSON.stringify(pageFont());
  const observer = new MutationObserver(() => {
    const font = JSON.stringify(pageFont());
    const hasOtherFont = font !== fontBefore;
    fontBefore = font;
    callback({ hasOtherFont });
  });
  // VS Code sets its variables in the style of <html> and names the kind of theme in the class of <body>.
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
}
