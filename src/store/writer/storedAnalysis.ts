import { analysisOf } from '../analysis/analysisText';
import type { Analysis } from '../analysis/analysisTypes';
import type { Cell } from '../resultSet';
import type { SqliteDatabase } from '../sqlite/sqlite';

type Entry = Readonly<Record<string, Cell>>;

/** Columns by the keys of the file, in the order of the lists there. */
const LISTS = {
  prices: {
    table: 'prices',
    order: 'id',
    keys: {
      model: 'model_id',
      instance: 'instance_id',
      validFrom: 'valid_from',
      currency: 'currency',
      inputPerMillion: 'input_per_million',
      cachedPerMillion: 'cached_per_million',
      outputPerMillion: 'output_per_million',
      // As most prices are typed: without one.
      perRequest: 'nullif(per_request, 0)',
      source: 'source',
    },
  },
  budgets: {
    table: 'budgets',
    order: 'id',
    keys: { instance: 'instance_id', currency: 'currency', monthlyAmount: 'monthly_amount' },
  },
  deployments: {
    table: 'cost_deployments',
    order: 'resource_id, deployment',
    keys: {
      resource: `nullif(resource_id, '')`,
      deployment: 'deployment',
      model: 'model',
      version: 'version',
      source: 'source',
    },
  },
  invoices: {
    table: 'cost_invoices',
    order: 'month, scope, currency',
    keys: {
      scope: `nullif(scope, '')`,
      month: 'month',
      currency: 'currency',
      amount: 'amount',
      tax: 'tax',
      credits: 'credits',
      support: 'support',
      otherScopes: 'other_scopes',
      note: 'note',
    },
  },
  excludedAccounts: {
    table: 'excluded_accounts',
    order: 'instance_id, remote_id',
    keys: { instance: 'instance_id', user: 'remote_id' },
  },
} as const;

/**
 * What the tables say, as analysis.json would: for a database that knows more than the file, which is not there.
 * @param today UTC day
 * @throws AnalysisError when no file could say it
 */
export function storedAnalysis(database: SqliteDatabase, today: number): Analysis {
  const [costType, allocation] =
    database.get<[string, string]>('SELECT cost_type, allocation FROM analysis_settings') ?? [];
  const lists = Object.entries(LISTS).map(([section, { table, order, keys }]) => {
    const sql = `SELECT ${Object.values(keys).join(', ')} FROM ${table} WHERE is_deleted = 0 ORDER BY ${order}`;
    return [section, database.all(sql).map((row) => entryOf(Object.keys(keys), row))];
  });
  const content = {
    costType,
    allocation,
    ...(Object.fromEntries(lists) as Readonly<Record<string, readonly Entry[]>>),
    resources: resourcesOf(database),
    meters: metersOf(database),
    mergedPeople: peopleOf(database),
    engagementWeights: Object.fromEntries(
      database.all<[string, number]>('SELECT name, weight FROM engagement_weights WHERE is_deleted = 0'),
    ),
    holidays: holidaysOf(database),
  };
  return analysisOf(content, today);
}

/** What is NULL is left out. */
function entryOf(keys: readonly string[], row: readonly Cell[]): Entry {
  return Object.fromEntries(
    keys.flatMap((key, index) => {
      const value = row[index] ?? null;
      return value === null ? [] : [[key, value]];
    }),
  );
}

function resourcesOf(database: SqliteDatabase) {
  return database
    .all<[string, string, string]>(
      `SELECT resource_id, max(source), json_group_array(instance_id) FILTER (WHERE instance_id > 0)
       FROM cost_resources WHERE is_deleted = 0 GROUP BY resource_id`,
    )
    .map(([resource, source, instances]) => ({
      resource,
      instances: JSON.parse(instances) as unknown,
      source,
    }));
}

function metersOf(database: SqliteDatabase) {
  return database
    .all(
      'SELECT meter, models, direction, driver, tokens_per_unit FROM cost_meters WHERE is_deleted = 0 ORDER BY meter',
    )
    .map((row) => {
      const { models, ...others } = entryOf(['meter', 'models', 'direction', 'driver', 'tokensPerUnit'], row);
      return typeof models === 'string' ? { ...others, models: JSON.parse(models) as unknown } : others;
    });
}

/** The account that they count as comes first. */
function peopleOf(database: SqliteDatabase) {
  const people = new Map<string, { readonly instance: number; readonly user: string }[]>();
  const rows = database.all<[number, string, number, string]>(
    `SELECT person_instance_id, person_remote_id, instance_id, remote_id FROM merged_accounts WHERE is_deleted = 0`,
  );
  for (const [personInstance, personUser, instance, user] of rows) {
    const name = JSON.stringify([personInstance, personUser]);
    const accounts = people.get(name) ?? [{ instance: personInstance, user: personUser }];
    people.set(name, [...accounts, { instance, user }]);
  }
  return [...people.values()];
}

function holidaysOf(database: SqliteDatabase) {
  return database
    .all<[string, string, number, string]>(
      `SELECT date, name, min(instance_id), json_group_array(instance_id)
       FROM holidays WHERE is_deleted = 0 GROUP BY date, name, instance_id = 0 ORDER BY date`,
    )
    .map(([date, name, first, instances]) => ({
      date,
      name,
      ...(first === 0 ? {} : { instances: JSON.parse(instances) as unknown }),
    }));
}
