import { messagesOf } from '../messageTree';
import type { SampleChat, SampleMessage } from '../model';
import type { SampleWorld } from '../world';
import { dayAt } from './days';

/** What the models of a company read and wrote on a day. */
export interface TokensOfDay {
  /** UTC days since 1970-01-01. */
  readonly day: number;
  /** The model that answered: never a preset or a pool. */
  readonly model: string;
  /** Input that was not cached. */
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** Above this a time is in milliseconds. */
const MILLISECONDS_FROM = 1e11;

/** All that answers say of their tokens; an answer that was copied with its chat counts once. */
export function tokensByDay(world: SampleWorld): readonly TokensOfDay[] {
  const sums = new Map<string, TokensOfDay>();
  const seen = new Set<string>();
  for (const chat of world.chats.all()) {
    for (const message of messagesOf(chat.body)) {
      if (message.role === 'assistant' && !seen.has(message.id)) {
        seen.add(message.id);
        add(sums, { day: dayOfAnswer(chat, message), model: modelOf(world, message), ...tokensOf(message) });
      }
    }
  }
  return [...sums.values()].toSorted(
    (one, other) => one.day - other.day || (one.model < other.model ? -1 : 1),
  );
}

function add(sums: Map<string, TokensOfDay>, tokens: TokensOfDay): void {
  const key = `${tokens.day} ${tokens.model}`;
  const { input = 0, cached = 0, output = 0 } = sums.get(key) ?? {};
  sums.set(key, {
    ...tokens,
    input: input + tokens.input,
    cached: cached + tokens.cached,
    output: output + tokens.output,
  });
}

function dayOfAnswer(chat: SampleChat, { timestamp = chat.createdAt }: SampleMessage): number {
  return dayAt(timestamp > MILLISECONDS_FROM ? timestamp : timestamp * 1000);
}

function modelOf(world: SampleWorld, { model = '', ...message }: SampleMessage): string {
  const chosen = typeof message['selectedModelId'] === 'string' ? message['selectedModelId'] : model;
  const preset = world.library.models().find(({ id }) => id === chosen);
  return preset?.baseModelId ?? chosen;
}

/** Providers have words of their own. */
function tokensOf(message: SampleMessage): Pick<TokensOfDay, 'input' | 'cached' | 'output'> {
  const info = message['info'] as { readonly usage?: Readonly<Record<string, unknown>> } | undefined;
  const usage = message.usage ?? info?.usage ?? {};
  const details = usage['prompt_tokens_details'] as { readonly cached_tokens?: number } | undefined;
  const all = firstNumber(usage, ['input_tokens', 'prompt_tokens', 'prompt_eval_count', 'prompt_n']);
  const cached = details?.cached_tokens ?? 0;
  return {
    input: all - cached,
    cached,
    output: firstNumber(usage, ['output_tokens', 'completion_tokens', 'eval_count', 'predicted_n']),
  };
}

function firstNumber(usage: Readonly<Record<string, unknown>>, names: readonly string[]): number {
  const found = names.map((name) => usage[name]).find((value) => typeof value === 'number');
  return typeof found === 'number' ? found : 0;
}
