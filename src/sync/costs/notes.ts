import * as l10n from '@vscode/l10n';
import type { CostType } from '../../store/costs/costTypes';
import type { EpochSeconds } from '../../store/records';
import type { CostDetail } from '../azure/azureModule';
import { countOf, formatDuration } from '../words';
import type { CostPlan, PlannedPart } from './plan';

/** What a plan leaves out, and what it asks for early. */
export function planNotes({ imported, askedAgain }: CostPlan, now: EpochSeconds): readonly string[] {
  return [
    ...imported.map((part) =>
      l10n.t(
        '{0}: not read, since an imported file holds this cost. Remove the imported costs to have them from Azure.',
        nameOf(part),
      ),
    ),
    ...(askedAgain === undefined
      ? []
      : [
          l10n.t(
            'Asked again after {0}. Azure brings its figures up to date about every 4 hours.',
            formatDuration((now - askedAgain) * 1000),
          ),
        ]),
  ];
}

/** A month whose rows stay as they were. @param reason a sentence */
export function keptNote(part: PlannedPart, reason: string): string {
  return l10n.t('{0}: {1} What was read before stays.', nameOf(part), reason);
}

/** A view of the cost that Azure refuses in all months. @param reason a sentence */
export function givenUpNote(costType: CostType, reason: string): string {
  return costType === 'actual'
    ? l10n.t('Actual cost: {0} No further month was asked for. What was read before stays.', reason)
    : l10n.t('Amortized cost: {0} No further month was asked for. What was read before stays.', reason);
}

/** A closed month whose total is another one now. */
export function changedNote(part: PlannedPart): string {
  return l10n.t('{0}: Azure changed its total after the month was closed. It was read again.', nameOf(part));
}

/** A month with days that were billed otherwise before. */
export function restatedNote(part: PlannedPart, days: number): string {
  return l10n.t('{0}: {1} restated by Azure.', nameOf(part), countOf(days, 'day'));
}

/** A detail that Azure does not tell of this scope. */
export function missingNote(detail: CostDetail): string {
  switch (detail) {
    case 'meterSubcategory':
      return l10n.t('Azure does not tell the sub-categories of meters here.');
    case 'chargeType':
      return l10n.t(
        'Azure does not tell the kinds of charges here: purchases and refunds cannot be told apart.',
      );
    case 'tag':
      return l10n.t('Azure does not tell the values of the tag here.');
  }
}

function nameOf({ month, costType }: PlannedPart): string {
  return costType === 'actual' ? l10n.t('{0}, actual cost', month) : l10n.t('{0}, amortized cost', month);
}
