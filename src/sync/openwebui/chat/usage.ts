import type { UsageRecord } from '../../../store/records';

/** How a provider names its counts. `cached` and `reasoning` are parts of the others. */
interface UsageDialect {
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly cached?: string;
  readonly reasoning?: string;
}

/**
 * In order of preference. From 0.10 `input_tokens` and `output_tokens` are the sums of all tool rounds, while the
 * other names beside them hold the last round only.
 */
const DIALECTS: readonly UsageDialect[] = [
  {
    name: 'responses',
    input: 'input_tokens',
    output: 'output_tokens',
    cached: 'input_tokens_details.cached_tokens',
    reasoning: 'output_tokens_details.reasoning_tokens',
  },
  {
    name: 'openai',
    input: 'prompt_tokens',
    output: 'completion_tokens',
    cached: 'prompt_tokens_details.cached_tokens',
    reasoning: 'completion_tokens_details.reasoning_tokens',
  },
  { name: 'ollama', input: 'prompt_eval_count', output: 'eval_count' },
  { name: 'llama.cpp', input: 'prompt_n', output: 'predicted_n' },
];

interface Timing {
  /** Fields that are added up. */
  readonly fields: readonly string[];
  readonly perMs: number;
}

const WHOLE_TIMINGS: readonly Timing[] = [
  { fields: ['total_duration'], perMs: 1e6 },
  { fields: ['prompt_ms', 'predicted_ms'], perMs: 1 },
];
const OUTPUT_TIMINGS: readonly Timing[] = [
  { fields: ['eval_duration'], perMs: 1e6 },
  { fields: ['predicted_ms'], perMs: 1 },
];
/** Output tokens per second, where the time itself is not told. */
const OUTPUT_RATES: readonly string[] = ['response_token/s', 'predicted_per_second'];

/** Token counts and timings of one generation, from the first of `sources` that has counts; else undefined. */
export function parseUsage(sources: readonly unknown[]): UsageRecord | undefined {
  for (const source of sources) {
    for (const dialect of DIALECTS) {
      const usage = read(source, dialect);
      if (usage !== undefined) {
        return usage;
      }
    }
  }
  return undefined;
}

function read(source: unknown, dialect: UsageDialect): UsageRecord | undefined {
  const inputTokens = count(source, dialect.input);
  const outputTokens = count(source, dialect.output);
  if (inputTokens === undefined && outputTokens === undefined) {
    return undefined;
  }
  return {
    dialect: dialect.name,
    inputTokens,
    outputTokens,
    cachedTokens: partOf(inputTokens, count(source, dialect.cached)),
    reasoningTokens: count(source, dialect.reasoning),
    ...timingsOf(source, outputTokens),
  };
}

/** Some gateways tell more cached tokens than input: they are a part of it, and no more can be paid for. */
function partOf(whole: number | undefined, part: number | undefined): number | undefined {
  return whole === undefined || part === undefined ? part : Math.min(part, whole);
}

/** Of several tool rounds only the last one is timed: its time does not belong to the sums. */
function timingsOf(source: unknown, outputTokens: number | undefined): Partial<UsageRecord> {
  const others = DIALECTS.map(({ output }) => count(source, output));
  if (others.some((other) => other !== undefined && other !== outputTokens)) {
    return {};
  }
  return { durationMs: firstTiming(source, WHOLE_TIMINGS), outputMs: outputMsOf(source, outputTokens) };
}

function outputMsOf(source: unknown, outputTokens: number | undefined): number | undefined {
  const timed = firstTiming(source, OUTPUT_TIMINGS);
  if (timed !== undefined || outputTokens === undefined) {
    return timed;
  }
  const rate = OUTPUT_RATES.map((field) => number(source, field)).find((value) => (value ?? 0) > 0);
  return rate === undefined ? undefined : Math.round((outputTokens / rate) * 1000);
}

function firstTiming(source: unknown, timings: readonly Timing[]): number | undefined {
  for (const { fields, perMs } of timings) {
    const values = fields.map((field) => number(source, field));
    if (values.every((value) => value !== undefined)) {
      return Math.round(values.reduce((sum, value) => sum + value, 0) / perMs);
    }
  }
  return undefined;
}

function count(source: unknown, path: string | undefined): number | undefined {
  const value = path === undefined ? undefined : number(source, path);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** A number that is not negative, at a dotted path. */
function number(source: unknown, path: string): number | undefined {
  let value: unknown = source;
  for (const key of path.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
