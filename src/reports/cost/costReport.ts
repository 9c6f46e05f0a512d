import { PRICE_MARK_DATASETS } from '../marks/markDatasets';
import type { ReportDefinition } from '../reportDefinition';
import { bothSpans } from '../sqlTemplate';
import asked from './asked.sql';
import allocation from './allocation.sql';
import billByBucket from './bill_by_bucket.sql';
import { billSection, budgetsSection, metersSection, ratioSection } from './billSections';
import billedShares from './billed_shares.sql';
import { BUDGET_DATASETS } from './budgetDatasets';
import { budgetRows } from './budgetUse';
import byBucket from './by_bucket.sql';
import byGroup from './by_group.sql';
import byInstance from './by_instance.sql';
import byMeter from './by_meter.sql';
import byModel from './by_model.sql';
import byTag from './by_tag.sql';
import byUser from './by_user.sql';
import chatSpread from './chat_spread.sql';
import chats from './chats.sql';
import { billRows, currencyRows, mainRows, stepRows, totalRows } from './costRows';
import { instancesSection, modelsSection } from './modelSections';
import meters from './meters.sql';
import { conversationsSection, usersSection } from './peopleSections';
import { timeSection, totalsSection } from './totalsSections';
import estimates from './estimates.sql';
import excluded from './excluded.sql';
import ratios from './ratios.sql';
import { partSql, reasonSql, resourceSql } from './shareWords';
import spent from './spent.sql';
import spentByUser from './spent_by_user.sql';
import unallocated from './unallocated.sql';
import unpriced from './unpriced.sql';

/** What the use costs: by bill where there is one, else by the prices that an administrator confirmed. */
export const costReport: ReportDefinition = {
  id: 'cost',
  title: 'Cost',
  description:
    'What the use costs, by bill or list price: who, with which models, and what the month comes to.',
  headline: 'totals',
  facts: ['totals'],
  datasets: {
    spent: { title: 'Cost by currency', sql: inOrder(bothSpans(spent)) },
    excluded: { title: 'Cost of excluded accounts', sql: inOrder(bothSpans(excluded)) },
    asked: { title: 'Turns and active users', sql: bothSpans(asked) },
    estimates: { title: 'Estimates of the unknown', sql: estimates },
    ...BUDGET_DATASETS,
    totals: {
      title: 'Totals',
      from: ['spent', 'asked', 'estimates', 'recent', 'reach', 'budgets', 'excluded'],
      derive: totalRows,
    },
    currencies: { title: 'Totals by currency', from: ['spent', 'estimates'], derive: currencyRows },
    by_bucket: { title: 'Cost over time by currency', sql: byBucket },
    ...PRICE_MARK_DATASETS,
    steps: {
      title: 'Cost over time',
      from: ['by_bucket', 'totals', 'budgets'],
      derive: stepRows,
    },
    by_model: { title: 'Models', sql: byModel, rowLimit: 50 },
    main_models: { title: 'Models in one currency', from: ['by_model', 'totals'], derive: mainRows },
    by_user: { title: 'Users', sql: withSpent(byUser), rowLimit: 50 },
    main_users: { title: 'Users in one currency', from: ['by_user', 'totals'], derive: mainRows },
    by_group: { title: 'Groups', sql: withSpent(byGroup), rowLimit: 50 },
    by_instance: { title: 'Instances', sql: byInstance, isForSeveral: true },
    chat_spread: { title: 'Cost of a conversation', sql: chatSpread },
    chats: { title: 'Most expensive conversations', sql: chats, rowLimit: 50 },
    unpriced: { title: 'Unknown cost', sql: unpriced, rowLimit: 50 },
    budget_use: { title: 'Budgets of the month', from: ['recent', 'reach', 'budgets'], derive: budgetRows },
    allocation: { title: 'The bill by currency', sql: withShares(allocation) },
    bill_by_bucket: { title: 'The bill over time by currency', sql: withShares(billByBucket) },
    bill_steps: {
      title: 'The bill over time',
      from: ['bill_by_bucket', 'allocation', 'totals'],
      derive: billRows,
    },
    unallocated: { title: 'Billed, but of no generation', sql: withShares(unallocated), rowLimit: 50 },
    by_tag: { title: 'Tags of resources', sql: withShares(byTag), rowLimit: 50 },
    by_meter: { title: 'Meters', sql: withShares(byMeter), rowLimit: 50 },
    meters: { title: 'Meters over all resources', sql: withShares(meters) },
    main_meters: {
      title: 'Meters in one currency',
      from: ['meters', 'allocation', 'totals'],
      derive: billRows,
    },
    ratios: { title: 'List price against bill', sql: ratios, rowLimit: 50 },
  },
  sections: [
    totalsSection,
    budgetsSection,
    timeSection,
    instancesSection,
    modelsSection,
    usersSection,
    conversationsSection,
    billSection,
    metersSection,
    ratioSection,
  ],
  notes: [
    {
      fact: 'is_actual',
      text: 'Billed amounts are actual cost: reservations count when they are paid.',
    },
    {
      fact: 'is_amortized',
      text: 'Billed amounts are amortised cost: reservations are spread over the days that they are for.',
    },
    {
      fact: 'provisional_cost',
      text: 'Provisional: {provisional_cost} {currency} of what was billed is of months that are still open.',
    },
    {
      fact: 'has_no_cost',
      text: 'No cost is known: no model has a price yet, or no token counts. Run "Confirm Prices..." to confirm what models cost.',
    },
    {
      fact: 'excluded_cost',
      text: 'Excluded accounts cost {excluded_cost} {currency}: it is in every amount but those per turn, user and conversation, and a line of its own among users and groups.',
    },
    {
      fact: 'further_currencies',
      text: 'Amounts in several currencies are never added. Tiles and charts are in {currency}, which most generations were paid in; tables have a row for each currency.',
    },
    {
      fact: 'unknown_cost_generations',
      text: 'Cost is unknown for {unknown_cost_generations} of {distinct_generations} generations: they are in no amount. "Where the cost is unknown" says why.',
    },
    {
      fact: 'estimated_generations',
      text: 'An estimate for {estimated_generations} of them, in no total: {estimated_cost} {currency}, at the mean of the same model on the same instance.',
    },
  ],
};

/** Rows of both spans by their currency. */
function inOrder(sql: string): string {
  return `${sql}ORDER BY is_current DESC, currency NULLS FIRST\n`;
}

/** Puts the table `billed_shares`, what became of the bill, in its place. */
function withShares(sql: string): string {
  return sql
    .replace('{{billed_shares}}', billedShares.trim())
    .replace('{{part}}', partSql('w.kind'))
    .replace('{{why}}', reasonSql('w.reason', 'why'))
    .replace('{{fix}}', reasonSql('w.reason', 'fix'))
    .replaceAll('{{resource}}', resourceSql('w.resource_id'));
}

/** Puts the table `spent`, what the generations of each user or account cost, in its place. */
function withSpent(sql: string): string {
  return sql.replace(/\{\{spent_by_(user|account)\}\}/u, (_, owner: string) =>
    spentByUser.trim().replaceAll('{{owner_id}}', `${owner}_id`),
  );
}
