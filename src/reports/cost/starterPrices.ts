/** A public list price of one model, in USD per 1,000,000 tokens. */
export interface StarterPrice {
  readonly provider: string;
  /** Names of the model without provider, version date and ending such as `-latest`. */
  readonly models: readonly string[];
  readonly input: number;
  /** Absent: no price of its own was listed, so that it counts as any other input. */
  readonly cached?: number;
  readonly output: number;
}

/** The day as of which {@link STARTER_PRICES} were listed. */
export const STARTER_AS_OF = '2025-10-31';
export const STARTER_CURRENCY = 'USD';

/** What is said wherever a price of this list is shown. */
export const STARTER_WORDS = `public list price of ${STARTER_AS_OF}, a starting point: compare it with your contract`;

const price = (
  models: string,
  input: number,
  cached: number | undefined,
  output: number,
): Omit<StarterPrice, 'provider'> => ({
  models: models.split(' '),
  input,
  ...(cached === undefined ? {} : { cached }),
  output,
});

/**
 * Standard prices for text of the providers' public price pages: no batch, priority, long-context or regional rates, and
 * no discounts. Nothing is priced by this list until somebody confirms it.
 */
const BY_PROVIDER: Readonly<Record<string, readonly Omit<StarterPrice, 'provider'>[]>> = {
  OpenAI: [
    price('gpt-5 gpt-5-chat gpt-5-codex', 1.25, 0.125, 10),
    price('gpt-5-mini', 0.25, 0.025, 2),
    price('gpt-5-nano', 0.05, 0.005, 0.4),
    price('gpt-5-pro', 15, undefined, 120),
    price('gpt-4.1', 2, 0.5, 8),
    price('gpt-4.1-mini', 0.4, 0.1, 1.6),
    price('gpt-4.1-nano', 0.1, 0.025, 0.4),
    price('gpt-4o', 2.5, 1.25, 10),
    price('gpt-4o-2024-05-13 chatgpt-4o', 5, undefined, 15),
    price('gpt-4o-mini', 0.15, 0.075, 0.6),
    price('gpt-4-turbo gpt-4-1106-preview gpt-4-0125-preview', 10, undefined, 30),
    price('gpt-4', 30, undefined, 60),
    price('gpt-3.5-turbo gpt-35-turbo', 0.5, undefined, 1.5),
    price('gpt-3.5-turbo-1106', 1, undefined, 2),
    price('gpt-3.5-turbo-0613', 1.5, undefined, 2),
    price('o1', 15, 7.5, 60),
    price('o1-mini o3-mini', 1.1, 0.55, 4.4),
    price('o1-pro', 150, undefined, 600),
    price('o3', 2, 0.5, 8),
    price('o3-pro', 20, undefined, 80),
    price('o4-mini', 1.1, 0.275, 4.4),
  ],
  Anthropic: [
    price('claude-opus-4 claude-opus-4.1 claude-4-opus', 15, 1.5, 75),
    price(
      'claude-sonnet-4.5 claude-sonnet-4 claude-4-sonnet claude-3.7-sonnet claude-3.5-sonnet',
      3,
      0.3,
      15,
    ),
    price('claude-haiku-4.5', 1, 0.1, 5),
    price('claude-3.5-haiku', 0.8, 0.08, 4),
    price('claude-3-opus', 15, 1.5, 75),
    price('claude-3-haiku', 0.25, 0.03, 1.25),
  ],
  Google: [
    price('gemini-2.5-pro', 1.25, undefined, 10),
    price('gemini-2.5-flash', 0.3, undefined, 2.5),
    price('gemini-2.5-flash-lite', 0.1, undefined, 0.4),
    price('gemini-2.0-flash', 0.1, 0.025, 0.4),
    price('gemini-2.0-flash-lite', 0.075, undefined, 0.3),
    price('gemini-1.5-pro', 1.25, undefined, 5),
    price('gemini-1.5-flash', 0.075, undefined, 0.3),
  ],
  Mistral: [
    price('mistral-large pixtral-large', 2, undefined, 6),
    price('mistral-large-2402', 4, undefined, 12),
    price('mistral-medium mistral-medium-3', 0.4, undefined, 2),
    price('mistral-small', 0.1, undefined, 0.3),
    price('mistral-small-2402', 1, undefined, 3),
    price('mistral-small-2409', 0.2, undefined, 0.6),
    price('magistral-medium', 2, undefined, 5),
    price('codestral', 0.3, undefined, 0.9),
    price('ministral-8b', 0.1, undefined, 0.1),
    price('ministral-3b', 0.04, undefined, 0.04),
  ],
  DeepSeek: [price('deepseek-chat deepseek-reasoner', 0.28, 0.028, 0.42)],
  xAI: [
    price('grok-4 grok-3', 3, 0.75, 15),
    price('grok-3-mini', 0.3, 0.075, 0.5),
    price('grok-4-fast grok-4-fast-reasoning grok-4-fast-non-reasoning', 0.2, 0.05, 0.5),
    price('grok-code-fast-1', 0.2, 0.02, 1.5),
  ],
  Cohere: [price('command-a command-r-plus', 2.5, undefined, 10), price('command-r', 0.15, undefined, 0.6)],
};

export const STARTER_PRICES: readonly StarterPrice[] = Object.entries(BY_PROVIDER).flatMap(
  ([provider, prices]) => prices.map((each) => ({ provider, ...each })),
);

const BY_NAME = new Map(
  STARTER_PRICES.flatMap((each) => each.models.map((name) => [comparable(name), each] as const)),
);

/** Where a name comes from: `openai/`, `models/`, or `openai.`, `us.anthropic.` of pipes and gateways. */
const PREFIX = /^(?:.*\/)?(?:[a-z_]+\.)*/u;
/** What versions of the same price end with; versions with another price are in the list. */
const VERSION = /(?:[-@]20\d{2}-?\d{2}-?\d{2}|-\d{4}|-v\d+(?::\d+)?|[-:]latest|-preview)$/u;

/**
 * The starter price of a model under the names that connections give it, such as `openai/gpt-4o-2024-08-06`,
 * `anthropic.claude-3-5-sonnet-20241022-v2:0` or `mistral-large-latest`. Undefined where the list has none: it never guesses
 * by a part of the name.
 */
export function starterPriceOf(modelId: string): StarterPrice | undefined {
  const name = modelId.toLowerCase().replace(PREFIX, '');
  return BY_NAME.get(comparable(name)) ?? BY_NAME.get(comparable(withoutVersion(name)));
}

/** Version 3.5 is written with a dot or a hyphen. */
function comparable(name: string): string {
  return name.replaceAll('.', '-');
}

function withoutVersion(name: string): string {
  const shorter = name.replace(VERSION, '');
  return shorter === name ? name : withoutVersion(shorter);
}
