import { SeededRandom } from '../random';
import type { SampleWorld } from '../world';
import { AzureWorld } from './azureWorld';
import { tokensByDay, type TokensOfDay } from './companyTokens';
import { dateOf, dayAt } from './days';
import type { Account, Resource, Subscription } from './estate';
import { METERS, type Meter } from './meterNames';

/** A company whose models run on Azure. */
export interface BilledCompany {
  readonly name: string;
  readonly world: SampleWorld;
}

/** The companies' Azure: one subscription that all of them share. */
export interface CompanyAzure {
  readonly world: AzureWorld;
  readonly subscription: Subscription;
  /** Which companies a resource serves, by name; what is not here serves somebody that nobody has named yet. */
  readonly served: readonly { readonly resource: Account; readonly companies: readonly string[] }[];
}

interface Rate {
  readonly meter: Meter;
  /** US dollars for a million tokens. */
  readonly perMillion: number;
  /** Tokens in one unit of the bill. */
  readonly unit: number;
}

type Direction = 'input' | 'cached' | 'output';

/** A model that is deployed under its own name. */
interface Deployed {
  readonly version: string;
  readonly sku: string;
  readonly rates: Readonly<Record<Direction, Rate>>;
}

type Deployments = Readonly<Record<string, Deployed>>;

/** What Azure asks: in its European data zone a tenth more than its list says, worldwide as the list says. */
const OWN: Deployments = {
  'gpt-4o': {
    version: '2024-11-20',
    sku: 'DataZoneStandard',
    rates: {
      input: { meter: METERS.gpt4oInputDataZone, perMillion: 2.75, unit: 1_000 },
      cached: { meter: METERS.gpt4oCachedDataZone, perMillion: 1.375, unit: 1_000 },
      output: { meter: METERS.gpt4oOutputDataZone, perMillion: 11, unit: 1_000 },
    },
  },
  'gpt-4o-mini': {
    version: '2024-07-18',
    sku: 'GlobalStandard',
    rates: {
      input: { meter: METERS.gpt4oMiniInput, perMillion: 0.15, unit: 1_000 },
      cached: { meter: METERS.gpt4oMiniCached, perMillion: 0.075, unit: 1_000 },
      output: { meter: METERS.gpt4oMiniOutput, perMillion: 0.6, unit: 1_000 },
    },
  },
};

/** On an account that all companies share. */
const SHARED: Deployments = {
  'gpt-5-mini': {
    version: '2025-08-07',
    sku: 'GlobalStandard',
    rates: {
      input: { meter: METERS.gpt5MiniInput, perMillion: 0.25, unit: 1_000_000 },
      cached: { meter: METERS.gpt5MiniCached, perMillion: 0.025, unit: 1_000_000 },
      output: { meter: METERS.gpt5MiniOutput, perMillion: 2, unit: 1_000_000 },
    },
  },
};

/** What other apps use on the same accounts, on top of a company's own tokens. */
const OTHER_USE = { least: 0.05, most: 0.1 };
/** US dollars a day for the files of an app that nobody has named. */
const STORAGE = { gigabytes: 0.1, perGigabyte: 0.0184 };
const CURRENCY = 'USD';

/**
 * Bills companies for the tokens that their own answers tell, day by day until yesterday: today is not known to Azure yet.
 * @param clock ms since 1970
 */
export function companyAzure(companies: readonly BilledCompany[], clock: () => number): CompanyAzure {
  const world = new AzureWorld({ clock, seed: 'companies' });
  const tenant = world.addTenant('Demo Holding');
  const subscription = world.addSubscription({ name: 'Demo AI', currency: CURRENCY, tenant });
  const today = dayAt(clock());
  const used = companies.map((company) => ({
    account: accountOf(world, subscription, company.name, OWN),
    company,
    tokens: tokensByDay(company.world).filter(({ day }) => day < today),
  }));
  const shared = accountOf(world, subscription, 'shared', SHARED);
  for (const { account, tokens } of used) {
    billTokens(world, account, OWN, tokens);
  }
  billTokens(
    world,
    shared,
    SHARED,
    used.flatMap(({ tokens }) => tokens),
  );
  const files = world.addResource(subscription, {
    type: 'Microsoft.Storage/storageAccounts',
    name: 'stdemofiles',
    group: 'rg-Files',
  });
  const first = Math.min(...used.flatMap(({ tokens }) => tokens.map(({ day }) => day)), today);
  billFixed(world, files, { first, last: today - 1 });
  return {
    world,
    subscription,
    served: [
      ...used.map(({ account, company }) => ({ resource: account, companies: [company.name] })),
      { resource: shared, companies: companies.map(({ name }) => name) },
    ],
  };
}

function accountOf(
  world: AzureWorld,
  subscription: Subscription,
  name: string,
  deployed: Deployments,
): Account {
  return world.addAccount(subscription, {
    name: `oai-${name.toLowerCase().replaceAll(' ', '-')}`,
    deployments: Object.entries(deployed).map(([model, { version, sku }]) => ({
      name: model,
      model,
      version,
      sku,
    })),
  });
}

function billTokens(
  world: AzureWorld,
  account: Account,
  deployed: Deployments,
  tokens: readonly TokensOfDay[],
): void {
  const sums = new Map<string, { readonly day: number; readonly rate: Rate; count: number }>();
  for (const { day, model, ...counts } of tokens) {
    for (const [direction, rate] of Object.entries(deployed[model]?.rates ?? {}) as [Direction, Rate][]) {
      const key = `${day} ${rate.meter.name}`;
      const sum = sums.get(key) ?? { day, rate, count: 0 };
      sum.count += counts[direction];
      sums.set(key, sum);
    }
  }
  for (const { day, rate, count } of sums.values()) {
    if (count > 0) {
      const random = new SeededRandom(`${account.name}/${day}`);
      const share = 1 + OTHER_USE.least + random.next() * (OTHER_USE.most - OTHER_USE.least);
      const billed = Math.ceil(count * share);
      world.bill({
        day: dateOf(day),
        resource: account,
        meter: rate.meter,
        quantity: billed / rate.unit,
        cost: (billed * rate.perMillion) / 1_000_000,
      });
    }
  }
}

/** Files cost the same on each day; each month ends with what rounding left. */
function billFixed(
  world: AzureWorld,
  files: Resource,
  { first, last }: { readonly first: number; readonly last: number },
): void {
  for (let day = first; day <= last; day++) {
    const date = dateOf(day);
    world.bill({
      day: date,
      resource: files,
      meter: METERS.storage,
      quantity: STORAGE.gigabytes,
      cost: STORAGE.gigabytes * STORAGE.perGigabyte,
    });
    if (dateOf(day + 1).endsWith('-01')) {
      world.bill({
        day: date,
        resource: files.subscription,
        meter: '',
        cost: '-0.00214',
        chargeType: 'RoundingAdjustment',
      });
    }
  }
}
