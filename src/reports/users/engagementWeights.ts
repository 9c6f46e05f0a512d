import {
  ENGAGEMENT_PARTS,
  type EngagementPart,
  type EngagementWeights,
} from '../../store/analysis/analysisTypes';

/** What each part of the engagement score counts. */
export type Weights = Readonly<Record<EngagementPart, number>>;

export const DEFAULT_WEIGHTS: Weights = { frequency: 0.4, depth: 0.2, breadth: 0.2, recency: 0.2 };

/**
 * The weights of the score, which add up to 1: those that were set, in place of the reports' own. Where all are 0 there
 * would be no score: the reports' own stand.
 */
export function weightsOf(set: EngagementWeights): Weights {
  const chosen = ENGAGEMENT_PARTS.map((part) => [part, set[part] ?? DEFAULT_WEIGHTS[part]] as const);
  const sum = chosen.reduce((total, [, weight]) => total + weight, 0);
  return sum > 0
    ? (Object.fromEntries(chosen.map(([part, weight]) => [part, rounded(weight / sum)])) as Weights)
    : DEFAULT_WEIGHTS;
}

/** Whether they are others than the reports' own. */
export function areChosen(weights: Weights): boolean {
  return ENGAGEMENT_PARTS.some((part) => weights[part] !== DEFAULT_WEIGHTS[part]);
}

/** As many digits as a statement should show. */
function rounded(weight: number): number {
  return Math.round(weight * 1e6) / 1e6;
}
