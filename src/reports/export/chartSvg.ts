import * as vega from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { ReportRow } from '../reportModel';
import { chartConfig } from '../specs/chartConfig';
import { textWidth } from './textWidth';

/** The exported page's fonts, the same for measuring and in its style. */
export const EXPORT_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';

const FONT_SIZE = 13;

/** Nothing is ever loaded: a spec holds its data. */
const refuse = (): Promise<never> => Promise.reject(new Error('Charts load nothing'));
const NO_LOADER: vega.Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

/** Missing in Vega's type declarations. */
const { textMetrics } = vega as unknown as {
  readonly textMetrics: { width: (item: { readonly fontSize?: number }, text: unknown) => number };
};

/** Starts a page: ids inside its pictures count from 1, so that equal reports give equal bytes. */
export function beginPictures(): void {
  vega.resetSVGDefIds();
  textMetrics.width = (item, text): number => textWidth(String(text), item.fontSize ?? FONT_SIZE);
}

/** Draws a chart without a browser. @returns SVG markup; texts in it are escaped. */
export async function chartSvg(
  spec: TopLevelSpec,
  data: { readonly name: string; readonly rows: readonly ReportRow[] },
  width: number,
): Promise<string> {
  // Vega marks the rows that it gets.
  const rows = data.rows.map((row) => ({ ...row }));
  const { spec: vegaSpec } = compile(
    { ...spec, width, datasets: { [data.name]: rows } },
    // What it drops of a spec is its own affair: it would be written to whoever runs the command line.
    { config: chartConfig({ family: EXPORT_FONT, size: FONT_SIZE }), logger: vega.logger(vega.Error) },
  );
  // The interpreter instead of generated code: also works where code generation is forbidden.
  const view = new vega.View(vega.parse(vegaSpec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'none',
    loader: NO_LOADER,
  });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
