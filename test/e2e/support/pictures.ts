import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { VsCode } from './vsCode';

const folder = join(__dirname, '..', '..', '..', 'out', 'pictures');

const marks = {
  light: '.monaco-workbench.vs',
  dark: '.monaco-workbench.vs-dark',
  contrast: '.monaco-workbench.hc-black',
} as const;

export type Theme = keyof typeof marks;

/** What a newcomer's window has. */
const USUAL: readonly Theme[] = ['light', 'dark'];
/** Reports are looked at in high contrast, too. */
export const ALL_THEMES: readonly Theme[] = ['light', 'dark', 'contrast'];

/** Switches the colour theme and waits until it is in force; what is open stays open. */
export async function useTheme({ page }: VsCode, theme: Theme): Promise<void> {
  await page.emulateMedia({
    colorScheme: theme === 'light' ? 'light' : 'dark',
    forcedColors: theme === 'contrast' ? 'active' : 'none',
  });
  await page.locator(marks[theme]).waitFor();
}

/**
 * Takes a picture of the window in each theme: `out/pictures/<name>-<theme>.png`.
 * @param settled waits for what has to be drawn anew after a change of theme
 */
export async function takePictures(
  vsCode: VsCode,
  name: string,
  settled: () => Promise<unknown> = () => Promise.resolve(),
  themes: readonly Theme[] = USUAL,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const theme of themes) {
    await useTheme(vsCode, theme);
    await settled();
    await vsCode.page.screenshot({ path: join(folder, `${name}-${theme}.png`), animations: 'disabled' });
  }
}

/** Takes a picture of a whole page in a browser, in both themes: `out/pictures/<name>-<theme>.png`. */
export async function takePagePictures(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const theme of USUAL) {
    await page.emulateMedia({ colorScheme: theme === 'light' ? 'light' : 'dark' });
    await page.screenshot({ path: join(folder, `${name}-${theme}.png`), fullPage: true });
  }
}

/** Keeps what a failing test saw. */
export async function takeFailurePicture(vsCode: VsCode, test: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const name = test.replaceAll(/[^\w]+/g, '-').toLowerCase();
  await vsCode.page.screenshot({ path: join(folder, `failed-${name}.png`) });
}
