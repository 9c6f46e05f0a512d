import { familyOf } from './modelFamilies';

/** What a meter counts, as its name says. */
export interface MeterMeaning {
  /**
   * `tokens`: of one model and direction; `provisioned`: throughput by the hour; `marketplace`: units of a vendor;
   * `other`: something else of an AI service, such as hosting, training, audio and pictures.
   */
  readonly kind: 'tokens' | 'provisioned' | 'marketplace' | 'other';
  readonly direction: 'input' | 'cached' | 'output' | 'fixed';
  /** Such as `gpt-4o-mini`; of `marketplace` a vendor's models, such as `claude`. */
  readonly family?: string | undefined;
  /** Month and day, such as `0718`. */
  readonly version?: string | undefined;
  readonly deploymentType?: 'global' | 'dataZone' | 'regional' | undefined;
  readonly isBatch: boolean;
  readonly isPriority: boolean;
  /** Input that is kept for later requests; its direction is `input`. */
  readonly isCacheWrite: boolean;
  readonly contextTier?: 'short' | 'long' | undefined;
  /** Tokens in one unit of its quantity; undefined: unknown. */
  readonly tokensPerUnit?: number | undefined;
}

/** What single words mean; the rest of a name is the model. */
type Sense =
  | 'input'
  | 'output'
  | 'cached'
  | 'write'
  | 'global'
  | 'dataZone'
  | 'regional'
  | 'batch'
  | 'priority'
  | 'short'
  | 'long'
  | 'million'
  | 'thousand'
  | 'tokens'
  | 'filler'
  | 'otherUse';

const WORDS: Readonly<Record<Sense, string>> = {
  input: 'inp inpt input',
  output: 'outp outpt output opt',
  cached: 'cached cchd cd',
  write: 'wr',
  global: 'glbl gl global globl',
  dataZone: 'dz dzone datazone',
  regional: 'regnl rgnl regional',
  batch: 'batch btch',
  priority: 'pp priority',
  short: 'shortco',
  long: 'longco',
  million: '1m',
  thousand: '1k',
  tokens: 'tokens token',
  filler: 'std standard flex fw',
  otherUse:
    'ft ftuned finetuned hosting training train grader aud audio img image images rt realtime transcribe trscb tcrb tts ' +
    'whisper speech sora video session sessions search calls interpreter vcpu',
};

const SENSES: ReadonlyMap<string, Sense> = new Map(
  Object.entries(WORDS).flatMap(([sense, words]) => words.split(' ').map((word) => [word, sense as Sense])),
);

/** Words that run into each other: `mini0718`, `BatchOutp`, `turbo16K`, `Data Zone`. */
const JOINED: readonly (readonly [RegExp, string])[] = [
  [/data[ -]zone/gu, 'dzone'],
  [/\b(batch)(inp|outp)/gu, '$1 $2'],
  [/\b(mini|nano|turbo)(\d)/gu, '$1 $2'],
];

/** Names of meters that leave the vendor or the first part of the name out. */
const SHORT_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^([5-9](?:\.\d+)?(?:-.+)?)$/u, 'gpt-$1'],
  [/^5(\d)(-.+)?$/u, 'gpt-5.$1$2'],
  [/^(r1|v\d.*)$/u, 'deepseek-$1'],
  [/^(k\d.*)$/u, 'kimi-$1'],
  [/^code-(\d\.\d-flash)$/u, 'mai-code-$1'],
  [/^chat-latest$/u, 'gpt-chat-latest'],
  [/^(?:text-)?embedding-ada(?:-002)?$/u, 'text-embedding-ada-002'],
  [/^embed-v(\d)-txt$/u, 'embed-v$1'],
];

const NOTHING = { isBatch: false, isPriority: false, isCacheWrite: false } as const;

/**
 * What a meter of Azure OpenAI and Foundry counts. Undefined where its name is not clear: nothing is guessed, a person says
 * it then (`cost_meters`).
 * @param subcategory as billed; says whose a bare number is
 */
