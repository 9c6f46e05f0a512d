import { INSTANCE, PERSON } from '../columns';
import type { SectionDefinition } from '../reportDefinition';
import { ACCOUNTS, ACCOUNT_SHARE, EMAIL } from './accountColumns';

/** Whether people come back, and what habits they have. */
export const habitsSection: SectionDefinition = {
  id: 'habits',
  title: 'Habits',
  blocks: [
    {
      type: 'chart',
      id: 'cohorts',
      title: 'Retention',
      description:
        'Of the users whose first turn lies in a week, the share who come back in each later one. Weeks with fewer than five such users are left out.',
      dataset: 'cohorts',
      chart: { kind: 'cohort', value: 'retention', stepTitle: 'Week', sizeTitle: 'Users' },
      isWide: true,
      columns: [
        { field: 'cohort_label', title: 'First turn' },
        {
          field: 'size',
          title: 'Users',
          format: 'integer',
          definition: 'Users of the cohort: those whose first turn ever was in that week.',
        },
        { field: 'step', title: 'Week', format: 'integer' },
        { field: 'active_users', title: 'Active', format: 'integer' },
        { field: 'retention', format: 'percent' },
      ],
    },
    {
      type: 'chart',
      id: 'activeDays',
      title: 'Active days of 28',
      description: 'Users by the number of days with a turn, of the 28 days that end with the period.',
      dataset: 'active_days',
      chart: {
        kind: 'columns',
        category: 'days',
        categoryTitle: 'Active days',
        value: { field: 'users', title: 'Users', format: 'integer' },
      },
      columns: [
        { field: 'days', title: 'Active days', format: 'integer' },
        {
          field: 'users',
          title: 'Users',
          format: 'integer',
          definition: 'Users with so many active days.',
        },
      ],
    },
    {
      type: 'chart',
      id: 'segments',
      title: 'Segments',
      description:
        'Accounts by what they made of the 12 weeks that end with the period; those of 4 to 12 weeks by their last 4 weeks, all of them for a habit.',
      dataset: 'segments',
      chart: {
        kind: 'columns',
        category: 'segment',
        categoryTitle: 'Segment',
        value: { field: 'accounts', title: 'Accounts', format: 'integer' },
      },
      columns: [
        { field: 'segment', title: 'Segment' },
        { field: 'meaning', title: 'Meaning' },
        ACCOUNTS,
        ACCOUNT_SHARE,
      ],
    },
    {
      type: 'chart',
      id: 'stages',
      title: 'Engagement',
      description: 'Accounts by engagement score, of the 28 days that end with the period.',
      dataset: 'stages',
      chart: {
        kind: 'columns',
        category: 'stage',
        categoryTitle: 'Stage',
        value: { field: 'accounts', title: 'Accounts', format: 'integer' },
      },
      isWide: true,
      columns: [
        { field: 'stage', title: 'Stage' },
        { field: 'scores', title: 'Score' },
        ACCOUNTS,
        ACCOUNT_SHARE,
      ],
    },
    {
      type: 'table',
      id: 'engagement',
      title: 'Engagement by user',
      description:
        'Least engaged first: who may need a hand, not a ranking. 100 x (0.40 frequency + 0.20 depth + 0.20 breadth + 0.20 recency), or other weights as the notes say, of the 28 days that end with the period. Accounts without a turn in them score 0 and are not listed.',
      dataset: 'engagement',
      rowsAre: 'users',
      columns: [
        PERSON,
        EMAIL,
        INSTANCE,
        { field: 'engagement_score', format: 'integer' },
        { field: 'stage', title: 'Stage' },
        { field: 'engagement_frequency', format: 'percent' },
        { field: 'engagement_depth', format: 'percent' },
        { field: 'engagement_breadth', format: 'percent' },
        { field: 'engagement_recency', format: 'percent' },
        { field: 'active_days', format: 'integer' },
        { field: 'turns', format: 'integer' },
        { field: 'last_turn_on', title: 'Last turn' },
      ],
    },
  ],
};
