import type { TopLevelSpec } from 'vega-lite';
import type { ReportRow } from '../../../reports/reportModel';
import type { PictureFormat } from '../protocol';

/** A chart to draw. */
export interface DrawnChart {
  readonly spec: TopLevelSpec;
  readonly dataset: string;
  readonly rows: readonly ReportRow[];
  readonly title: string;
}

/** What the script gives that draws charts, loaded when the first one is asked for. */
export interface ChartApi {
  /** @returns takes the picture away. @throws Error when it cannot be drawn */
  draw(host: HTMLElement, chart: DrawnChart): Promise<() => void>;
  /** The bytes of a file, as base64. */
  picture(chart: DrawnChart, width: number, format: PictureFormat): Promise<string>;
}

declare global {
  interface Window {
    /** Set by the script, once it is loaded. */
    openwebuiSyncCharts?: ChartApi;
  }
}
