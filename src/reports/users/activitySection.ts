import { STEP } from '../columns';
import type { SectionDefinition } from '../reportDefinition';

/** Who is active over time, and who comes, stays and goes. */
export const activitySection: SectionDefinition = {
  id: 'activity',
  title: 'Activity',
  blocks: [
    {
      type: 'chart',
      id: 'rolling',
      title: 'Daily, weekly and monthly active users',
      description:
        'Users active on a mean day of each step, and in the 7 and 28 days that end with it. Not to be added up.',
      dataset: 'rolling',
      chart: { kind: 'lines', values: ['dau', 'wau', 'mau'], axisTitle: 'Users' },
      isWide: true,
      columns: [
        STEP,
        { field: 'dau', format: 'decimal' },
        { field: 'wau', format: 'integer' },
        { field: 'mau', format: 'integer' },
      ],
    },
    {
      type: 'chart',
      id: 'lifecycle',
      title: 'New, returning and resurrecting users',
      description: 'The active users of each step, by what they did before.',
      dataset: 'lifecycle',
      chart: {
        kind: 'stackedTime',
        series: ['returning_users', 'new_users', 'resurrecting_users'],
        axisTitle: 'Users',
      },
      columns: [
        STEP,
        { field: 'active_users', format: 'integer' },
        { field: 'new_users', format: 'integer' },
        { field: 'returning_users', format: 'integer' },
        { field: 'resurrecting_users', format: 'integer' },
      ],
    },
    {
      type: 'chart',
      id: 'dormant',
      title: 'Dormant users',
      description: 'Users who were active in the step before and are not any more.',
      dataset: 'lifecycle',
      chart: { kind: 'lineTime', value: 'dormant_users' },
      columns: [STEP, { field: 'dormant_users', format: 'integer' }],
    },
    {
      type: 'table',
      id: 'growth',
      title: 'Growth',
      description:
        'A mean day of the last 7 whole days against a mean day of the 28 before: as many of each weekday. No percentage below 10 in a week.',
      dataset: 'growth',
      rowsAre: 'measures',
      columns: [
        { field: 'measure', title: 'Per day' },
        {
          field: 'mean',
          title: 'Last 7 days',
          format: 'decimal',
          definition: 'Mean per day of the last 7 whole days.',
        },
        {
          field: 'base',
          title: '28 days before',
          format: 'decimal',
          definition:
            'Mean per day of the 28 days before, as many of each weekday; unknown where the mirror does not reach as far.',
        },
        {
          field: 'growth',
          title: 'Change',
          format: 'percent',
          definition:
            'The last 7 days / the 28 days before - 1; no percentage where a week of them counts less than 10.',
        },
      ],
    },
  ],
};
