import { largeText } from '../../sync/texts/freeUpText';
import type { MirrorView } from './instanceView';

/** A line above the tree about the mirror as a whole; undefined while there is nothing to say. */
export function mirrorMessage({ status }: Pick<MirrorView, 'status'>): string | undefined {
  const large = largeText(status.sizes?.imageBytes);
  return large === undefined ? undefined : `${large}. Free Up Space… makes room.`;
}
