import type { Loader } from 'vega';
import embed, { type Result } from 'vega-embed';
import { expressionInterpreter } from 'vega-interpreter';
import type { TopLevelSpec } from 'vega-lite';
import type { ReportRow } from '../../reports/reportModel';
import { chartConfig } from '../../reports/specs/chartConfig';
import { pageFont } from '../shared/theme.mjs';
import { showTooltip } from './chartTooltip.mjs';

/** Above so many rows a picture of elements gets slow. */
const MAX_SVG_ROWS = 2000;

/** Charts hold their data: nothing is ever loaded or linked to. */
const refuse = (): Promise<never> => Promise.reject(new Error('Charts load nothing'));
const NO_LOADER: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

/**
 * Draws a chart into an element of the page: by the expression interpreter, since the page's policy forbids generated
 * code, and without Vega's own styles and menu.
 */
export function drawChart(
  host: HTMLElement,
  spec: TopLevelSpec,
  data: { readonly name: string; readonly rows: readonly ReportRow[] },
): Promise<Result> {
  return embed(
    host,
    { ...spec, datasets: { [data.name]: data.rows } },
    {
      mode: 'vega-lite',
      renderer: data.rows.length > MAX_SVG_ROWS ? 'canvas' : 'svg',
      actions: false,
      ast: true,
      expr: expressionInterpreter,
      defaultStyle: false,
      tooltip: showTooltip,
      loader: NO_LOADER,
      config: chartConfig(pageFont()),
    },
  );
}
