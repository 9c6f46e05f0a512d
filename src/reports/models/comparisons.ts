import type { Value } from '../format';
import type { ReportRow } from '../reportModel';

/** Below this number of comparisons chance decides. */
const LEAST_COMPARISONS = 30;

/** Said in place of a number that chance would decide. */
const TOO_FEW = 'too few';

const START = 1000;
const K = 32;
/** A model that is this much better wins ten times as often as it loses. */
const SCALE = 400;

interface Standing {
  comparisons: number;
  wins: number;
  elo: number;
}

/** How a model stands against others; NULL where it was never compared. */
export interface StandingRow extends ReportRow {
  readonly comparisons: Value;
  readonly wins: Value;
  readonly win_rate: Value;
  readonly elo: Value;
}

const NEVER: StandingRow = { comparisons: 0, wins: null, win_rate: null, elo: null };

/**
 * Win rates and Elo ratings from comparisons (`model_id`, `opponent_id`, `is_win`) in their order. Elo as Open WebUI
 * reckons it (K 32, start 1000), without a model's comparisons with itself.
 * @param least fewer comparisons give neither
 * @returns how each model stands, also those that never won or lost.
 */
export function standings(
  comparisons: readonly ReportRow[],
  least = LEAST_COMPARISONS,
): (modelId: Value) => StandingRow {
  const byModel = new Map<Value, Standing>();
  const standingOf = (id: Value): Standing => {
    const standing = byModel.get(id) ?? { comparisons: 0, wins: 0, elo: START };
    byModel.set(id, standing);
    return standing;
  };
  for (const { model_id = null, opponent_id = null, is_win } of comparisons) {
    compare(standingOf(model_id), standingOf(opponent_id), is_win === 1 ? 1 : 0);
  }
  return (id) => {
    const standing = byModel.get(id);
    return standing === undefined ? NEVER : rowOf(standing, least);
  };
}

function compare(rated: Standing, other: Standing, score: 0 | 1): void {
  const expected = 1 / (1 + 10 ** ((other.elo - rated.elo) / SCALE));
  const change = K * (score - expected);
  rated.elo += change;
  other.elo -= change;
  rated.comparisons++;
  other.comparisons++;
  rated.wins += score;
  other.wins += 1 - score;
}

function rowOf({ comparisons, wins, elo }: Standing, least: number): StandingRow {
  const isEnough = comparisons >= least;
  return {
    comparisons,
    wins,
    win_rate: isEnough ? wins / comparisons : TOO_FEW,
    elo: isEnough ? Math.round(elo) : TOO_FEW,
  };
}

/** Comparisons won by each model (`model`) against each other one (`opponent`), most wins first. */
export function winsByOpponent(comparisons: readonly ReportRow[]): readonly ReportRow[] {
  const pairs = new Map<string, { model: string; opponent: string; wins: number; comparisons: number }>();
  const count = (model: string, opponent: string, isWin: boolean): void => {
    const key = JSON.stringify([model, opponent]);
    const pair = pairs.get(key) ?? { model, opponent, wins: 0, comparisons: 0 };
    pairs.set(key, pair);
    pair.comparisons++;
    pair.wins += Number(isWin);
  };
  for (const { model_id, opponent_id, is_win } of comparisons) {
    const [model, opponent] = [String(model_id), String(opponent_id)];
    count(model, opponent, is_win === 1);
    count(opponent, model, is_win !== 1);
  }
  return [...pairs.values()].sort(
    (a, b) => b.wins - a.wins || a.model.localeCompare(b.model) || a.opponent.localeCompare(b.opponent),
  );
}
