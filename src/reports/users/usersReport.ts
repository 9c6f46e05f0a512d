import { INSTANCE, MODEL, PERSON, RANK, STEP } from '../columns';
import type { ColumnDefinition, ReportDefinition } from '../reportDefinition';
import activeDays from './active_days.sql';
import cohorts from './cohorts.sql';
import concentration from './concentration.sql';
import dormant from './dormant.sql';
import engagement from './engagement.sql';
import firstTurn from './first_turn.sql';
import { withPeople } from './fragments';
import funnel from './funnel.sql';
import growth from './growth.sql';
import idle from './idle.sql';
import lifecycle from './lifecycle.sql';
import lorenz from './lorenz.sql';
import rolling from './rolling.sql';
import segments from './segments.sql';
import smallCohorts from './small_cohorts.sql';
import stages from './stages.sql';
import totals from './totals.sql';
import userModels from './user_models.sql';

const EMAIL: ColumnDefinition = { field: 'email', title: 'E-mail', holds: 'email' };
const ACCOUNTS: ColumnDefinition = { field: 'accounts', title: 'Accounts', format: 'integer' };
const ACCOUNT_SHARE: ColumnDefinition = { field: 'account_share', title: 'Share', format: 'percent' };

/** Who comes, stays and goes, and what habits people have. Filtered to one user it is the report of this user. */
export const usersReport: ReportDefinition = {
  id: 'users',
  title: 'Users',
  description: 'Who comes, stays and goes, how habits grow, and which accounts are not used.',
  headline: 'totals',
  facts: ['small_cohorts'],
  datasets: {
    totals: { title: 'Totals', sql: withPeople(totals) },
    rolling: { title: 'Daily, weekly and monthly active users', sql: withPeople(rolling) },
    lifecycle: { title: 'New, returning, resurrecting and dormant users', sql: withPeople(lifecycle) },
    growth: { title: 'Growth', sql: withPeople(growth) },
    cohorts: { title: 'Retention', sql: withPeople(cohorts) },
    small_cohorts: { title: 'Weeks left out of the retention', sql: withPeople(smallCohorts) },
    active_days: { title: 'Active days of 28', sql: withPeople(activeDays) },
    segments: { title: 'Segments', sql: withPeople(segments) },
    stages: { title: 'Engagement', sql: withPeople(stages) },
    engagement: { title: 'Engagement by user', sql: withPeople(engagement), rowLimit: 50 },
    concentration: { title: 'Concentration', sql: withPeople(concentration) },
    lorenz: { title: 'Lorenz curve', sql: withPeople(lorenz) },
    user_models: { title: 'Users and models', sql: userModels, rowLimit: 100 },
    funnel: { title: 'Adoption funnel', sql: withPeople(funnel) },
    first_turn: { title: 'Time to the first turn', sql: withPeople(firstTurn) },
    dormant: { title: 'Dormant accounts', sql: withPeople(dormant) },
    idle: { title: 'Unused accounts', sql: withPeople(idle), rowLimit: 100 },
  },
  sections: [
    {
      id: 'totals',
      title: 'Totals',
      blocks: [
        {
          type: 'kpis',
          id: 'kpis',
          dataset: 'totals',
          tiles: [
            { metric: 'active_users', note: '{wau} in the last 7 days, {mau} in the last 28' },
            { metric: 'new_users' },
            { metric: 'returning_users' },
            { metric: 'resurrecting_users' },
            { metric: 'dormant_users' },
            { metric: 'stickiness_workdays' },
            { metric: 'stickiness_28' },
            { metric: 'adoption_score', note: 'of 100, over {registered_accounts} accounts' },
            { metric: 'never_used', note: '{lurkers} of them seen' },
          ],
        },
      ],
    },
    {
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
            { field: 'mean', title: 'Last 7 days', format: 'decimal' },
            { field: 'base', title: '28 days before', format: 'decimal' },
            { field: 'growth', title: 'Change', format: 'percent' },
          ],
        },
      ],
    },
    {
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
            { field: 'size', title: 'Users', format: 'integer' },
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
            { field: 'users', title: 'Users', format: 'integer' },
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
            categoryTitle: 'Engagement score',
            value: { field: 'accounts', title: 'Accounts', format: 'integer' },
          },
          columns: [{ field: 'stage', title: 'Engagement score' }, ACCOUNTS, ACCOUNT_SHARE],
        },
        {
          type: 'table',
          id: 'engagement',
          title: 'Engagement by user',
          description:
            'Least engaged first: who may need a hand, not a ranking. 100 x (0.40 frequency + 0.20 depth + 0.20 breadth + 0.20 recency), of the 28 days that end with the period. Accounts without a turn in them score 0 and are not listed.',
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
    },
    {
      id: 'spread',
      title: 'Spread',
      blocks: [
        {
          type: 'kpis',
          id: 'concentration',
          dataset: 'concentration',
          tiles: [{ metric: 'top_tenth_share' }, { metric: 'users_for_80' }, { metric: 'gini' }],
        },
        {
          type: 'chart',
          id: 'lorenz',
          title: 'Lorenz curve',
          description: 'The share of turns that the least active users wrote. Equal use is a straight line.',
          dataset: 'lorenz',
          chart: {
            kind: 'scatter',
            label: 'label',
            labelTitle: 'Users',
            x: { field: 'user_share', title: 'Share of users', format: 'percent' },
            y: { field: 'turn_share', title: 'Share of turns', format: 'percent' },
          },
          columns: [
            { field: 'label', title: 'Users' },
            { field: 'user_share', title: 'Share of users', format: 'percent' },
            { field: 'turn_share', title: 'Share of turns', format: 'percent' },
          ],
        },
        {
          type: 'chart',
          id: 'userModelMatrix',
          title: 'Who uses which models',
          description: 'Turns answered, for the most active users and the most used models.',
          dataset: 'user_models',
          chart: {
            kind: 'matrix',
            from: 'label',
            fromTitle: 'User',
            to: 'model',
            toTitle: 'Model',
            value: 'answered_turns',
            click: { link: 'user', field: 'user_id' },
          },
          columns: [PERSON, INSTANCE, MODEL, { field: 'answered_turns', format: 'integer' }],
        },
        {
          type: 'table',
          id: 'userModels',
          title: 'Users and models',
          description: 'Turns of each user that each model answered.',
          dataset: 'user_models',
          rowsAre: 'pairs of user and model',
          columns: [
            RANK,
            PERSON,
            INSTANCE,
            MODEL,
            { field: 'answered_turns', format: 'integer' },
            { field: 'turn_share', title: "Share of the user's", format: 'percent' },
            { field: 'generations', format: 'integer' },
          ],
        },
      ],
    },
    {
      id: 'adoption',
      title: 'Adoption',
      blocks: [
        {
          type: 'chart',
          id: 'funnel',
          title: 'Adoption funnel',
          description:
            'Accounts that were ever seen, wrote a turn, and were active on three days of their first 14; habitual and power users as they are now.',
          dataset: 'funnel',
          chart: {
            kind: 'bars',
            label: 'step',
            value: 'accounts',
            valueTitle: 'Accounts',
            format: 'integer',
            top: 6,
          },
          isWide: true,
          columns: [{ field: 'step', title: 'Step' }, ACCOUNTS, ACCOUNT_SHARE],
        },
        {
          type: 'kpis',
          id: 'firstTurn',
          dataset: 'first_turn',
          tiles: [{ metric: 'days_to_first_turn', note: 'median of {users_with_first_turn} accounts' }],
        },
        {
          type: 'kpis',
          id: 'dormantAccounts',
          dataset: 'dormant',
          tiles: [{ metric: 'dormant_30' }, { metric: 'dormant_60' }, { metric: 'dormant_90' }],
        },
        {
          type: 'table',
          id: 'idle',
          title: 'Unused accounts',
          description:
            'Accounts without a turn ever, 14 days after they were made, or without one for 30 days. The longest unused first.',
          dataset: 'idle',
          rowsAre: 'accounts',
          columns: [
            PERSON,
            EMAIL,
            INSTANCE,
            { field: 'role', title: 'Role' },
            { field: 'state', title: 'State' },
            { field: 'created_on', title: 'Created' },
            { field: 'last_active_at', title: 'Last seen' },
            { field: 'last_turn_on', title: 'Last turn' },
            { field: 'days_since', title: 'Days since', format: 'integer' },
          ],
        },
      ],
    },
  ],
  notes: [
    {
      fact: 'small_cohorts',
      text: 'Weeks with fewer than five first users, left out of the retention: {small_cohorts}. Users in them: {small_cohort_users}.',
    },
  ],
};
