import * as l10n from '@vscode/l10n';
import type { FreeUpPlan, RetentionPolicy } from '../../store/retention/retention';
import { amountText, itemOf, itemTitle, worthwhile } from '../../sync/texts/freeUpText';

/** Ages that are offered, in months, oldest first. */
const OFFERED_MONTHS = [24, 12, 6, 3];

/** One entry of the list of what can be freed. */
export interface FreeUpChoice {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
  readonly value: FreeUpPlan;
}

/** The policies that are looked at: each age of text with the runs' age of the settings, and that alone. */
export function offeredPolicies({ textMonths, runDays }: RetentionPolicy): readonly RetentionPolicy[] {
  const months = new Set([...OFFERED_MONTHS, ...(textMonths > 0 ? [textMonths] : [])]);
  return [...[...months].sort((a, b) => b - a), 0].map((each) => ({ textMonths: each, runDays }));
}

/**
 * What would free something, from the least to the most, at last without touching text. An age at which no more text goes
 * than at the one before is left out, unless the settings name it.
 */
export function freeUpChoices(plans: readonly FreeUpPlan[], setMonths: number): readonly FreeUpChoice[] {
  const withText = plans.filter((plan, index) => {
    const { rows } = itemOf(plan, 'text');
    const before = plans[index - 1];
    const isMore = before === undefined || rows > itemOf(before, 'text').rows;
    return rows > 0 && (isMore || plan.policy.textMonths === setMonths);
  });
  const rest = plans.filter(({ policy }) => policy.textMonths === 0);
  return [
    ...withText.map((plan): FreeUpChoice => {
      const text = itemOf(plan, 'text');
      return {
        label: itemTitle(text, plan.policy),
        description: amountText(text),
        ...(plan.policy.textMonths === setMonths ? { detail: l10n.t('As the settings say') } : {}),
        value: plan,
      };
    }),
    ...rest.flatMap((plan): FreeUpChoice[] => {
      const [first, ...more] = worthwhile(plan);
      return first === undefined
        ? []
        : [
            {
              label: itemTitle(first, plan.policy),
              description: amountText(first),
              ...(more.length === 0
                ? {}
                : {
                    detail: more
                      .map((item) => `${itemTitle(item, plan.policy)}: ${amountText(item)}`)
                      .join(' · '),
                  }),
              value: plan,
            },
          ];
    }),
  ];
}
