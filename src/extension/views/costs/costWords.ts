import * as l10n from '@vscode/l10n';
import { translated } from '../../../language/translated';
import type { CostRunStatus, CostTrigger } from '../../../store/costs/costTypes';

/** What became of a cost run; one that broke off says what happened to its data. */
export const COST_STATUS_WORDS = translated<Readonly<Record<CostRunStatus, string>>>(() => ({
  running: l10n.t('running'),
  ok: l10n.t('done'),
  partial: l10n.t('done in part'),
  failed: l10n.t('failed'),
  cancelled: l10n.t('cancelled · what was fetched is kept'),
  throttled: l10n.t('put off · Azure asked to come back later'),
}));

export const COST_TRIGGER_WORDS = translated<Readonly<Record<CostTrigger, string>>>(() => ({
  manual: l10n.t('by hand'),
  schedule: l10n.t('by the timer'),
  startup: l10n.t('at start-up'),
  import: l10n.t('from a file'),
}));
