import type { ReportDefinition } from '../reportDefinition';
import { MODEL_DATASETS } from './datasets';
import { PERFORMANCE_SECTION, PREFERENCE_SECTION, SPEED_SECTION } from './performanceSections';
import { SHARE_SECTION } from './shareSection';
import { SWITCHING_SECTION } from './switchingSection';
import { TREND_SECTION } from './trendSection';

/** Which models answer whom, how that changes, and how well. */
export const modelsReport: ReportDefinition = {
  id: 'models',
  title: 'Models',
  description:
    'Which models are used, by how many, where users go on with another, and how well they answer.',
  headline: 'totals',
  facts: [],
  datasets: MODEL_DATASETS,
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
            { metric: 'models_used' },
            { metric: 'generations' },
            { metric: 'answered_users' },
            { metric: 'output_tokens_per_answer', note: 'usage known for {usage_coverage} of generations' },
            { metric: 'error_rate', note: '{errors} errors' },
            { metric: 'thumbs_up_share', note: '{ratings} ratings, of {rating_coverage} of generations' },
          ],
        },
      ],
    },
    SHARE_SECTION,
    TREND_SECTION,
    SWITCHING_SECTION,
    PERFORMANCE_SECTION,
    PREFERENCE_SECTION,
    SPEED_SECTION,
  ],
  notes: [],
};
