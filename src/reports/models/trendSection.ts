import { MODEL, STEP } from '../columns';
import type { ColumnDefinition, SectionDefinition } from '../reportDefinition';

const SERIES: ColumnDefinition = {
  field: 'series',
  title: 'Model',
  link: { kind: 'model', key: 'series_key' },
};

/** How the models' part changes. */
export const TREND_SECTION: SectionDefinition = {
  id: 'trend',
  title: 'Over time',
  blocks: [
    {
      type: 'chart',
      id: 'shareOverTime',
      title: 'Share of generations over time',
      description:
        'The five most used models and all others. Marked: the first day of a model, its last one when that is four weeks ago, and where one overtakes another for good.',
      dataset: 'model_by_bucket',
      chart: {
        kind: 'splitTime',
        value: 'generations',
        isShare: true,
        marks: 'model_marks',
        click: { link: 'model', field: 'series_key' },
      },
      isWide: true,
      columns: [STEP, SERIES, { field: 'generations', format: 'integer' }],
    },
    {
      type: 'chart',
      id: 'generationsOverTime',
      title: 'Generations over time',
      description: 'The same models as numbers.',
      dataset: 'model_by_bucket',
      chart: { kind: 'splitLines', value: 'generations', click: { link: 'model', field: 'series_key' } },
      isWide: true,
      columns: [STEP, SERIES, { field: 'generations', format: 'integer' }],
    },
    {
      type: 'table',
      id: 'modelDays',
      title: 'First and last days',
      description:
        'Of all that is known, whatever the period. "Removed" and "not listed": the servers offer the model no more.',
      dataset: 'model_days',
      rowsAre: 'models',
      columns: [
        MODEL,
        { field: 'first_day', title: 'First answer' },
        { field: 'last_day', title: 'Last answer' },
        { field: 'generations', format: 'integer' },
        { field: 'standing', title: 'On the servers' },
      ],
    },
  ],
};
