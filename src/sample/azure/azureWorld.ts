import { SeededRandom } from '../random';
import { dayOf } from './days';
import type { Account, BilledRow, Deployment, Resource, Rights, Subscription, Tenant } from './estate';
import { meterNamed, type Meter } from './meterNames';
import { e8Of } from './money';

/** What a test says of a line of the bill; the rest is as usual. */
export interface Bill {
  /** `YYYY-MM-DD`, UTC */
  readonly day: string;
  /** Or the subscription where no resource was used. */
  readonly resource: Resource | Subscription;
  /** A text is the name of a meter. */
  readonly meter: Meter | string;
  /** At most 8 decimals; null: only in the amortized view, as an unused reservation. */
  readonly cost: number | string | null;
  /** Default: as `cost`; null: only in the actual view, as the purchase of a reservation. */
  readonly amortized?: number | string | null;
  readonly quantity?: number;
  /** Default: `Usage`. */
  readonly chargeType?: string;
  /** Default: `OnDemand`. */
  readonly pricingModel?: string;
  /** Default: the subscription's. */
  readonly currency?: string;
  /** Default: the resource's. */
  readonly tags?: Readonly<Record<string, string>>;
  /** ms since 1970 from which on the service knows of it; default: always. */
  readonly knownAt?: number;
}

/** Who is billed and what for: everything that the service answers from. Its clock and ids are injected. */
export class AzureWorld {
  readonly tenants: Tenant[] = [];
  readonly subscriptions: Subscription[] = [];
  readonly resources: Resource[] = [];
  rows: BilledRow[] = [];
  /** US dollars for one of a currency; others have no `CostUSD`. */
  readonly dollars: Record<string, number> = { USD: 1, EUR: 1.08, JPY: 0.0067 };
  /** ms since 1970. */
  readonly now: () => number;
  readonly #ids: SeededRandom;

  constructor(options: { readonly clock?: () => number; readonly seed?: number | string } = {}) {
    this.now = options.clock ?? Date.now;
    this.#ids = new SeededRandom(options.seed ?? 'azure');
  }

  addTenant(name = 'Contoso'): Tenant {
    const tenant = { id: this.#ids.uuid(), name, billingAccount: String(this.#ids.integer(1e7, 1e8)) };
    this.tenants.push(tenant);
    return tenant;
  }

  /** Without a tenant it goes to the first one. */
  addSubscription(
    options: {
      readonly name?: string;
      readonly tenant?: Tenant;
      readonly currency?: string;
      readonly rights?: Rights;
    } = {},
  ): Subscription {
    const { name = 'Production', currency = 'EUR', rights = 'reader' } = options;
    const tenant = options.tenant ?? this.tenants[0] ?? this.addTenant();
    const id = this.#ids.uuid();
    const subscription = { id, name, tenant, currency, rights, scope: `subscriptions/${id}` };
    this.subscriptions.push(subscription);
    return subscription;
  }

  addResource(
    subscription: Subscription,
    options: Pick<Resource, 'type' | 'name'> & Partial<Pick<Resource, 'group' | 'location' | 'tags'>>,
  ): Resource {
    const resource = resourceOf(subscription, options);
    this.resources.push(resource);
    return resource;
  }

  /** An account that models answer at: `https://<name>.openai.azure.com`. */
  addAccount(
    subscription: Subscription,
    options: Pick<Account, 'name'> &
      Partial<Pick<Account, 'group' | 'location' | 'tags' | 'kind' | 'deployments'>>,
  ): Account {
    const { kind = 'OpenAI', deployments = [] as readonly Deployment[] } = options;
    const account = {
      ...resourceOf(subscription, { type: 'Microsoft.CognitiveServices/accounts', ...options }),
      kind,
      deployments,
    };
    this.resources.push(account);
    return account;
  }

  bill(...bills: readonly Bill[]): void {
    this.rows.push(...bills.map(rowOf));
  }

  /** Changes lines that were billed already, as Azure does until a month is closed. @param factor of the cost */
  restate(which: (row: BilledRow) => boolean, factor: number): void {
    this.rows = this.rows.map((row) =>
      which(row)
        ? { ...row, actual: times(row.actual, factor), amortized: times(row.amortized, factor) }
        : row,
    );
  }

  /** Takes lines off the bill. */
  unbill(which: (row: BilledRow) => boolean): void {
    this.rows = this.rows.filter((row) => !which(row));
  }
}

function resourceOf(
  subscription: Subscription,
  options: Pick<Resource, 'type' | 'name'> & Partial<Pick<Resource, 'group' | 'location' | 'tags'>>,
): Resource {
  const { type, name, group = 'rg-AI', location = 'swedencentral', tags = {} } = options;
  const id = `/${subscription.scope}/resourceGroups/${group}/providers/${type}/${name}`;
  return { id, subscription, group, type, name, location, tags };
}

function rowOf(bill: Bill): BilledRow {
  const [subscription, resource] =
    'subscription' in bill.resource
      ? [bill.resource.subscription, bill.resource]
      : [bill.resource, undefined];
  const meter = typeof bill.meter === 'string' ? meterNamed(bill.meter) : bill.meter;
  const amortized = bill.amortized === undefined ? bill.cost : bill.amortized;
  return {
    day: dayOf(bill.day),
    subscription,
    resource,
    meter: meter.name,
    meterSubCategory: meter.subCategory,
    meterCategory: meter.category,
    service: meter.service,
    publisherType: meter.publisher,
    chargeType: bill.chargeType ?? 'Usage',
    pricingModel: bill.pricingModel ?? 'OnDemand',
    currency: bill.currency ?? subscription.currency,
    actual: bill.cost === null ? undefined : e8Of(bill.cost),
    amortized: amortized === null ? undefined : e8Of(amortized),
    quantity: bill.quantity ?? 0,
    tags: bill.tags ?? resource?.tags ?? {},
    knownAt: bill.knownAt ?? -Infinity,
  };
}

function times(amount: bigint | undefined, factor: number): bigint | undefined {
  return amount === undefined ? undefined : BigInt(Math.round(Number(amount) * factor));
}
