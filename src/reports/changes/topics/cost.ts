import type { Formatter } from '../../format';
import type { SentenceModel } from '../../reportModel';
import { FLOORS } from '../../trends/anomalies';
import { causeDetails, moversOf } from '../causes';
import { costCoverage, costFactsOf, type CostFact } from '../costFacts';
import { isWeekly, type Facts } from '../facts';
import { toneOf, toReport, type Finding, type Topic } from '../finding';
import { PHRASES } from '../phrases';
import { judge, sizeOf } from '../unusual';

/** What each currency's costs were, where the month leads, and budgets that will not last. */
export const costTopic: Topic = (facts, format) =>
  costFactsOf(facts).flatMap((cost) => [
    ...(facts.now === undefined ? [] : [costFinding(cost, facts, format)]),
    ...budgetFinding(cost, format),
  ]);

function costFinding(cost: CostFact, facts: Facts, format: Formatter): Finding {
  const { currency, now, before = now, earlier, byInstance } = cost;
  const money = { currency };
  const { isTold, isUnusual, usual } = judge({ now, before, earlier }, FLOORS.cost);
  const movers = [...byInstance, ...moversOf(facts, `cost ${currency}`)];
  const details = [
    ...(isTold ? causeDetails(now - before, movers, format, money) : []),
    coverageText(facts, format),
    forecastText(cost, format),
    usual === undefined || !isTold
      ? ''
      : PHRASES.usual(format, usual, earlier.length, isWeekly(facts), money),
  ];
  return {
    topic: `cost in ${currency}`,
    size: sizeOf({ now, before }),
    isUnusual,
    sentence: {
      text: isTold
        ? PHRASES.moved(format, 'Cost', now, before, money)
        : PHRASES.cost(format, now, cost.before, money),
      tone: toneOf(isUnusual),
      details: details.filter((detail) => detail !== ''),
      link: toReport('cost'),
    },
  };
}

function coverageText(facts: Facts, format: Formatter): string {
  const now = costCoverage(facts, 0);
  const { shift } = facts.span;
  const before = shift === undefined ? undefined : costCoverage(facts, shift);
  return now === undefined ? '' : PHRASES.costCoverage(format, now, before);
}

function forecastText({ forecast, budget, currency }: CostFact, format: Formatter): string {
  if (forecast === undefined) {
    return '';
  }
  const { month, whole, soFar } = forecast;
  return [
    PHRASES.forecast(format, format.bucket(month, 'month'), whole, soFar, { currency }),
    ...(budget === undefined ? [] : [PHRASES.budget(format, whole / budget, budget, { currency })]),
  ].join(' ');
}

/** A budget that is spent, or will be. */
function budgetFinding({ forecast, budget, currency }: CostFact, format: Formatter): Finding[] {
  if (forecast === undefined || budget === undefined || forecast.whole <= budget) {
    return [];
  }
  const { month, whole, soFar } = forecast;
  const isSpent = soFar >= budget;
  const words = format.bucket(month, 'month');
  const sentence: SentenceModel = {
    text: isSpent
      ? PHRASES.budgetSpent(format, words, soFar, budget, { currency })
      : PHRASES.overBudget(format, words, whole, budget, { currency }),
    tone: 'alert',
    details: isSpent ? [PHRASES.forecast(format, words, whole, soFar, { currency })] : [],
    link: toReport('cost'),
  };
  // Among the first: it is what somebody has to act on.
  return [{ topic: `budget in ${currency}`, size: isSpent ? 1 : 0.9, isUnusual: true, sentence }];
}
