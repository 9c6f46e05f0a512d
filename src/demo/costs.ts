import { tokensByDay } from '../sample/azure/companyTokens';
import type { CompanyAzure } from '../sample/azure/companyAzure';
import type { SampleWorld } from '../sample/world';
import type { Analysis, InvoiceEntry, ResourceMapping } from '../store/analysis/analysisTypes';
import { plainScope } from '../store/costs/costScope';
import { monthOf, monthsBack } from '../store/costs/months';
import { utcDateOf, type BudgetEntry, type PriceEntry } from '../store/costs/costEntries';
import type { DemoServer } from './demoServers';

const CURRENCY = 'USD';
/** Days that prices are known before the first chats. */
const PRICED_DAYS = 400;
/** How much of the budget is used. */
const USED = 0.85;
/** What Azure bills for the same tokens: a part of them in its European data zone, which costs more. */
const BILLED_PER_LISTED = 1.09;
const TAX = 0.19;
const E8 = 100_000_000;

/** Invented list prices per 1,000,000 tokens of the models that the companies ask; what people ask the pool of models stays without one. */
const AMOUNTS = {
  'gpt-4o': { inputPerMillion: 2.5, cachedPerMillion: 1.25, outputPerMillion: 10 },
  'gpt-4o-mini': { inputPerMillion: 0.15, cachedPerMillion: 0.075, outputPerMillion: 0.6 },
  'gpt-5-mini': { inputPerMillion: 0.25, cachedPerMillion: 0.025, outputPerMillion: 2 },
  // On machines of their own.
  'llama3.1:8b': { inputPerMillion: 0, cachedPerMillion: 0, outputPerMillion: 0 },
} as const;

/**
 * What somebody has said about the costs of the companies.
 * @param today UTC days since 1970-01-01
 */
export function demoAnalysis(
  servers: readonly DemoServer[],
  azure: CompanyAzure,
  today: number,
): Pick<Analysis, 'allocation' | 'prices' | 'budgets' | 'resources' | 'deployments' | 'invoices'> {
  return {
    // Other apps use the same accounts: people are not to pay for them.
    allocation: 'attributed',
    prices: demoPrices(utcDateOf(today - PRICED_DAYS)),
    budgets: [
      demoBudget(
        servers.map(({ server }) => server.world),
        today,
      ),
    ],
    resources: azure.served.map(({ resource, companies }) =>
      resourceMapping(servers, resource.id, companies),
    ),
    deployments: azure.served.flatMap(({ resource }) =>
      resource.deployments.map(({ name, model, version }) => ({
        resource: plainScope(resource.id),
        deployment: name,
        model,
        version,
        source: 'azure',
      })),
    ),
    invoices: monthsBack(monthOf(today), 3)
      .slice(2)
      .map((month) => demoInvoice(azure, month)),
  };
}

function demoPrices(validFrom: string): readonly PriceEntry[] {
  return Object.entries(AMOUNTS).map(([modelId, amounts]) => ({
    modelId,
    validFrom,
    currency: CURRENCY,
    source: 'admin',
    ...amounts,
  }));
}

/** Most of it is used; in the first days of a month, which say little, it goes by the month before. */
function demoBudget(worlds: readonly SampleWorld[], today: number): BudgetEntry {
  const spent = listCostByMonth(worlds);
  const [now = 0, before = 0] = monthsBack(monthOf(today), 2).map((month) => spent.get(month));
  const amount = Math.max(now / USED, before / 2) * BILLED_PER_LISTED;
  return { currency: CURRENCY, monthlyAmount: Math.ceil(amount * 100) / 100 };
}

function listCostByMonth(worlds: readonly SampleWorld[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { day, model, input, cached, output } of worlds.flatMap(tokensByDay)) {
    if (Object.hasOwn(AMOUNTS, model)) {
      const price = AMOUNTS[model as keyof typeof AMOUNTS];
      const cost =
        input * price.inputPerMillion + cached * price.cachedPerMillion + output * price.outputPerMillion;
      const month = monthOf(day);
      sums.set(month, (sums.get(month) ?? 0) + cost / 1_000_000);
    }
  }
  return sums;
}

function resourceMapping(
  servers: readonly DemoServer[],
  resource: string,
  companies: readonly string[],
): ResourceMapping {
  return {
    resource: plainScope(resource),
    instances: servers.flatMap(({ instance }) => (companies.includes(instance.name) ? [instance.id] : [])),
    source: 'admin',
  };
}

/** The invoice of a month that is closed: what Azure billed, and the tax that its costs leave out. */
function demoInvoice({ world, subscription }: CompanyAzure, month: string): InvoiceEntry {
  const net =
    world.rows
      .filter(({ day }) => utcDateOf(day).startsWith(month))
      .reduce((sum, { actual = 0n }) => sum + Number(actual), 0) / E8;
  const tax = Number((net * TAX).toFixed(2));
  return {
    scope: subscription.scope,
    month,
    currency: CURRENCY,
    amount: Number((net + tax).toFixed(2)),
    tax,
  };
}
