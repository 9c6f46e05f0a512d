import type { DatasetDefinition } from '../reportDefinition';
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
import weights from './weights.sql';

/** What a matrix can show and still be read. */
export const MATRIX_USERS = 15;
export const MATRIX_MODELS = 8;

/** Every query of the report on users. */
export const USER_DATASETS: Readonly<Record<string, DatasetDefinition>> = {
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
  weights: { title: 'Weights of the engagement score', sql: weights },
  concentration: { title: 'Concentration', sql: withPeople(concentration) },
  lorenz: { title: 'Lorenz curve', sql: withPeople(lorenz) },
  user_models: { title: 'Users and models', sql: userModels, rowLimit: 100 },
  most_used_models: {
    title: 'Models of the most active users',
    sql: `SELECT *\nFROM (\n${userModels}\n) ranked\nWHERE user_rank <= ${MATRIX_USERS} AND model_rank <= ${MATRIX_MODELS}\nORDER BY rank`,
  },
  funnel: { title: 'Adoption funnel', sql: withPeople(funnel) },
  first_turn: { title: 'Time to the first turn', sql: withPeople(firstTurn) },
  dormant: { title: 'Dormant accounts', sql: withPeople(dormant) },
  idle: { title: 'Unused accounts', sql: withPeople(idle), rowLimit: 100 },
};
