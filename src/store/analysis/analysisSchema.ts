import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import {
  amountsSchema,
  currency,
  modelId,
  monthlyAmount,
  utcDateOf,
  utcDayOf,
  validFrom,
  type BudgetEntry,
  type PriceEntry,
} from '../costs/costEntries';
import { plainScope } from '../costs/costScope';
import { COST_TYPES } from '../costs/costTypes';
import {
  ALLOCATIONS,
  COST_DRIVERS,
  ENGAGEMENT_PARTS,
  MAPPING_SOURCES,
  METER_DIRECTIONS,
  NO_ANALYSIS,
  type Analysis,
} from './analysisTypes';
import { unique } from './uniqueItems';

const instance = v.pipe(
  v.number(),
  v.safeInteger(() => l10n.t('an instance is named by its number in instances.json')),
  v.minValue(1, () => l10n.t('an instance is named by its number in instances.json')),
);
const text = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty(() => l10n.t('it must not be empty')),
);
/** Ids of resources and scopes differ in case from answer to answer. */
const azureId = v.pipe(text, v.transform(plainScope));
const number = v.pipe(
  v.number(),
  v.finite(() => l10n.t('it must be a number')),
);
const notNegative = v.pipe(
  number,
  v.minValue(0, () => l10n.t('it must not be negative')),
);
const source = v.optional(v.picklist(MAPPING_SOURCES), 'admin');

const budget = v.pipe(
  v.strictObject({ instance: v.optional(instance), currency, monthlyAmount }),
  v.transform(({ instance: instanceId, ...others }): BudgetEntry => ({ ...others, instanceId })),
);

const resource = v.strictObject({ resource: azureId, instances: v.array(instance), source });

const deployment = v.strictObject({
  resource: v.optional(azureId),
  deployment: text,
  model: text,
  version: v.optional(text),
  source,
});

const meter = v.strictObject({
  meter: text,
  models: v.optional(v.array(text)),
  direction: v.picklist(METER_DIRECTIONS),
  driver: v.optional(v.picklist(COST_DRIVERS)),
  tokensPerUnit: v.optional(
    v.pipe(
      number,
      v.check(
        (tokens) => tokens > 0,
        () => l10n.t('it must be above 0'),
      ),
    ),
  ),
});

const invoice = v.strictObject({
  scope: v.optional(azureId),
  month: v.pipe(
    v.string(),
    v.regex(/^\d{4}-(?:0[1-9]|1[0-2])$/u, () => l10n.t('give the month as YYYY-MM')),
  ),
  currency,
  amount: number,
  tax: v.optional(number),
  credits: v.optional(number),
  support: v.optional(number),
  otherScopes: v.optional(number),
  note: v.optional(v.string()),
});

const account = v.strictObject({ instance, user: text });

const person = v.pipe(
  v.array(account),
  v.minLength(2, () => l10n.t('a person needs two accounts or more')),
);

const weights = v.strictObject(v.entriesFromList(ENGAGEMENT_PARTS, v.optional(notNegative)));

const holiday = v.strictObject({
  date: v.pipe(
    v.string(),
    v.check(
      (date) => utcDayOf(date) !== undefined,
      () => l10n.t('give the day as YYYY-MM-DD'),
    ),
  ),
  name: text,
  instances: v.optional(
    v.pipe(
      v.array(instance),
      v.nonEmpty(() => l10n.t('leave it out for all instances')),
    ),
  ),
});

/** @param today UTC day: a price cannot begin after it */
function priceSchema(today: number) {
  const begun = v.check<string, () => string>(
    (date) => (utcDayOf(date) ?? 0) <= today,
    () => l10n.t('it is after today ({0} UTC). Set the price when that day has come.', utcDateOf(today)),
  );
  return v.pipe(
    v.strictObject({
      model: modelId,
      instance: v.optional(instance),
      validFrom: v.pipe(validFrom, begun),
      ...amountsSchema.entries,
      source: v.optional(v.picklist(['starter', 'admin']), 'admin'),
    }),
    v.transform(({ model, instance: instanceId, ...others }): PriceEntry => ({
      ...others,
      modelId: model,
      instanceId,
    })),
  );
}

/**
 * What `analysis.json` may hold. Every section may be left out.
 * @param today UTC day: a price cannot begin after it
 */
export function analysisSchema(today: number) {
  const list = <const S extends v.GenericSchema>(item: S) => v.array(item);
  return v.strictObject({
    $schema: v.optional(v.string()),
    version: v.optional(v.literal(1), 1),
    costType: v.optional(v.picklist(COST_TYPES), NO_ANALYSIS.costType),
    allocation: v.optional(v.picklist(ALLOCATIONS), NO_ANALYSIS.allocation),
    prices: v.optional(
      v.pipe(
        list(priceSchema(today)),
        unique((price) => [price.modelId, price.instanceId, price.validFrom]),
      ),
      [],
    ),
    budgets: v.optional(
      v.pipe(
        list(budget),
        unique((each) => [each.instanceId, each.currency]),
      ),
      [],
    ),
    resources: v.optional(
      v.pipe(
        list(resource),
        unique((each) => each.resource),
      ),
      [],
    ),
    deployments: v.optional(
      v.pipe(
        list(deployment),
        unique((each) => [each.resource, each.deployment]),
      ),
      [],
    ),
    meters: v.optional(
      v.pipe(
        list(meter),
        unique((each) => each.meter),
      ),
      [],
    ),
    invoices: v.optional(
      v.pipe(
        list(invoice),
        unique((each) => [each.scope, each.month, each.currency]),
      ),
      [],
    ),
    excludedAccounts: v.optional(
      v.pipe(
        list(account),
        unique((each) => [each.instance, each.user]),
      ),
      [],
    ),
    mergedPeople: v.optional(
      v.pipe(
        list(person),
        v.check(
          (people) => areDistinct(people.flat()),
          () => l10n.t('an account is there twice: it can be one person only'),
        ),
      ),
      [],
    ),
    engagementWeights: v.optional(weights, {}),
    holidays: v.optional(
      v.pipe(
        list(holiday),
        v.check(
          (days) =>
            areDistinct(days.flatMap(({ date, instances = [0] }) => instances.map((id) => [date, id]))),
          () => l10n.t('a day is there twice for the same instance'),
        ),
      ),
      [],
    ),
  }) satisfies v.GenericSchema<unknown, Analysis>;
}

function areDistinct(items: readonly unknown[]): boolean {
  return new Set(items.map((item) => JSON.stringify(item))).size === items.length;
}
