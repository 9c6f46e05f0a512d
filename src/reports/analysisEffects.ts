import { DEFAULT_WEIGHTS, type Weights } from './users/engagementWeights';

/**
 * What analysis.json changes in numbers of a report beside its costs. Statements say only what there is: where nobody is
 * left out and nothing merged they are as short, and as fast, as if there were no such file.
 */
export interface AnalysisEffects {
  /** Accounts of the report's instances that are left out of use and people. */
  readonly excludedAccounts: number;
  /** Accounts of the report's instances that count as another one of the same person. */
  readonly mergedAccounts: number;
  /** Holidays of the report's instances. */
  readonly holidays: number;
  /** Of the engagement score; they add up to 1. */
  readonly weights: Weights;
}

export const NO_EFFECTS: AnalysisEffects = {
  excludedAccounts: 0,
  mergedAccounts: 0,
  holidays: 0,
  weights: DEFAULT_WEIGHTS,
};
