import { annotationsOf } from './annotations';
import type { LayeredSpec, Layer, Transform } from './specTypes';
import type { SpecContext } from './time';
import { stepTransforms, TIME_HEIGHT } from './time';

/** What a kind of time chart draws. */
export interface TimeLayers {
  readonly transforms: readonly Transform[];
  readonly layers: readonly Layer[];
}

/**
 * A chart on the time axis: its values between what nothing is known of and the remarks.
 * `draw` gets the scale of the vertical axis, which leaves room for words at the top.
 */
export function timeChart(
  context: SpecContext,
  marks: string | undefined,
  draw: (scale: { readonly range: number[] }) => TimeLayers,
): LayeredSpec {
  const { behind, before, headroom } = annotationsOf(context, marks);
  const { transforms, layers } = draw({ range: [TIME_HEIGHT, headroom] });
  return {
    data: { name: context.dataset },
    width: 'container',
    height: TIME_HEIGHT,
    transform: [...stepTransforms(context.buckets), ...transforms],
    layer: [...behind, ...layers, ...before],
  };
}
