import type { SeededRandom } from '../random';
import type { SampleWorld } from '../world';

/** The pool whose answers come from a model that is told only afterwards. */
const ARENA_ID = 'arena-model';

const PROVIDER_MODELS = {
  'gpt-4o': 'openai',
  'gpt-4o-mini': 'openai',
  'gpt-5-mini': 'openai',
  'llama3.1:8b': 'ollama',
  [ARENA_ID]: 'arena',
} as const;

/** The preset that every company has; its base model answers. */
const PRESET_ID = 'house/policy-helper';

/** How often each model is asked. */
const SHARES = {
  'gpt-4o': 30,
  'gpt-4o-mini': 27,
  'gpt-5-mini': 18,
  'llama3.1:8b': 14,
  [PRESET_ID]: 8,
  [ARENA_ID]: 3,
} as const;

export type ModelId = keyof typeof SHARES;

export function addModels(world: SampleWorld): void {
  for (const [id, ownedBy] of Object.entries(PROVIDER_MODELS)) {
    world.library.addProviderModel(id, ownedBy);
  }
  world.library.addModel({
    id: PRESET_ID,
    name: 'Policy Helper',
    baseModelId: 'gpt-4o',
    description: 'Answers questions about house rules',
    tags: ['house'],
  });
  world.library.addModel({
    id: 'sql-coach',
    name: 'SQL Coach',
    baseModelId: 'llama3.1:8b',
    description: 'Explains queries',
    isActive: false,
  });
  world.library.addModel({ id: 'gpt-4o', name: 'GPT-4o (EU)', description: 'Hosted in the EU' });
}

export function pickModel(random: SeededRandom): ModelId {
  return random.weighted(SHARES);
}

/** A model for an answer side by side with another one. */
export function otherModel(random: SeededRandom, model: string): ModelId {
  const others = (Object.keys(PROVIDER_MODELS) as ModelId[]).filter((id) => id !== model && id !== ARENA_ID);
  return random.pick(others);
}

/** The fields that tell which model wrote an answer. */
export function modelFields(random: SeededRandom, model: string): Record<string, unknown> {
  const name = model === PRESET_ID ? 'Policy Helper' : model;
  return model === ARENA_ID
    ? { model, modelName: 'Arena Model', arena: true, selectedModelId: otherModel(random, model) }
    : { model, modelName: name };
}

/** How a model reports its tokens: each kind of provider has words of its own, and sometimes nothing comes. */
export function usageFields(
  random: SeededRandom,
  model: string,
  tokens: { readonly input: number; readonly output: number },
): Record<string, unknown> {
  const { input, output } = tokens;
  if (random.chance(0.06)) {
    return {};
  }
  const openAi = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
  switch (model) {
    case 'gpt-5-mini':
      return {
        usage: {
          input_tokens: input,
          output_tokens: output,
          total_tokens: input + output,
          output_tokens_details: { reasoning_tokens: Math.floor(output / 3) },
        },
      };
    case 'llama3.1:8b':
      return {
        usage: {
          prompt_eval_count: input,
          eval_count: output,
          total_duration: output * 24_000_000,
          'response_token/s': 41.5,
        },
      };
    case ARENA_ID:
      return { usage: { prompt_n: input, predicted_n: output, predicted_ms: output * 12.5 } };
    case 'gpt-4o-mini':
      return random.chance(0.1) ? { info: { usage: openAi } } : { usage: openAi };
    default:
      return { usage: { ...openAi, prompt_tokens_details: { cached_tokens: Math.floor(input / 4) } } };
  }
}
