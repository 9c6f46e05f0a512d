import * as l10n from '@vscode/l10n';
import { translated } from '../../../language/translated';
import type { MeterDirection } from '../../../store/analysis/analysisTypes';

/** What a meter counts. */
export const DIRECTION_WORDS = translated<Readonly<Record<MeterDirection, string>>>(() => ({
  input: l10n.t('Input tokens'),
  cached: l10n.t('Cached input tokens'),
  output: l10n.t('Output tokens'),
  fixed: l10n.t('No tokens'),
}));
