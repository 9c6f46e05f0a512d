import { SeededRandom } from '../random';
import { AzureWorld, type Bill } from './azureWorld';
import { dateOf, dayAt, firstDayOf, monthAfter, monthOf } from './days';
import type { Account, Resource, Subscription } from './estate';
import { METERS, type Meter } from './meterNames';

/** What a world to look at holds. */
export interface OfficeAzure {
  readonly world: AzureWorld;
  /** Euros: two accounts of one instance each, one of two instances, a machine and a search. */
  readonly production: Subscription;
  /** US dollars; nothing in the month before the last one. */
  readonly research: Subscription;
  /** Yen, which has no decimals; in a tenant of its own. */
  readonly tokyo: Subscription;
  readonly sales: Account;
  readonly support: Account;
  readonly shared: Account;
  readonly machine: Resource;
  readonly search: Resource;
}

/** A meter's use on a working day. */
interface Use {
  readonly meter: Meter;
  /** Of the currency for one unit of quantity. */
  readonly price: number;
  /** Units on an average day. */
  readonly quantity: number;
}

const CHAT: readonly Use[] = [
  { meter: METERS.gpt4oInput, price: 0.0025, quantity: 9_000 },
  { meter: METERS.gpt4oCached, price: 0.00125, quantity: 3_000 },
  { meter: METERS.gpt4oOutput, price: 0.01, quantity: 2_500 },
  { meter: METERS.gpt4oMiniInput, price: 0.00015, quantity: 20_000 },
  { meter: METERS.gpt4oMiniOutput, price: 0.0006, quantity: 7_000 },
];
const LABORATORY: readonly Use[] = [
  { meter: METERS.gpt4oInputRegional, price: 0.005, quantity: 700 },
  { meter: METERS.gpt4oOutputRegional, price: 0.015, quantity: 300 },
  { meter: METERS.gpt4oCachedDataZone, price: 0.0011, quantity: 400 },
  { meter: METERS.gpt4oMiniBatchOutput, price: 0.00033, quantity: 5_000 },
  { meter: METERS.gpt5MiniCachedDataZone, price: 0.0275, quantity: 12 },
  { meter: METERS.gpt54OutputDataZone, price: 16.5, quantity: 0.8 },
  { meter: METERS.gpt55InputShort, price: 2.5, quantity: 1.4 },
  { meter: METERS.deepSeekOutput, price: 0.0054, quantity: 600 },
  { meter: METERS.phiInput, price: 0.000125, quantity: 3_000 },
  { meter: METERS.embedding, price: 0.0001, quantity: 8_000 },
];
const FIXED: readonly Use[] = [{ meter: METERS.virtualMachine, price: 0.23, quantity: 24 }];
const SEARCH: readonly Use[] = [{ meter: METERS.search, price: 0.101, quantity: 24 }];
const CLAUDE: readonly Use[] = [{ meter: METERS.claude, price: 1, quantity: 37 }];

/**
 * A world with all that a bill can hold: months that are closed, one that is open, an empty one; several currencies, tenants
 * and kinds of charge; names of meters in their dialects. The same seed and clock give the same world.
 */
export function officeAzure(options: {
  /** ms since 1970 */
  readonly clock: () => number;
  /** Months before the open one. */
  readonly months?: number;
  readonly seed?: string;
}): OfficeAzure {
  const { clock, months = 3, seed = 'office' } = options;
  const world = new AzureWorld({ clock, seed });
  const production = world.addSubscription({ name: 'Production', currency: 'EUR' });
  const research = world.addSubscription({ name: 'Research', currency: 'USD' });
  const japan = world.addTenant('Contoso Japan');
  const tokyo = world.addSubscription({ name: 'Tokyo', currency: 'JPY', tenant: japan });
  const sales = chatAccount(world, production, 'oai-Sales');
  const support = chatAccount(world, production, 'oai-Support');
  const shared = chatAccount(world, production, 'oai-Shared');
  const laboratory = world.addAccount(research, { name: 'foundry-Lab', kind: 'AIServices' });
  const machine = world.addResource(production, {
    type: 'Microsoft.Compute/virtualMachines',
    name: 'vm-webui',
    group: 'rg-Web',
  });
  const search = world.addResource(production, {
    type: 'Microsoft.Search/searchServices',
    name: 'srch-docs',
    group: 'rg-Web',
  });
  const claude = world.addResource(research, {
    type: 'Microsoft.SaaS/resources',
    name: 'claude',
    group: 'rg-Lab',
  });
  const kyoto = chatAccount(world, tokyo, 'oai-Kyoto');

  const today = dayAt(clock());
  const first = firstDayOf(monthAfter(monthOf(today), -months));
  const empty = monthAfter(monthOf(today), -2);
  for (let day = first; day <= today; day++) {
    const random = new SeededRandom(`${seed}/${day}`);
    world.bill(
      ...used(day, sales, CHAT, random),
      ...used(day, support, CHAT.slice(3), random),
      ...used(day, shared, CHAT, random),
      ...used(day, machine, FIXED, random),
      ...used(day, search, SEARCH, random),
      ...used(
        day,
        kyoto,
        CHAT.map((use) => ({ ...use, price: Math.ceil(use.price * 150) })),
        random,
      ),
      ...(monthOf(day) === empty
        ? []
        : [...used(day, laboratory, LABORATORY, random), ...used(day, claude, CLAUDE, random)]),
    );
  }
  for (let month = monthOf(first); month <= monthOf(today); month = monthAfter(month, 1)) {
    world.bill(...monthly(`${month}-01`, sales));
  }
  return { world, production, research, tokyo, sales, support, shared, machine, search };
}

function chatAccount(world: AzureWorld, subscription: Subscription, name: string): Account {
  return world.addAccount(subscription, {
    name,
    tags: { team: name.toLowerCase().replace('oai-', '') },
    deployments: [
      { name: 'gpt-4o', model: 'gpt-4o', version: '2024-08-06', sku: 'GlobalStandard' },
      { name: 'gpt-4o-mini', model: 'gpt-4o-mini', version: '2024-07-18', sku: 'GlobalStandard' },
    ],
  });
}

/** Machines cost the same on each day; people work less on weekends. */
function used(day: number, resource: Resource, uses: readonly Use[], random: SeededRandom): readonly Bill[] {
  const isFixed = !('deployments' in resource) && resource.type !== 'Microsoft.SaaS/resources';
  // Day 0 was a Thursday.
  const isWeekend = (day + 4) % 7 === 0 || (day + 4) % 7 === 6;
  return uses.map(({ meter, price, quantity }) => {
    const share = isFixed ? 1 : (isWeekend ? 0.1 : 1) * (0.7 + 0.6 * random.next());
    const units = Number((quantity * share).toFixed(4));
    return { day: dateOf(day), resource, meter, quantity: units, cost: price * units };
  });
}

/** What comes once a month: a reservation, money back, cents lost in rounding. */
function monthly(day: string, account: Account): readonly Bill[] {
  return [
    {
      day,
      resource: account.subscription,
      meter: METERS.provisioned,
      cost: 300,
      amortized: null,
      chargeType: 'Purchase',
      pricingModel: 'Reservation',
      quantity: 1,
    },
    {
      day,
      resource: account,
      meter: METERS.provisioned,
      cost: null,
      amortized: 300,
      pricingModel: 'Reservation',
      quantity: 720,
    },
    { day, resource: account, meter: METERS.gpt4oOutput, cost: '-4.25', chargeType: 'Refund' },
    {
      day,
      resource: account.subscription,
      meter: '',
      cost: '-0.00371234',
      chargeType: 'RoundingAdjustment',
    },
  ];
}
