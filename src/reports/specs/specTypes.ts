import type { TopLevelSpec } from 'vega-lite';

export type LayeredSpec = Extract<TopLevelSpec, { layer: readonly unknown[] }>;

/** One layer of a picture. */
export type Layer = LayeredSpec['layer'][number];

export type Transform = NonNullable<TopLevelSpec['transform']>[number];

/** Channels of a layer that draws marks itself. */
export type MarkEncoding = NonNullable<Exclude<Layer, { layer: readonly unknown[] }>['encoding']>;
