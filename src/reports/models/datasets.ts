import type { DatasetDefinition } from '../reportDefinition';
import { bothSpans } from '../sqlTemplate';
import again from './again.sql';
import answers from './answers.sql';
import byBase from './by_base.sql';
import byModel from './by_model.sql';
import comparisons from './comparisons.sql';
import { winsByOpponent } from './comparisons';
import lateInput from './late_input.sql';
import { modelMarks } from './marks';
import modelByBucket from '../overTime/models.sql';
import modelDays from './model_days.sql';
import modelQuantiles from './model_quantiles.sql';
import { performanceRows, ratedRows, repeatRows, speedRows } from './performance';
import switches from './switches.sql';
import { matrixRows, switchingRows, switchRows } from './switching';
import totals from './totals.sql';
import usersByModel from './users_by_model.sql';

/** Quantiles of a whole number of answers `m`, by model. */
function quantilesOf(value: string): string {
  return modelQuantiles.replaceAll('{{value}}', value);
}

export const MODEL_DATASETS = {
  totals: { title: 'Totals', sql: bothSpans(totals) },
  by_model: { title: 'Models', sql: byModel, rowLimit: 50 },
  users_by_model: { title: 'Users by model', sql: usersByModel, rowLimit: 50 },
  by_base: { title: 'Base models', sql: byBase, rowLimit: 50 },
  model_by_bucket: { title: 'Models over time', sql: modelByBucket },
  model_days: { title: 'First and last days', sql: modelDays, rowLimit: 100 },
  model_marks: {
    title: 'What happened to models',
    from: ['model_by_bucket', 'model_days'],
    derive: modelMarks,
  },
  switches: { title: 'From reply to reply', sql: switches },
  switching: { title: 'Switching', from: ['switches'], derive: switchingRows },
  switch_matrix: { title: 'Next replies', from: ['switches'], derive: matrixRows },
  switch_list: { title: 'Switches', from: ['switches'], derive: switchRows },
  answers: { title: 'Answers by model', sql: answers },
  lengths: {
    title: 'Length of answers',
    sql: quantilesOf('CASE WHEN m.is_error = 0 THEN m.content_chars END'),
  },
  again: { title: 'Turns with several answers', sql: again },
  repeats: { title: 'Regenerations', from: ['answers', 'again'], derive: repeatRows },
  comparisons: { title: 'Comparisons', sql: comparisons },
  performance: {
    title: 'Performance',
    from: ['answers', 'lengths', 'again', 'switches', 'comparisons'],
    derive: performanceRows,
  },
  rated: { title: 'Rated models', from: ['performance'], derive: ratedRows },
  wins: {
    title: 'Wins by opponent',
    from: ['comparisons'],
    derive: ([rows = []]) => winsByOpponent(rows),
  },
  durations: { title: 'Duration of answers', sql: quantilesOf('m.duration_ms') },
  speeds: {
    title: 'Speed of answers',
    // In hundredths of a token per second.
    sql: quantilesOf('100000 * m.output_tokens / NULLIF(m.output_ms, 0)'),
  },
  speed: { title: 'Latency and speed', from: ['answers', 'durations', 'speeds'], derive: speedRows },
  late_input: { title: 'Long chats', sql: lateInput },
} as const satisfies Readonly<Record<string, DatasetDefinition>>;
