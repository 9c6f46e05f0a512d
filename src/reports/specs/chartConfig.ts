import type { Config } from 'vega-lite';
import { COLOURS } from './palette';

/** A font as measuring needs it: a real family, never a CSS variable, which a canvas does not know. */
export interface ChartFont {
  readonly family: string;
  /** Pixels. */
  readonly size: number;
}

/** What all charts have in common. */
export function chartConfig({ family, size }: ChartFont): Config {
  const small = Math.max(10, size - 2);
  return {
    background: 'transparent',
    font: family,
    padding: 0,
    // The picture is as wide as its place, axes included.
    autosize: { type: 'fit-x', contains: 'padding' },
    view: { stroke: 'transparent' },
    axis: {
      domain: false,
      ticks: false,
      gridColor: COLOURS.grid,
      labelColor: COLOURS.muted,
      labelFontSize: small,
      labelPadding: 6,
      titleColor: COLOURS.muted,
      titleFontSize: small,
      titleFontWeight: 'normal',
    },
    axisX: { grid: false },
    legend: {
      orient: 'top',
      title: null,
      labelColor: COLOURS.foreground,
      labelFontSize: small,
      labelLimit: 220,
      symbolType: 'square',
      symbolStrokeWidth: 0,
      columnPadding: 16,
      offset: 10,
    },
    bar: { stroke: COLOURS.edge, strokeWidth: 0.5 },
  };
}
