import { NO_ANALYSIS, type Analysis } from '../../../../src/store/analysis/analysisTypes';

/** Something in each section, in the order in which a database would give it back. */
export const FULL: Analysis = {
  ...NO_ANALYSIS,
  costType: 'amortized',
  allocation: 'attributed',
  prices: [
    {
      modelId: 'gpt-4o',
      instanceId: undefined,
      validFrom: '2025-11-01',
      currency: 'USD',
      inputPerMillion: 2.5,
      cachedPerMillion: 1.25,
      outputPerMillion: 10,
      source: 'starter',
    },
    {
      modelId: 'gpt-4o',
      instanceId: 1,
      validFrom: '2025-11-02',
      currency: 'EUR',
      inputPerMillion: 2,
      outputPerMillion: 8,
      perRequest: 0.01,
      source: 'admin',
    },
  ],
  budgets: [
    { instanceId: undefined, currency: 'USD', monthlyAmount: 500 },
    { instanceId: 2, currency: 'EUR', monthlyAmount: 50 },
  ],
  resources: [
    { resource: 'subscriptions/s/a', instances: [1, 2], source: 'azure' },
    { resource: 'subscriptions/s/b', instances: [], source: 'admin' },
  ],
  deployments: [
    { deployment: 'chat', model: 'gpt-4o', version: '2024-08-06', source: 'azure' },
    { resource: 'subscriptions/s/a', deployment: 'chat', model: 'gpt-4.1', source: 'admin' },
  ],
  meters: [
    { meter: 'PTU', direction: 'fixed', driver: 'turns' },
    { meter: 'gpt 4o Inp', models: ['gpt-4o'], direction: 'input', driver: 'tokens', tokensPerUnit: 1000 },
  ],
  invoices: [
    { month: '2025-10', currency: 'USD', amount: 120.5, tax: 20.5, note: 'R-1' },
    {
      scope: 'subscriptions/s',
      month: '2025-10',
      currency: 'USD',
      amount: 100,
      credits: 5,
      support: 1,
      otherScopes: 2,
    },
  ],
  excludedAccounts: [{ instance: 1, user: 'robot' }],
  mergedPeople: [
    [
      { instance: 1, user: 'ann' },
      { instance: 2, user: 'ann-2' },
    ],
  ],
  engagementWeights: { frequency: 0.5, depth: 0 },
  holidays: [
    { date: '2025-12-24', name: 'Half a day', instances: [1, 2] },
    { date: '2025-12-25', name: 'Christmas' },
  ],
};
