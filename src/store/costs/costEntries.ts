import * as l10n from '@vscode/l10n';
import * as v from 'valibot';

/** What an administrator says a model costs from a day on. */
export interface PriceEntry {
  /** `instances.id`; undefined: on every instance that has no price of its own. */
  readonly instanceId?: number | undefined;
  /** The model's own id. */
  readonly modelId: string;
  /** UTC day as `YYYY-MM-DD`. */
  readonly validFrom: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Per 1,000,000 tokens, as the other two. */
  readonly inputPerMillion: number;
  /** Undefined: cached input costs as any other. */
  readonly cachedPerMillion?: number | undefined;
  readonly outputPerMillion: number;
  readonly perRequest?: number | undefined;
  /** `starter`: confirmed from the starter list as it stands there; `admin`: entered. */
  readonly source: 'starter' | 'admin';
}

/** The numbers of a price. */
export type PriceAmounts = Pick<
  PriceEntry,
  'currency' | 'inputPerMillion' | 'cachedPerMillion' | 'outputPerMillion' | 'perRequest'
>;

/** Names one price. */
export type PriceKey = Pick<PriceEntry, 'instanceId' | 'modelId' | 'validFrom'>;

/** What may be spent in a calendar month of the mirror's zone. Nothing is stopped by it. */
export interface BudgetEntry {
  /** `instances.id`; undefined: all instances together. */
  readonly instanceId?: number | undefined;
  readonly currency: string;
  readonly monthlyAmount: number;
}

/** Names one budget. */
export type BudgetKey = Pick<BudgetEntry, 'instanceId' | 'currency'>;

/** A price or budget that cannot be kept; the message says what is wrong with it. */
export class CostEntryError extends Error {
  override readonly name = 'CostEntryError';
}

const DAY_MS = 86_400_000;

/** UTC days since 1970-01-01 of `YYYY-MM-DD`; undefined where there is no such day. */
export function utcDayOf(date: string): number | undefined {
  const ms = /^\d{4}-\d{2}-\d{2}$/u.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // Some engines roll 30 February over to March.
  return Number.isNaN(ms) || utcDateOf(ms / DAY_MS) !== date ? undefined : ms / DAY_MS;
}

/** `YYYY-MM-DD` of UTC days since 1970-01-01. */
export function utcDateOf(utcDay: number): string {
  return new Date(utcDay * DAY_MS).toISOString().slice(0, 10);
}

/** The UTC day of seconds since 1970. */
export function utcDayAt(epochSeconds: number): number {
  return Math.floor((epochSeconds * 1000) / DAY_MS);
}

/** A currency code, in capitals. */
export const currency = v.pipe(
  v.string(() => l10n.t('Name the currency, such as USD.')),
  v.trim(),
  v.toUpperCase(),
  v.check(
    (code) => Intl.supportedValuesOf('currency').includes(code),
    ({ input }) => l10n.t('"{0}" is no currency code. Give one of three letters, such as USD or EUR.', input),
  ),
);

/** An amount that is not negative. @param what as a sentence begins */
export function amount(what: () => string): v.GenericSchema<number> {
  return v.pipe(
    v.number(() => l10n.t('{0} must be a number.', what())),
    v.finite(() => l10n.t('{0} must be a number.', what())),
    v.minValue(0, ({ input }) => l10n.t('{0} must not be negative: {1}.', what(), input)),
  );
}

const instanceId = v.optional(v.pipe(v.number(), v.integer()));

/** A model's own id. */
export const modelId = v.pipe(
  v.string(() => l10n.t('Name the model.')),
  v.trim(),
  v.nonEmpty(() => l10n.t('Name the model.')),
  v.maxLength(1000, () => l10n.t('The name of the model is too long.')),
);

/** First UTC day of a price. */
export const validFrom = v.pipe(
  v.string(() => l10n.t('Give the first day of the price as YYYY-MM-DD.')),
  v.trim(),
  v.check(
    (date) => utcDayOf(date) !== undefined,
    ({ input }) => l10n.t('"{0}" is no day. Give it as YYYY-MM-DD.', input),
  ),
);

const priceKeySchema = v.object({ instanceId, modelId, validFrom });

export const amountsSchema = v.object({
  currency,
  inputPerMillion: amount(() => l10n.t('The price of input tokens')),
  cachedPerMillion: v.optional(amount(() => l10n.t('The price of cached input tokens'))),
  outputPerMillion: amount(() => l10n.t('The price of output tokens')),
  perRequest: v.optional(amount(() => l10n.t('The price of a request'))),
});

const priceSchema = v.object({
  ...priceKeySchema.entries,
  ...amountsSchema.entries,
  source: v.picklist(['starter', 'admin']),
});

const budgetKeySchema = v.object({ instanceId, currency });

/** What may be spent in a month. */
export const monthlyAmount = v.pipe(
  amount(() => l10n.t('The budget')),
  v.check(
    (value) => value > 0,
    () => l10n.t('A budget must be above 0. To have none, remove it.'),
  ),
);

const budgetSchema = v.object({
  ...budgetKeySchema.entries,
  monthlyAmount,
});

/**
 * A price from outside, with trimmed texts and the currency in capitals.
 * @param today UTC day: a price cannot begin after it
 * @throws CostEntryError
 */
export function parsePrice(value: unknown, today: number): PriceEntry {
  const price = parse(priceSchema, value);
  if ((utcDayOf(price.validFrom) ?? 0) > today) {
    throw new CostEntryError(
      l10n.t(
        'The price of {0} begins on {1}, which is after today ({2} UTC). Set it when that day has come.',
        price.modelId,
        price.validFrom,
        utcDateOf(today),
      ),
    );
  }
  return price;
}

/** @throws CostEntryError */
export function parsePriceKey(value: unknown): PriceKey {
  return parse(priceKeySchema, value);
}

/** @throws CostEntryError */
export function parseBudget(value: unknown): BudgetEntry {
  return parse(budgetSchema, value);
}

/** @throws CostEntryError */
export function parseBudgetKey(value: unknown): BudgetKey {
  return parse(budgetKeySchema, value);
}

/** The numbers of a price without model and day. @throws CostEntryError */
export function parseAmounts(value: unknown): PriceAmounts {
  return parse(amountsSchema, value);
}

/** What is wrong with something that is read by `work`; undefined: nothing. */
export function problemOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof CostEntryError) {
      return error.message;
    }
    throw error;
  }
}

function parse<const S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    throw new CostEntryError(result.issues[0].message);
  }
  return result.output;
}
