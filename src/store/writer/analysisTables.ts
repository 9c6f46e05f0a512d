import type { Analysis, MeterMapping } from '../analysis/analysisTypes';
import { utcDayOf } from '../costs/costEntries';
import type { Value } from '../sqlite/sqlite';

/** A table that holds a part of analysis.json. */
export interface AnalysisTable {
  readonly table: string;
  /** Columns that name a row; where they may be NULL, as the index over them says it. */
  readonly key: readonly string[];
  readonly keySql?: readonly string[];
  readonly values: readonly string[];
  /** In the order of key and values. */
  readonly rows: (analysis: Analysis) => readonly (readonly Value[])[];
  /** Names people: rows go with what they say, none is kept as deleted. */
  readonly isPersonal?: true;
  /** Column that must refer to an instance that the database knows, or be NULL. */
  readonly reference?: 'instance_id';
}

const orNull = (value: string | number | undefined): string | number | null => value ?? null;

/** Instance 0 in tables of which it is a part of the name: all, or none. */
const ALL_INSTANCES = 0;

function modelsText({ models }: MeterMapping): string | null {
  return models === undefined ? null : JSON.stringify(models);
}

export const ANALYSIS_TABLES: readonly AnalysisTable[] = [
  {
    table: 'prices',
    reference: 'instance_id',
    key: ['instance_id', 'model_id', 'valid_from_day'],
    keySql: ['coalesce(instance_id, 0)', 'model_id', 'valid_from_day'],
    values: [
      ...['valid_from', 'currency', 'input_per_million', 'cached_per_million'],
      ...['output_per_million', 'per_request', 'source'],
    ],
    rows: ({ prices }) =>
      prices.map((price) => [
        ...[orNull(price.instanceId), price.modelId, orNull(utcDayOf(price.validFrom))],
        ...[price.validFrom, price.currency, price.inputPerMillion, orNull(price.cachedPerMillion)],
        ...[price.outputPerMillion, price.perRequest ?? 0, price.source],
      ]),
  },
  {
    table: 'budgets',
    reference: 'instance_id',
    key: ['instance_id', 'currency'],
    keySql: ['coalesce(instance_id, 0)', 'currency'],
    values: ['monthly_amount'],
    rows: ({ budgets }) =>
      budgets.map(({ instanceId, currency, monthlyAmount }) => [orNull(instanceId), currency, monthlyAmount]),
  },
  {
    table: 'cost_resources',
    key: ['resource_id', 'instance_id'],
    values: ['source'],
    rows: ({ resources }) =>
      resources.flatMap(({ resource, instances, source }) =>
        (instances.length === 0 ? [ALL_INSTANCES] : [...new Set(instances)]).map((instance) => [
          resource,
          instance,
          source,
        ]),
      ),
  },
  {
    table: 'cost_deployments',
    key: ['resource_id', 'deployment'],
    values: ['model', 'version', 'source'],
    rows: ({ deployments }) =>
      deployments.map(({ resource = '', deployment, model, version, source }) => [
        ...[resource, deployment, model, orNull(version), source],
      ]),
  },
  {
    table: 'cost_meters',
    key: ['meter'],
    values: ['models', 'direction', 'driver', 'tokens_per_unit'],
    rows: ({ meters }) =>
      meters.map((meter) => [
        ...[meter.meter, modelsText(meter), meter.direction, meter.driver ?? 'tokens'],
        orNull(meter.tokensPerUnit),
      ]),
  },
  {
    table: 'cost_invoices',
    key: ['scope', 'month', 'currency'],
    values: ['amount', 'tax', 'credits', 'support', 'other_scopes', 'note'],
    rows: ({ invoices }) =>
      invoices.map((invoice) => [
        ...[invoice.scope ?? '', invoice.month, invoice.currency, invoice.amount, orNull(invoice.tax)],
        ...[orNull(invoice.credits), orNull(invoice.support), orNull(invoice.otherScopes)],
        orNull(invoice.note),
      ]),
  },
  {
    table: 'excluded_accounts',
    isPersonal: true,
    key: ['instance_id', 'remote_id'],
    values: [],
    rows: ({ excludedAccounts }) => excludedAccounts.map(({ instance, user }) => [instance, user]),
  },
  {
    table: 'merged_accounts',
    isPersonal: true,
    key: ['instance_id', 'remote_id'],
    values: ['person_instance_id', 'person_remote_id'],
    rows: ({ mergedPeople }) =>
      mergedPeople.flatMap(([person, ...others]) =>
        person === undefined
          ? []
          : others.map(({ instance, user }) => [instance, user, person.instance, person.user]),
      ),
  },
  {
    table: 'engagement_weights',
    key: ['name'],
    values: ['weight'],
    rows: ({ engagementWeights }) =>
      Object.entries(engagementWeights).flatMap(([name, weight]) =>
        weight === undefined ? [] : [[name, weight]],
      ),
  },
  {
    table: 'holidays',
    key: ['day', 'instance_id'],
    values: ['date', 'name'],
    rows: ({ holidays }) =>
      holidays.flatMap(({ date, name, instances = [ALL_INSTANCES] }) =>
        [...new Set(instances)].map((instance) => [orNull(utcDayOf(date)), instance, date, name]),
      ),
  },
];
