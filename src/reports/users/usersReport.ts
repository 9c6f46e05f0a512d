import type { ReportDefinition } from '../reportDefinition';
import { activitySection } from './activitySection';
import { adoptionSection } from './adoptionSection';
import { USER_DATASETS } from './datasets';
import { habitsSection } from './habitsSection';
import { spreadSection } from './spreadSection';

/** Who comes, stays and goes, and what habits people have. Filtered to one user it is the report of this user. */
export const usersReport: ReportDefinition = {
  id: 'users',
  title: 'Users',
  description: 'Who comes, stays and goes, how habits grow, and which accounts are not used.',
  headline: 'totals',
  facts: ['small_cohorts', 'weights'],
  datasets: USER_DATASETS,
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
    activitySection,
    habitsSection,
    spreadSection,
    adoptionSection,
  ],
  notes: [
    {
      fact: 'chosen_weights',
      text: 'The engagement score has weights of its own (analysis.json), in percent: frequency {frequency_percent}, depth {depth_percent}, breadth {breadth_percent}, recency {recency_percent}.',
    },
    {
      fact: 'small_cohorts',
      text: 'Weeks with fewer than five first users, left out of the retention: {small_cohorts}. Users in them: {small_cohort_users}.',
    },
  ],
};
