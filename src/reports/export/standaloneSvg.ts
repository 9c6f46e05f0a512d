import type { ReportModel } from '../reportModel';
import { LIGHT_COLOURS } from '../specs/lightColours';
import { beginPictures, chartSvg } from './chartSvg';
import { escapeHtml } from './html';
import { CHART_WIDTHS } from './htmlBlocks';
import type { People } from './people';
import { pseudonymised } from './pseudonyms';

/**
 * One chart as an SVG file: in light colours on a light ground, with its title and summary for those who do not see it.
 * @throws Error when the report has no such chart
 */
export async function standaloneSvg(model: ReportModel, blockId: string, people?: People): Promise<string> {
  const shown = people === undefined ? model : pseudonymised(model, people);
  const block = shown.sections.flatMap(({ blocks }) => blocks).find(({ id }) => id === blockId);
  if (block?.type !== 'chart') {
    throw new Error(`The report has no chart "${blockId}".`);
  }
  beginPictures();
  const rows = shown.datasets[block.dataset] ?? [];
  const width = block.isWide ? CHART_WIDTHS.wide : CHART_WIDTHS.narrow;
  const svg = await chartSvg(block.spec, { name: block.dataset, rows }, width);
  const ground = `<rect width="100%" height="100%" fill="var(--ow-background)"/>`;
  const head = `<title>${escapeHtml(block.title)}</title><desc>${escapeHtml(block.summary)}</desc>${ground}`;
  return `${inLightColours(svg.replace(/<svg [^>]*>/u, (tag) => tag + head))}\n`;
}

/** Few programs know variables outside of a page. */
function inLightColours(svg: string): string {
  return svg.replace(
    /var\((--ow-[\w-]+)\)/gu,
    (text, name: string) => LIGHT_COLOURS[name as keyof typeof LIGHT_COLOURS] ?? text,
  );
}
