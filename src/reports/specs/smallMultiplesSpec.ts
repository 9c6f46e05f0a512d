import type { TopLevelSpec } from 'vega-lite';
import type { ReportRow } from '../reportModel';
import { annotationsOf } from './annotations';
import type { Chart } from './chartKinds';
import { cursorOf } from './click';
import { filledSteps } from './linesSpecs';
import { COLOURS, seriesColour } from './palette';
import { KEY_TRANSFORM, keyOf, type Series, PART_KEY, seriesOf } from './series';
import type { Transform } from './specTypes';
import type { SpecContext } from './time';
import { isCrowded, stepTransforms, stepValue, timeAxis } from './time';
import { datumOf, drawnValue, literal, markValues, numberText } from './values';

/** Pixels of one small line, its name included. */
const STRIP = 64;
/** Part of a strip that the highest value fills; its name stands above. */
const FILL = 0.68;

/**
 * A small line for each part, one below the other. The parts share one vertical axis on which each has a unit of its own,
 * so that all have the same scale and the picture can be as wide as its place.
 */
export function smallMultiplesSpec(
  chart: Chart<'smallMultiples'>,
  context: SpecContext,
  rows: readonly ReportRow[],
): TopLevelSpec {
  const value = drawnValue(chart.value);
  const series = seriesOf(rows);
  const numbers = (part: Series): number[] =>
    rows.filter((row) => keyOf(row) === part.key).map((row) => Number(row[value.field] ?? 0));
  const most = series.map((part) => Math.max(0, ...numbers(part)));
  const top = Math.max(...most, 0) || 1;
  const height = Math.max(1, series.length) * STRIP;
  const { behind, before } = annotationsOf(context, undefined, { height, hasWords: false });
  const words = markValues([stepValue(context.unit), { field: 'series', title: 'Of' }, value]);
  const x = timeAxis(context);
  const y = (field: string) => ({
    field,
    type: 'quantitative' as const,
    axis: null,
    scale: { domain: [Math.max(1, series.length), 0], nice: false, zero: false },
  });
  const keys = literal(series.map(({ key }) => key));
  const place: Transform[] = [
    { calculate: `indexof(${keys}, datum.${PART_KEY}) + 1`, as: 'base' },
    {
      calculate: `isValid(${datumOf(value.field)}) ? datum.base - ${FILL} * ${datumOf(value.field)} / ${top} : null`,
      as: 'height',
    },
  ];
  const names = series.map(({ name }, index) => ({
    name,
    most: most[index] ?? null,
    base: index + 1,
    top: index,
    bucket: x.scale.domain[0] ?? '',
  }));
  return {
    data: { name: context.dataset },
    width: 'container',
    height,
    transform: [...stepTransforms(context.buckets), KEY_TRANSFORM],
    layer: [
      ...behind,
      {
        data: { values: names },
        mark: { type: 'rule', color: COLOURS.grid, aria: false },
        encoding: { x: { value: 0 }, x2: { value: 'width' }, y: y('base') },
      },
      {
        transform: [...filledSteps(value, context), ...place],
        mark: { type: 'area', color: seriesColour(0), opacity: 0.18, aria: false },
        encoding: {
          x,
          y: y('height'),
          y2: { field: 'base' },
          detail: { field: PART_KEY, type: 'nominal' },
        },
      },
      {
        transform: [...filledSteps(value, context), ...place],
        mark: { type: 'line', color: seriesColour(0), strokeWidth: 1.75, aria: false },
        encoding: { x, y: y('height'), detail: { field: PART_KEY, type: 'nominal' } },
      },
      ...(isCrowded(context, series.length)
        ? []
        : [
            {
              transform: [...place, ...words.transforms],
              mark: {
                type: 'point' as const,
                size: 30,
                filled: true,
                color: seriesColour(0),
                ...cursorOf(chart),
              },
              encoding: {
                x,
                y: y('height'),
                // Unseen points still answer to the pointer.
                opacity: { condition: { test: 'datum.is_pale', value: 0.5 }, value: 0 },
                ...words.encoding,
              },
            },
          ]),
      {
        data: { values: names },
        transform: [
          { calculate: `datum.name + ' · most ' + ${numberText('datum.most', value.format)}`, as: 'words' },
        ],
        mark: { type: 'text', align: 'left', baseline: 'top', dy: 4, color: COLOURS.foreground, aria: false },
        encoding: {
          x: { ...x, bandPosition: 0 },
          y: y('top'),
          text: { field: 'words', type: 'nominal' },
        },
      },
      ...before,
    ],
  };
}
