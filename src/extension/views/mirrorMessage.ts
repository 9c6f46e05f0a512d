import * as l10n from '@vscode/l10n';
import { noHardLinksText } from '../../sync/texts/diskText';
import { largeText } from '../../sync/texts/freeUpText';
import type { MirrorView } from './instanceView';

/** A line above the tree about the mirror as a whole; undefined while there is nothing to say. */
export function mirrorMessage({ status }: Pick<MirrorView, 'status'>): string | undefined {
  const large = largeText(status.sizes?.imageBytes);
  const sentences = [
    ...(large === undefined ? [] : [l10n.t('{0}. Free Up Space... makes room.', large)]),
    ...(status.hasNoHardLinks === true ? [`${noHardLinksText()}.`] : []),
  ];
  return sentences.length === 0 ? undefined : sentences.join(' ');
}
