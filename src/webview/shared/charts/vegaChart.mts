import { Error as ErrorLevel, parse, View, type Loader } from 'vega';
import embed, { type Result } from 'vega-embed';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type Config, type TopLevelSpec } from 'vega-lite';
import type { ReportRow } from '../../../reports/reportModel';
import { chartConfig } from '../../../reports/specs/chartConfig';
import { pageFont } from '../theme.mjs';
import { showTooltip } from './chartTooltip.mjs';
import { pageColours, withColours } from './colours.mjs';

/** Above so many rows a picture of elements gets slow. */
const MAX_SVG_ROWS = 2000;

/** Charts hold their data: nothing is ever loaded or linked to. */
const refuse = (): Promise<never> => Promise.reject(new Error('Charts load nothing'));
const NO_LOADER: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

/** A spec and the rows of the data source that it names. */
export interface ChartSource {
  readonly spec: TopLevelSpec;
  readonly dataset: string;
  readonly rows: readonly ReportRow[];
}

/** Whether a chart is painted on a canvas, which does not follow the theme by itself. */
export function isPainted({ rows }: ChartSource): boolean {
  return rows.length > MAX_SVG_ROWS;
}

/**
 * Draws a chart into an element of the page: by the expression interpreter, since the page's policy forbids generated
 * code, and without Vega's own styles and menu.
 */
export function drawChart(host: HTMLElement, source: ChartSource): Promise<Result> {
  const config = chartConfig(pageFont());
  const colours = isPainted(source) ? pageColours() : undefined;
  return embed(host, withRows(colours === undefined ? source : coloured(source, colours)), {
    mode: 'vega-lite',
    renderer: colours === undefined ? 'svg' : 'canvas',
    actions: false,
    ast: true,
    expr: expressionInterpreter,
    defaultStyle: false,
    tooltip: showTooltip,
    loader: NO_LOADER,
    // Values that are all unknown are no news.
    logLevel: ErrorLevel,
    config: colours === undefined ? config : withColours(config, colours),
  });
}

/** A chart as the text of an SVG file. Neither the spec nor the config may hold CSS variables. */
export async function chartSvg(source: ChartSource, config: Config): Promise<string> {
  const { spec } = compile(withRows(source), { config });
  const view = new View(parse(spec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'none',
    loader: NO_LOADER,
    logLevel: ErrorLevel,
  });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

function coloured(source: ChartSource, colours: ReturnType<typeof pageColours>): ChartSource {
  return { ...source, spec: withColours(source.spec, colours) };
}

function withRows({ spec, dataset, rows }: ChartSource): TopLevelSpec {
  return { ...spec, datasets: { [dataset]: rows } };
}
