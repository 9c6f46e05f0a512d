import type { Bench, WebviewPage } from '../support/bench';
import type { ThemeName } from '../support/themes';
import type { PageAddress } from '../support/webviewServer';
import { eventually } from '../../e2e/support/eventually';
import type { ToExtension, ToPage } from '../../../src/webview/report/protocol';

export type ReportWebview = WebviewPage<ToPage, ToExtension>;

interface Options extends Partial<PageAddress> {
  readonly size?: { readonly width: number; readonly height: number };
}

/** Opens the report's page; it has said `ready` and waits. */
export async function openReport(bench: Bench, { size, ...address }: Options = {}): Promise<ReportWebview> {
  const page = await bench.open<ToPage, ToExtension>(
    { scripts: ['toolbar.js', 'report.js'], styles: ['report.css'], theme: 'dark', ...address },
    size,
  );
  await eventually(
    async () => (await page.posted()).some(({ type }) => type === 'ready'),
    'the page to be ready',
  );
  return page;
}

/** Waits until each chart that is there is drawn, or says that it has nothing to show. */
export async function drawn({ frame }: ReportWebview): Promise<void> {
  await eventually(async () => {
    const charts = await frame.locator('figure').count();
    const pictures = await frame
      .locator('figure .canvas:not(.pending) :is(svg, canvas), figure .nothing')
      .count();
    return charts === pictures && (await frame.locator('.canvas.pending').count()) === 0;
  }, 'every chart to be drawn');
}

export const EVERY_THEME: readonly ThemeName[] = ['light', 'dark', 'contrastDark', 'contrastLight'];
