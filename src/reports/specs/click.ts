import type { ChartKind } from './chartKinds';

/** The pointer tells which marks can be clicked. */
export function cursorOf({ click }: ChartKind): { readonly cursor?: 'pointer' } {
  return click === undefined ? {} : { cursor: 'pointer' };
}
