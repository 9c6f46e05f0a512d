import { MODEL, RANK } from '../columns';
import type { ChartBlockDefinition, SectionDefinition } from '../reportDefinition';

interface Share {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly dataset: string;
  readonly count: readonly { readonly field: string; readonly format: 'integer' | 'compact' }[];
  readonly share: 'generation_share' | 'chosen_share' | 'token_share' | 'user_share';
}

/** The ten models with the most generations (or users) as bars. */
function shareChart({ id, title, description, dataset, count, share }: Share): ChartBlockDefinition {
  return {
    type: 'chart',
    id,
    title,
    description,
    dataset,
    chart: {
      kind: 'bars',
      label: 'model',
      value: share,
      valueTitle: title,
      format: 'percent',
      top: 10,
      click: { link: 'model', field: 'model_id' },
    },
    columns: [RANK, MODEL, ...count, { field: share, format: 'percent' }],
  };
}

/** Four answers to "how much is it used?": they differ, and each is right. */
export const SHARE_SECTION: SectionDefinition = {
  id: 'share',
  title: 'Share',
  blocks: [
    shareChart({
      id: 'generationShare',
      title: 'Share of generations',
      description: 'The ten models with the most generations, on all branches of chats.',
      dataset: 'by_model',
      count: [{ field: 'generations', format: 'integer' }],
      share: 'generation_share',
    }),
    shareChart({
      id: 'chosenShare',
      title: 'Share of chosen replies',
      description:
        'These models on the path that chats show: without answers that users left for another one.',
      dataset: 'by_model',
      count: [{ field: 'chosen_generations', format: 'integer' }],
      share: 'chosen_share',
    }),
    shareChart({
      id: 'tokenShare',
      title: 'Share of tokens',
      description: 'Input and output tokens of these models, as far as providers tell them.',
      dataset: 'by_model',
      count: [
        { field: 'input_tokens', format: 'compact' },
        { field: 'output_tokens', format: 'compact' },
      ],
      share: 'token_share',
    }),
    shareChart({
      id: 'userShare',
      title: 'Share of users',
      description: 'The ten models that answered the most users. Many users use several.',
      dataset: 'users_by_model',
      count: [{ field: 'answered_users', format: 'integer' }],
      share: 'user_share',
    }),
    {
      type: 'table',
      id: 'modelTable',
      title: 'All models',
      description: 'Most generations first, under the ids that users picked.',
      dataset: 'by_model',
      rowsAre: 'models',
      columns: [
        RANK,
        MODEL,
        { field: 'name', title: 'Name' },
        { field: 'answered_users', format: 'integer' },
        { field: 'generations', format: 'integer' },
        { field: 'generation_share', format: 'percent' },
        { field: 'chosen_generations', format: 'integer' },
        { field: 'chosen_share', format: 'percent' },
        { field: 'input_tokens', format: 'compact' },
        { field: 'output_tokens', format: 'compact' },
        { field: 'token_share', format: 'percent' },
        { field: 'usage_coverage', format: 'percent' },
      ],
    },
    {
      type: 'table',
      id: 'baseTable',
      title: 'By base model',
      description: 'Presets count at the model that they are made of.',
      dataset: 'by_base',
      rowsAre: 'base models',
      columns: [
        RANK,
        { field: 'base_model', title: 'Base model' },
        { field: 'models_used', format: 'integer' },
        { field: 'answered_users', format: 'integer' },
        { field: 'generations', format: 'integer' },
        { field: 'generation_share', format: 'percent' },
        { field: 'input_tokens', format: 'compact' },
        { field: 'output_tokens', format: 'compact' },
        { field: 'token_share', format: 'percent' },
        { field: 'usage_coverage', format: 'percent' },
      ],
    },
  ],
};