export function meterMeaning(meter: string, subcategory = ''): MeterMeaning | undefined {
  const name = meter.trim().toLowerCase();
  if (name.includes('provisioned') || /\bptu\b/u.test(name)) {
    return {
      ...NOTHING,
      kind: 'provisioned',
      direction: 'fixed',
      deploymentType: deploymentOf(sensesIn(name).senses),
    };
  }
  if (/^claude\b.*\bconsumption unit/u.test(name)) {
    return { ...NOTHING, kind: 'marketplace', direction: 'fixed', family: 'claude' };
  }
  const { senses, rest } = sensesIn(name);
  if (senses.has('otherUse')) {
    return { ...NOTHING, kind: 'other', direction: 'fixed', deploymentType: deploymentOf(senses) };
  }
  return tokenMeter(senses, rest, subcategory);
}

function tokenMeter(
  senses: ReadonlySet<Sense>,
  rest: readonly string[],
  subcategory: string,
): MeterMeaning | undefined {
  const { family, version } = modelIn(rest, subcategory);
  if (family === undefined) {
    return undefined;
  }
  const direction = directionOf(senses, family);
  if (direction === undefined) {
    return undefined;
  }
  return {
    kind: 'tokens',
    direction,
    family,
    version,
    deploymentType: deploymentOf(senses),
    isBatch: senses.has('batch'),
    isPriority: senses.has('priority'),
    isCacheWrite: senses.has('write'),
    contextTier: senses.has('long') ? 'long' : senses.has('short') ? 'short' : undefined,
    tokensPerUnit: tokensPerUnit(senses),
  };
}

function sensesIn(name: string): { readonly senses: ReadonlySet<Sense>; readonly rest: readonly string[] } {
  let text = name;
  for (const [pattern, replacement] of JOINED) {
    text = text.replaceAll(pattern, replacement);
  }
  const senses = new Set<Sense>();
  const rest: string[] = [];
  for (const word of text.split(/[\s-]+/u).filter((part) => part !== '')) {
    const sense = SENSES.get(word);
    if (sense === undefined) {
      rest.push(word);
    } else {
      senses.add(sense);
    }
  }
  return { senses, rest };
}

/** `0718` or `08062026`. */
const VERSION = /^(\d{4})(?:\d{4})?$/u;

function modelIn(
  words: readonly string[],
  subcategory: string,
): { readonly family?: string | undefined; readonly version?: string | undefined } {
  const version = words.map((word) => VERSION.exec(word)?.[1]).find((found) => found !== undefined);
  let name = words.filter((word) => !VERSION.test(word)).join('-');
  if (/grok/iu.test(subcategory) && /^\d/u.test(name)) {
    name = `grok-${name}`;
  }
  for (const [pattern, replacement] of SHORT_NAMES) {
    name = name.replace(pattern, replacement);
  }
  // From 1106 on there is one context length, which meters name and models do not.
  if (name === 'gpt-35-turbo-16k' && (version === '1106' || version === '0125')) {
    name = 'gpt-35-turbo';
  }
  return { family: familyOf(name), version };
}

function directionOf(senses: ReadonlySet<Sense>, family: string): 'input' | 'cached' | 'output' | undefined {
  if (senses.has('input') && senses.has('output')) {
    return undefined;
  }
  if (senses.has('output')) {
    return 'output';
  }
  if (senses.has('write')) {
    return 'input';
  }
  if (senses.has('cached')) {
    return 'cached';
  }
  // An embedding has no output.
  return senses.has('input') || family.includes('embed') ? 'input' : undefined;
}

function deploymentOf(senses: ReadonlySet<Sense>): MeterMeaning['deploymentType'] {
  return (['global', 'dataZone', 'regional'] as const).find((type) => senses.has(type));
}

/** A name that says `1M` counts millions; those that say tokens alone count thousands. */
function tokensPerUnit(senses: ReadonlySet<Sense>): number | undefined {
  return senses.has('million')
    ? 1_000_000
    : senses.has('thousand') || senses.has('tokens')
      ? 1_000
      : undefined;
}

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^1\s*m\b/u, 1_000_000],
  [/^(\d+)\s*k\b/u, 1_000],
  [/^(\d+)(?:\s*tokens?)?$/u, 1],
];

/** Tokens in a unit as a bill names it: `1K`, `10K`, `1M Tokens`. Undefined where it does not count tokens. */
export function tokensInUnit(unit: string): number | undefined {
  const text = unit.trim().toLowerCase();
  for (const [pattern, factor] of UNITS) {
    const match = pattern.exec(text);
    if (match !== null) {
      return Number(match[1] ?? 1) * factor;
    }
  }
  return undefined;
}
