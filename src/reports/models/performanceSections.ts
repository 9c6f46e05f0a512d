import { MODEL, RANK } from '../columns';
import type { SectionDefinition } from '../reportDefinition';

/** How well each model answers. */
export const PERFORMANCE_SECTION: SectionDefinition = {
  id: 'performance',
  title: 'Performance',
  blocks: [
    {
      type: 'kpis',
      id: 'repeatKpis',
      dataset: 'repeats',
      tiles: [{ metric: 'first_answers' }, { metric: 'regenerations' }, { metric: 'regeneration_rate' }],
    },
    {
      type: 'table',
      id: 'performanceTable',
      title: 'Models beside each other',
      description:
        'Compare models that do the same work: users choose a model for their task. Lengths are in characters.',
      dataset: 'performance',
      rowsAre: 'models',
      columns: [
        MODEL,
        { field: 'generations', format: 'integer' },
        { field: 'answer_chars_median', format: 'integer' },
        { field: 'answer_chars_p90', format: 'integer' },
        { field: 'output_tokens_per_answer', format: 'integer' },
        { field: 'usage_coverage', format: 'percent' },
        { field: 'errors', format: 'integer' },
        { field: 'error_rate', format: 'percent' },
        { field: 'regenerations', format: 'integer' },
        { field: 'regeneration_rate', format: 'percent' },
        { field: 'switch_rate', format: 'percent' },
        { field: 'side_by_side_turns', format: 'integer' },
      ],
    },
    {
      type: 'kpis',
      id: 'lateInputKpis',
      dataset: 'late_input',
      tiles: [{ metric: 'late_input_tokens', note: '{late_input_share} of all input tokens' }],
    },
  ],
};

/** What users say of the answers. */
export const PREFERENCE_SECTION: SectionDefinition = {
  id: 'preference',
  title: 'Ratings and comparisons',
  blocks: [
    {
      type: 'chart',
      id: 'thumbs',
      title: 'Thumbs up',
      description:
        'Models with at least 10 ratings, the best-proven first. Where the lines overlap, the ratings tell no difference.',
      dataset: 'rated',
      chart: {
        kind: 'interval',
        label: 'model',
        successes: 'ratings_up',
        trials: 'ratings',
        valueTitle: 'Thumbs up',
        trialsTitle: 'Ratings',
        top: 10,
        click: { link: 'model', field: 'model_id' },
      },
      columns: [
        RANK,
        MODEL,
        { field: 'ratings', format: 'integer' },
        { field: 'thumbs_up_share', format: 'percent' },
        { field: 'thumbs_up_low', format: 'percent' },
        { field: 'thumbs_up_high', format: 'percent' },
      ],
    },
    {
      type: 'chart',
      id: 'wins',
      title: 'Wins against each other',
      description:
        'Comparisons in the arena and side by side: how often the model of the line won against that of the column.',
      dataset: 'wins',
      chart: {
        kind: 'matrix',
        from: 'model',
        fromTitle: 'Model',
        to: 'opponent',
        toTitle: 'Against',
        value: 'wins',
      },
      columns: [
        { field: 'model', title: 'Model', link: { kind: 'model', key: 'model' } },
        { field: 'opponent', title: 'Against', link: { kind: 'model', key: 'opponent' } },
        { field: 'comparisons', format: 'integer' },
        { field: 'wins', format: 'integer' },
      ],
    },
    {
      type: 'table',
      id: 'preferenceTable',
      title: 'Ratings and comparisons',
      description:
        'No share below 10 ratings, no win rate and Elo below 30 comparisons. Few answers are rated: see how many.',
      dataset: 'performance',
      rowsAre: 'models',
      columns: [
        MODEL,
        { field: 'ratings', format: 'integer' },
        { field: 'rating_coverage', format: 'percent' },
        { field: 'thumbs_up_share', format: 'percent' },
        { field: 'thumbs_up_low', format: 'percent' },
        { field: 'thumbs_up_high', format: 'percent' },
        { field: 'comparisons', format: 'integer' },
        { field: 'wins', format: 'integer' },
        { field: 'win_rate', format: 'percent' },
        { field: 'elo', format: 'integer' },
      ],
    },
  ],
};

/** How long users wait, where providers tell it. */
export const SPEED_SECTION: SectionDefinition = {
  id: 'speed',
  title: 'Latency and speed',
  blocks: [
    {
      type: 'table',
      id: 'speedTable',
      title: 'Latency and speed',
      description:
        'Models whose provider tells its times: Ollama and llama.cpp do, most clouds do not. The times of messages tell nothing of it.',
      dataset: 'speed',
      rowsAre: 'models',
      columns: [
        MODEL,
        { field: 'generations', format: 'integer' },
        { field: 'answer_seconds_median', format: 'decimal' },
        { field: 'answer_seconds_p95', format: 'decimal' },
        { field: 'duration_coverage', format: 'percent' },
        { field: 'tokens_per_second_median', format: 'decimal' },
        { field: 'speed_coverage', format: 'percent' },
      ],
    },
  ],
};
