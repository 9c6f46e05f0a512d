import type { ChartBlock, ReportModel } from '../reportModel';
import { LIGHT_COLOURS } from '../specs/lightColours';
import { beginPictures, chartSvg } from './chartSvg';
import { emptyText } from './cover';
import { escapeHtml } from './html';
import { CHART_WIDTHS } from './htmlBlocks';

/**
 * One chart as an SVG file: in light colours on a light ground, with its title and summary for those who do not see it.
 * @throws Error when the report has no such chart
 */
export async function standaloneSvg(model: ReportModel, blockId: string): Promise<string> {
  const { title, summary, spec, dataset, isWide } = chartIn(model, blockId);
  beginPictures();
  const rows = model.datasets[dataset] ?? [];
  const svg = await chartSvg(spec, { name: dataset, rows }, isWide ? CHART_WIDTHS.wide : CHART_WIDTHS.narrow);
  const ground = `<rect width="100%" height="100%" fill="var(--ow-background)"/>`;
  const head = `<title>${escapeHtml(title)}</title><desc>${escapeHtml(summary)}</desc>${ground}`;
  return `${inLightColours(svg.replace(/<svg [^>]*>/u, (tag) => tag + head))}\n`;
}

function chartIn(model: ReportModel, id: string): ChartBlock {
  if (model.isEmpty) {
    throw new Error(emptyText(model));
  }
  const charts = model.sections
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.type === 'chart' ? [block] : []));
  const found = charts.find((chart) => chart.id === id);
  if (found === undefined) {
    const names = charts.map((chart) => chart.id).join(', ');
    throw new Error(`The report has no chart "${id}". It has: ${names === '' ? 'none' : names}.`);
  }
  return found;
}

/** Few programs know variables outside of a page. */
function inLightColours(svg: string): string {
  return svg.replace(
    /var\((--ow-[\w-]+)\)/gu,
    (text, name: string) => LIGHT_COLOURS[name as keyof typeof LIGHT_COLOURS] ?? text,
  );
}
