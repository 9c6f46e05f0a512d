import { MODEL, RANK, STEP } from '../columns';
import type { SectionDefinition } from '../reportDefinition';

/** Which models answer. */
export const MODELS_SECTION: SectionDefinition = {
  id: 'models',
  title: 'Models',
  blocks: [
    {
      type: 'chart',
      id: 'topModels',
      title: 'Share of generations',
      description: 'The ten models with the most generations.',
      dataset: 'by_model',
      chart: {
        kind: 'bars',
        label: 'model',
        value: 'generation_share',
        valueTitle: 'Share of generations',
        format: 'percent',
        top: 10,
        click: { link: 'model', field: 'model_id' },
      },
      columns: [
        RANK,
        MODEL,
        { field: 'generations', format: 'integer' },
        { field: 'generation_share', title: 'Share', format: 'percent' },
      ],
    },
    {
      type: 'chart',
      id: 'tokensByModel',
      title: 'Share of tokens',
      description: 'Input and output tokens of these models, as far as providers tell them.',
      dataset: 'by_model',
      chart: {
        kind: 'bars',
        label: 'model',
        value: 'token_share',
        valueTitle: 'Share of tokens',
        format: 'percent',
        top: 10,
        click: { link: 'model', field: 'model_id' },
      },
      columns: [
        RANK,
        MODEL,
        { field: 'input_tokens', format: 'compact' },
        { field: 'output_tokens', format: 'compact' },
        { field: 'token_share', title: 'Share', format: 'percent' },
      ],
    },
    {
      type: 'chart',
      id: 'modelsOverTime',
      title: 'Generations by model',
      description:
        'The five most used models and all others. Marked: first and last days, removals, and where one overtakes another.',
      dataset: 'model_by_bucket',
      chart: { kind: 'splitTime', value: 'generations', marks: 'model_marks' },
      isWide: true,
      columns: [
        STEP,
        { field: 'series', title: 'Model', link: { kind: 'model', key: 'series_key' } },
        { field: 'generations', format: 'integer' },
      ],
    },
    {
      type: 'table',
      id: 'modelTable',
      title: 'All models',
      description: 'Most generations first.',
      dataset: 'by_model',
      rowsAre: 'models',
      columns: [
        RANK,
        MODEL,
        { field: 'name', title: 'Name' },
        {
          field: 'users',
          title: 'Users',
          format: 'integer',
          definition: 'Users in whose chats the model answered.',
        },
        { field: 'generations', format: 'integer' },
        { field: 'generation_share', title: 'Share', format: 'percent' },
        { field: 'input_tokens', format: 'compact' },
        { field: 'output_tokens', format: 'compact' },
        { field: 'usage_coverage', format: 'percent' },
        { field: 'ratings', format: 'integer' },
        { field: 'thumbs_up_share', format: 'percent' },
        { field: 'error_rate', format: 'percent' },
      ],
    },
  ],
};
