import { INSTANCE, MODEL, RANK } from '../columns';
import type { SectionDefinition } from '../reportDefinition';
import { CURRENCY, SPLIT, UNKNOWN, COVERAGE, SHARE } from './costColumns';

/** Where and with which models the cost arises, and where it is unknown. */
export const instancesSection: SectionDefinition = {
  id: 'instances',
  title: 'Instances',
  isForSeveral: true,
  blocks: [
    {
      type: 'table',
      id: 'instanceTable',
      title: 'All instances',
      description: 'Side by side, by cost.',
      dataset: 'by_instance',
      rowsAre: 'instances',
      columns: [
        INSTANCE,
        CURRENCY,
        ...SPLIT,
        { field: 'cost_per_turn', format: 'money' },
        { field: 'cost_per_active_user', format: 'money' },
        UNKNOWN,
        COVERAGE,
      ],
    },
  ],
};

export const modelsSection: SectionDefinition = {
  id: 'models',
  title: 'Models',
  blocks: [
    {
      type: 'chart',
      id: 'topModels',
      title: 'Cost by model',
      description: 'The ten most expensive models.',
      dataset: 'main_models',
      chart: {
        kind: 'bars',
        label: 'model',
        value: 'cost',
        valueTitle: 'Cost',
        format: 'money',
        top: 10,
        click: { link: 'model', field: 'model_id' },
      },
      isWide: true,
      columns: [RANK, MODEL, CURRENCY, { field: 'cost', format: 'money' }, SHARE],
    },
    {
      type: 'table',
      id: 'modelTable',
      title: 'All models',
      description:
        'Most expensive first. Presets are models of their own, at the price of what they are made of.',
      dataset: 'by_model',
      rowsAre: 'models',
      columns: [
        RANK,
        MODEL,
        CURRENCY,
        ...SPLIT,
        SHARE,
        {
          field: 'cost_per_million',
          title: 'Per million tokens',
          format: 'money',
          definition: 'Cost of the generations whose tokens are known / a million of these tokens.',
        },
        UNKNOWN,
        COVERAGE,
      ],
    },
    {
      type: 'table',
      id: 'unpricedTable',
      title: 'Where the cost is unknown',
      description: 'What is missing, and how to have it. Prices may begin in the past.',
      dataset: 'unpriced',
      rowsAre: 'models',
      columns: [
        RANK,
        MODEL,
        INSTANCE,
        { field: 'unknown_cost_generations', format: 'integer' },
        {
          field: 'tokens',
          title: 'Known tokens',
          format: 'compact',
          definition: 'Input and output tokens, as far as providers tell them.',
        },
        { field: 'first_date', title: 'From (UTC)' },
        { field: 'last_date', title: 'To (UTC)' },
        { field: 'fix', title: 'What to do' },
      ],
    },
  ],
};
