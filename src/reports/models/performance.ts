import type { Value } from '../format';
import type { ReportRow } from '../reportModel';
import { standings } from './comparisons';
import { switchingOf } from './switching';
import { wilsonInterval } from './wilson';

/** Fewer ratings tell no share. */
const LEAST_RATINGS = 10;

/** Rows of one model from several datasets, by its id. */
function byModel(rows: readonly ReportRow[]): (modelId: Value) => ReportRow {
  const found = new Map(rows.map((row) => [row['model_id'] ?? null, row]));
  return (id) => found.get(id) ?? {};
}

/** Puts what is known of each model side by side: answers, their lengths, repetitions, side-by-side turns, switches, thumbs. */
export function performanceRows([
  answers = [],
  lengths = [],
  again = [],
  switches = [],
  comparisons = [],
]: readonly (readonly ReportRow[])[]): readonly ReportRow[] {
  const lengthOf = byModel(lengths);
  const againOf = byModel(again);
  const standingOf = standings(comparisons);
  return answers.map((row, index) => {
    const id = row['model_id'] ?? null;
    const length = lengthOf(id);
    return {
      rank: index + 1,
      model: id === '' ? 'Unknown model' : id,
      ...row,
      answer_chars_median: length['median'] ?? null,
      answer_chars_p90: length['p90'] ?? null,
      ...repeatsOf(row, againOf(id)),
      side_by_side_turns: againOf(id)['side_by_side_turns'] ?? 0,
      switch_rate: switchingOf(switches.filter(({ from_id }) => from_id === id)).switch_rate,
      ...thumbsOf(row),
      ...standingOf(id),
    };
  });
}

function repeatsOf(
  { sound_answers }: ReportRow,
  { regenerations }: ReportRow,
): {
  readonly first_answers: number;
  readonly regenerations: number;
  readonly regeneration_rate: number | null;
} {
  const repeats = Number(regenerations ?? 0);
  const firsts = Number(sound_answers ?? 0) - repeats;
  return {
    first_answers: firsts,
    regenerations: repeats,
    regeneration_rate: firsts > 0 ? repeats / firsts : null,
  };
}

/** The headline numbers of regeneration, as one row: a turn and a model have one first answer, so that models add up. */
export function repeatRows([
  answers = [],
  again = [],
]: readonly (readonly ReportRow[])[]): readonly ReportRow[] {
  const sum = (rows: readonly ReportRow[], column: string): number =>
    rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
  return [
    {
      is_current: 1,
      ...repeatsOf(
        { sound_answers: sum(answers, 'sound_answers') },
        { regenerations: sum(again, 'regenerations') },
      ),
    },
  ];
}

function thumbsOf({ ratings, ratings_up }: ReportRow): ReportRow {
  const [trials, ups] = [Number(ratings ?? 0), Number(ratings_up ?? 0)];
  if (trials < LEAST_RATINGS) {
    return { thumbs_up_low: null, thumbs_up_high: null };
  }
  const { low, high } = wilsonInterval(ups, trials);
  return { thumbs_up_low: low, thumbs_up_high: high };
}

/** Models with enough ratings for a share, the best-proven first. */
export function ratedRows([performance = []]: readonly (readonly ReportRow[])[]): readonly ReportRow[] {
  return performance
    .filter(({ thumbs_up_low }) => typeof thumbs_up_low === 'number')
    .toSorted((a, b) => Number(b['thumbs_up_low']) - Number(a['thumbs_up_low']))
    .map((row, index) => ({ ...row, rank: index + 1 }));
}

/** Models whose provider tells durations or speeds. */
export function speedRows([
  answers = [],
  durations = [],
  speeds = [],
]: readonly (readonly ReportRow[])[]): readonly ReportRow[] {
  const durationOf = byModel(durations);
  const speedOf = byModel(speeds);
  return answers
    .map((row) => {
      const id = row['model_id'] ?? null;
      const [duration, speed] = [durationOf(id), speedOf(id)];
      return {
        model_id: id,
        model: id === '' ? 'Unknown model' : id,
        generations: row['generations'] ?? null,
        answer_seconds_median: divided(duration['median'], 1000),
        answer_seconds_p95: divided(duration['p95'], 1000),
        duration_coverage: divided(duration['answers'] ?? 0, Number(row['distinct_generations'])),
        // Tokens per second come in hundredths.
        tokens_per_second_median: divided(speed['median'], 100),
        speed_coverage: divided(speed['answers'] ?? 0, Number(row['distinct_generations'])),
      };
    })
    .filter(
      ({ duration_coverage, speed_coverage }) => Number(duration_coverage) > 0 || Number(speed_coverage) > 0,
    )
    .map((row, index) => ({ rank: index + 1, ...row }));
}

function divided(value: Value | undefined, by: number): number | null {
  return typeof value === 'number' && by > 0 ? value / by : null;
}
