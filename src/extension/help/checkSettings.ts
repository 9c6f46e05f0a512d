import { isAbsolute } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';

/** What the manifest says of one setting, as far as values are held against it. */
const propertySchema = v.object({
  type: v.optional(v.picklist(['string', 'boolean', 'number', 'integer', 'array', 'object'])),
  default: v.optional(v.unknown()),
  enum: v.optional(v.array(v.string())),
  minimum: v.optional(v.number()),
  maximum: v.optional(v.number()),
  pattern: v.optional(v.string()),
  patternErrorMessage: v.optional(v.string()),
});

export type SettingProperty = v.InferOutput<typeof propertySchema>;

const manifestSchema = v.object({
  contributes: v.object({
    configuration: v.array(v.object({ properties: v.record(v.string(), propertySchema) })),
  }),
});

/** A setting that holds what cannot be. */
export interface SettingProblem {
  /** Such as `openwebuiSync.timer.dailyAt`. */
  readonly id: string;
  /** As it stands in the settings. */
  readonly typed: unknown;
  /** A sentence: what the setting takes. */
  readonly expected: string;
  /** What counts instead. */
  readonly used: unknown;
}

/** The settings of a manifest by their ids. @throws ValiError for a manifest that is none of ours */
export function settingProperties(manifest: unknown): ReadonlyMap<string, SettingProperty> {
  const { contributes } = v.parse(manifestSchema, manifest);
  return new Map(contributes.configuration.flatMap(({ properties }) => Object.entries(properties)));
}

/**
 * The settings whose values cannot be: typed by hand, since the settings editor refuses them. Rules are those of the manifest;
 * what counts instead is what the parsers of `settings.ts` make of such a value. A fraction where a whole number is meant is
 * rounded and no problem.
 */
export function checkSettings(
  properties: ReadonlyMap<string, SettingProperty>,
  valueOf: (id: string) => unknown,
): readonly SettingProblem[] {
  return [...properties].flatMap(([id, property]) => {
    const typed = valueOf(id);
    const fault = typed === undefined ? undefined : faultOf(id, property, typed);
    return fault === undefined ? [] : [{ id, typed, ...fault }];
  });
}

type Fault = Pick<SettingProblem, 'expected' | 'used'>;

/** What a pattern cannot say, since it depends on the machine. */
const MACHINE_RULES: Readonly<Record<string, (text: string) => boolean>> = {
  'openwebuiSync.reports.folder': (text) => text.trim() === '' || isAbsolute(text.trim()),
};

function faultOf(id: string, property: SettingProperty, typed: unknown): Fault | undefined {
  const { type, default: fallback } = property;
  if (type !== undefined && !TYPE_TESTS[type](typed)) {
    return { expected: expectedOf(property), used: fallback };
  }
  if (typeof typed === 'number') {
    const { minimum = -Infinity, maximum = Infinity } = property;
    const used = Math.min(Math.max(typed, minimum), maximum);
    return used === typed ? undefined : { expected: expectedOf(property), used };
  }
  return typeof typed === 'string' && !isPossible(id, property, typed)
    ? { expected: expectedOf(property), used: fallback }
    : undefined;
}

function isPossible(id: string, { enum: choices, pattern }: SettingProperty, typed: string): boolean {
  return (
    (choices?.includes(typed) ?? true) &&
    (pattern === undefined || new RegExp(pattern, 'u').test(typed)) &&
    (MACHINE_RULES[id]?.(typed) ?? true)
  );
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

const TYPE_TESTS: Readonly<Record<NonNullable<SettingProperty['type']>, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: isNumber,
  integer: isNumber,
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

function expectedOf(property: SettingProperty): string {
  const { type, enum: choices, minimum, maximum, patternErrorMessage } = property;
  if (choices !== undefined) {
    return l10n.t('It takes one of {0}.', choices.join(', '));
  }
  if (patternErrorMessage !== undefined) {
    return patternErrorMessage;
  }
  if (minimum !== undefined && maximum !== undefined) {
    return l10n.t('It takes a number from {0} to {1}.', minimum, maximum);
  }
  return type === undefined ? '' : typeWords(type);
}

function typeWords(type: NonNullable<SettingProperty['type']>): string {
  switch (type) {
    case 'string':
      return l10n.t('It takes a text.');
    case 'boolean':
      return l10n.t('It takes true or false.');
    case 'number':
    case 'integer':
      return l10n.t('It takes a number.');
    case 'array':
      return l10n.t('It takes a list.');
    case 'object':
      return l10n.t('It takes an object.');
  }
}

/** One message about problems that are news: what is wrong and what counts instead. */
export function settingProblemText(problems: readonly [SettingProblem, ...SettingProblem[]]): string {
  const [{ id, typed, expected, used }, ...others] = problems;
  if (others.length > 0) {
    const ids = problems.map((problem) => problem.id).join(', ');
    return l10n.t('Settings hold what cannot be: {0}. What is possible is used instead.', ids);
  }
  return l10n.t('{0} cannot be {1}. {2} Used instead: {3}.', id, shown(typed), expected, shown(used));
}

const LONGEST = 60;

function shown(value: unknown): string {
  const text = value === undefined ? '' : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** By setting, the value that a person was told about, as JSON. */
export type ToldSettings = Readonly<Record<string, string>>;

/** The problems that nobody was told of yet, and what to remember: a value that was mended is told anew when it comes back. */
export function settingNews(
  problems: readonly SettingProblem[],
  told: ToldSettings,
): { readonly news: readonly SettingProblem[]; readonly told: ToldSettings } {
  return {
    news: problems.filter(({ id, typed }) => told[id] !== JSON.stringify(typed)),
    told: Object.fromEntries(problems.map(({ id, typed }) => [id, JSON.stringify(typed)])),
  };
}
