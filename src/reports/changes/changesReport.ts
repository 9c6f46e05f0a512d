import type { QueryDataset, ReportDefinition, TextBlockDefinition } from '../reportDefinition';
import accounts from './accounts.sql';
import budgets from './budgets.sql';
import { withExpectedDays } from '../cost/budgetDatasets';
import costDays from './cost_days.sql';
import costMovers from './cost_movers.sql';
import days from './days.sql';
import { FACT_DATASETS, factRows, factsOf } from './facts';
import history from './history.sql';
import holidays from './holidays.sql';
import instances from './instances.sql';
import models from './models.sql';
import movers from './movers.sql';
import removedModels from './removed_models.sql';
import spans from './spans.sql';
import syncs from './syncs.sql';
import totals from './totals.sql';
import { writeChanges } from './writeChanges';

/** What changed against the days before, in a few sentences. */
export const changesReport: ReportDefinition = {
  id: 'changes',
  title: 'What changed',
  description: 'What changed last week, in a few sentences: use, models, cost, accounts and data problems.',
  // Whole weeks, and weekdays against weekdays also where a period is cut by the last sync.
  defaults: { period: { kind: 'preset', preset: 'lastWeek' }, comparison: 'sameWeekdays' },
  facts: [],
  datasets: {
    instances: dataset('Instances and compared days', instances),
    totals: dataset('Totals by instance', totals),
    history: dataset('Earlier spans', history),
    days: dataset('Turns by day', days),
    holidays: dataset('Holidays', holidays),
    movers: dataset('Largest changes by user and model', movers),
    models: dataset('Models', models),
    removed_models: dataset('Removed models', removedModels),
    accounts: dataset('New, gone and idle accounts', accounts),
    syncs: dataset('Syncs and data problems', syncs),
    cost_days: dataset('Cost by day', withExpectedDays(costDays, 'remembered')),
    cost_movers: dataset('Largest changes of cost', costMovers),
    budgets: dataset('Budgets', budgets),
  },
  sections: [{ id: 'all', title: 'What changed', blocks: [changesBlock('changes')] }],
  sectionOfInstance: ({ id, name }) => ({
    id: `instance-${id}`,
    title: name,
    blocks: [changesBlock(`changes-${id}`, id)],
  }),
  notes: [],
};

/** Statements share the days that are compared: `{{spans}}`, and for a view `{{compared_days(alias)}}`, which an index finds. */
function dataset(title: string, sql: string): QueryDataset {
  return {
    title,
    sql: sql
      .replace('{{spans}}', spans.trim())
      .replaceAll(
        /\{\{compared_days\((\w)\)\}\}/gu,
        '$1.day BETWEEN CASE WHEN :previous_from_day <= :previous_to_day THEN :previous_from_day ELSE :from_day END AND :to_day AND {{in_scope($1)}}',
      ),
  };
}

/** The sentences of one instance, or of all together. */
function changesBlock(id: string, instanceId?: number): TextBlockDefinition {
  return {
    type: 'text',
    id,
    title: 'In short',
    description:
      'At most seven sentences, the largest changes first. A change is told when it passes a floor (20 turns, 5 users, 5 units of a currency) and is a fifth of the number, or lies outside of what the same weekdays of the eight weeks before had (3.5 robust deviations).',
    datasets: FACT_DATASETS,
    write: (rows, { format }) => {
      const facts = factsOf(factRows(rows), instanceId);
      return facts === undefined ? [] : writeChanges(facts, format);
    },
  };
}
