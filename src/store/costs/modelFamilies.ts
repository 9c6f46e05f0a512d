/**
 * Names of models as one form, whoever wrote them: a family such as `gpt-4o-mini` and, where it is told, the version as
 * its month and day (`0718` of 2024-07-18), which is all that meters say of it.
 */
export interface ModelKey {
  readonly family: string;
  /** Four digits; undefined: any. */
  readonly version?: string | undefined;
}

/** Families that meters of token use are known of. What is not here is not guessed. */
const FAMILIES: readonly RegExp[] = [
  /^gpt-(4o|4o-mini|4\.1|4\.1-mini|4\.1-nano|4\.5|4|4-32k|4-turbo|35-turbo|35-turbo-16k|35-turbo-instruct)$/u,
  /^gpt-(oss-20b|oss-120b|chat-latest)$/u,
  /^gpt-[5-9](\.\d+)?(-(mini|nano|pro|chat|codex|codex-mini|codex-max|sol|terra|luna|astra))?$/u,
  /^o[1-9](-(mini|pro|preview|deep-research))?$/u,
  /^(codex-mini|computer-use|model-router)$/u,
  /^text-embedding-(ada-002|3-large|3-small)$/u,
  /^deepseek-(r1|v\d(\.\d)?(-(pro|flash|speciale))?)$/u,
  /^mai-(ds-r1|(thinking|code|cyber)-\d(\.\d)?(-flash)?)$/u,
  /^phi-\d(\.\d)?(-(mini|small|medium|moe|vision|multimodal|reasoning|reasoning-plus|mini-reasoning|mini-flash))*$/u,
  /^llama-\d(\.\d)?-(\d+b|\d+b-vision|scout|maverick)$/u,
  /^(mistral-(large|medium|small|nemo)(-\d(\.\d)?)?|ministral-\d+b|codestral)$/u,
  /^grok-(\d(\.\d)?(-(mini|fast|fast-reasoning|fast-non-reasoning|reasoning|non-reasoning))?|code-fast-1)$/u,
  /^kimi-k\d(\.\d)?(-(thinking|code))?$/u,
  /^(cohere-)?(embed-v\d|command-(a|r|r-plus))$/u,
];

/** Other ways to write a family. */
const ALIASES: readonly (readonly [pattern: RegExp, family: string])[] = [
  [/^gpt-3\.5-turbo/u, 'gpt-35-turbo'],
  [/^gpt-35-turbo-4k$/u, 'gpt-35-turbo'],
  [/^gpt-4-8k$/u, 'gpt-4'],
  [/^gpt-4-turbo-(128k|vision)$/u, 'gpt-4-turbo'],
  [/^gpt-4-(turbo-)?preview$/u, 'gpt-4-turbo'],
  [/^gpt-4\.5-preview$/u, 'gpt-4.5'],
  [/^computer-use-preview$/u, 'computer-use'],
  [/^gpt-5(\.\d)?-codex-mini-latest$/u, 'gpt-5$1-codex-mini'],
  [/^deepseek-(v\d(?:\.\d)?)-sp$/u, 'deepseek-$1-speciale'],
  [/^phi-(\d(?:\.\d)?)-mm$/u, 'phi-$1-multimodal'],
  [/^(phi-.+)-(?:4k|8k|128k)$/u, '$1'],
  [/^phi-(.+)-instruct$/u, 'phi-$1'],
  [/^(?:meta-)?llama-(.+)-instruct$/u, 'llama-$1'],
  [/^llama-4-(scout|maverick)-17b.*$/u, 'llama-4-$1'],
  [/^mm(\d(?:\.\d)?)$/u, 'mistral-medium-$1'],
];

/** A name in lower case with single hyphens as a family, or undefined where it is none that is known. */
export function familyOf(name: string): string | undefined {
  let family = name;
  for (const [pattern, replacement] of ALIASES) {
    family = family.replace(pattern, replacement);
  }
  return FAMILIES.some((known) => known.test(family)) ? family : undefined;
}

/** Gateways that name Azure before the model. */
const AZURE_PREFIX = /^(azure|azure[-_ ]?openai|azure[-_ ]?ai|aoai|foundry)[./]/u;
const ISO_DATE = /-?(\d{4})-(\d{2})-(\d{2})(?=$|-)/u;
/** Of a version such as `turbo-2024-04-09` or `1106-preview`. */
const MONTH_AND_DAY = /-(\d{4})(?=$|-)/u;

/**
 * The family and version of a model's id in Open WebUI, a deployment or Azure's name of a model. Undefined for what is not
 * clear: a person says it then (`cost_deployments`).
 * @param version as Azure names it, where that is told beside the name
 */
export function modelKey(name: string, version?: string): ModelKey | undefined {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(AZURE_PREFIX, '')
    .replaceAll(/[\s_]+/gu, '-');
  const withVersion = version === undefined ? plain : `${plain}-${version.trim().toLowerCase()}`;
  const date = ISO_DATE.exec(withVersion);
  const short = date === null ? MONTH_AND_DAY.exec(withVersion) : null;
  const family = familyOf(withoutPart(withVersion, date?.[0] ?? short?.[0]));
  if (family !== undefined) {
    const told = date === null ? short?.[1] : `${date[2] ?? ''}${date[3] ?? ''}`;
    return told === undefined ? { family } : { family, version: told };
  }
  // A version that is no date, such as `1` of an embedding or of a model of the catalogue, says nothing of meters.
  const alone = version === undefined ? undefined : familyOf(plain);
  return alone === undefined ? undefined : { family: alone };
}

function withoutPart(text: string, part: string | undefined): string {
  return part === undefined ? text : text.replace(part, '').replaceAll(/-{2,}/gu, '-').replace(/^-|-$/gu, '');
}

/** Whether two names may mean the same model: a version that only one of them tells excludes nothing. */
export function isSameModel(one: ModelKey, other: ModelKey): boolean {
  return (
    one.family === other.family &&
    (one.version === undefined || other.version === undefined || one.version === other.version)
  );
}
