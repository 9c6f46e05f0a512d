import * as l10n from '@vscode/l10n';
import type { PrivacyMode } from '../../store/instances/privacy';
import { PRIVACY_MODES } from '../../store/instances/privacy';
import { PRIVACY_WORDS } from '../../sync/privacyWords';

/** One entry of a list of modes. */
export interface PrivacyItem {
  readonly label: string;
  readonly description?: string;
  readonly detail: string;
  readonly value: PrivacyMode;
}

/** All modes, from most to least; the one in force is marked. */
export function privacyItems(current?: PrivacyMode): readonly PrivacyItem[] {
  return PRIVACY_MODES.map((mode) => ({
    label: PRIVACY_WORDS[mode].name,
    ...(mode === current ? { description: l10n.t('in force') } : {}),
    detail: PRIVACY_WORDS[mode].holds,
    value: mode,
  }));
}
