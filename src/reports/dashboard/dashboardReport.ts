import { STEP } from '../columns';
import byBucket from '../overTime/activity.sql';
import modelByBucket from '../overTime/models.sql';
import type { KpiBlockDefinition, ReportDefinition } from '../reportDefinition';
import type { ReportRow } from '../reportModel';
import today from './today.sql';

/** Numbers that add up over instances; people who have accounts on several are counted for themselves. */
const FIGURES = ['turns', 'active_users', 'generations', 'errors'] as const;

/** Today's numbers, of all instances together or of one. */
export const TODAY_TILES: KpiBlockDefinition = {
  type: 'kpis',
  id: 'today',
  dataset: 'today_total',
  tiles: FIGURES.map((metric) => ({ metric })),
};

/** What the dashboard shows of all instances: today, and the two weeks until now. Not in the catalogue: it is a page of its own. */
export const dashboardReport: ReportDefinition = {
  id: 'dashboard',
  title: 'Dashboard',
  description: 'How all instances stand right now.',
  datasets: {
    today: { title: 'Today by instance', sql: today },
    today_total: {
      title: 'Today',
      from: ['today'],
      derive: ([rows = []]) => [totalOf(rows, 1), totalOf(rows, 0)],
    },
    by_bucket: { title: 'Activity over time', sql: byBucket },
    model_by_bucket: { title: 'Models over time', sql: modelByBucket },
  },
  facts: [],
  sections: [
    {
      id: 'now',
      title: 'Now',
      blocks: [
        TODAY_TILES,
        {
          type: 'chart',
          id: 'turns',
          title: 'Turns',
          description: 'The last 14 days.',
          dataset: 'by_bucket',
          chart: { kind: 'lineTime', value: 'turns' },
          columns: [STEP, { field: 'turns', format: 'integer' }],
        },
        {
          type: 'chart',
          id: 'models',
          title: 'Generations by model',
          description: 'The last 14 days: the five most used models and all others.',
          dataset: 'model_by_bucket',
          chart: { kind: 'splitTime', value: 'generations' },
          columns: [STEP, { field: 'series', title: 'Model' }, { field: 'generations', format: 'integer' }],
        },
      ],
    },
  ],
  notes: [],
};

/** Sums over the instances that are known; a figure of none of them is unknown. */
function totalOf(rows: readonly ReportRow[], isCurrent: 0 | 1): ReportRow {
  const ofSpan = rows.filter(({ is_current }) => is_current === isCurrent);
  const known = ofSpan.filter(({ instance_id }) => instance_id !== null);
  const together = ofSpan.find(({ instance_id }) => instance_id === null);
  const sums = FIGURES.map((field) => [
    field,
    known.length === 0 ? null : known.reduce((sum, row) => sum + Number(row[field] ?? 0), 0),
  ]);
  return {
    is_current: isCurrent,
    ...(Object.fromEntries(sums) as ReportRow),
    ...(together === undefined ? {} : { active_users: together['active_users'] ?? null }),
  };
}
