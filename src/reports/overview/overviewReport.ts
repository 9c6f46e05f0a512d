import { INSTANCE, STEP } from '../columns';
import { MARK_DATASETS } from '../marks/markDatasets';
import type { ReportDefinition } from '../reportDefinition';
import { bothSpans } from '../sqlTemplate';
import byBucket from '../overTime/activity.sql';
import byHour from './by_hour.sql';
import byInstance from './by_instance.sql';
import byModel from './by_model.sql';
import byUser from './by_user.sql';
import instanceByBucket from './instance_by_bucket.sql';
import modelByBucket from '../overTime/models.sql';
import { MODELS_SECTION } from './modelsSection';
import quality from './quality.sql';
import totals from './totals.sql';
import { USERS_SECTION } from './usersSection';

/** Who uses the instances, how much, with which models and when. */
export const overviewReport: ReportDefinition = {
  id: 'overview',
  title: 'Overview',
  description: 'Who uses the instances, how much, with which models and when.',
  headline: 'totals',
  facts: ['quality'],
  datasets: {
    totals: { title: 'Totals', sql: bothSpans(totals) },
    quality: { title: 'Copied and undated messages', sql: quality },
    by_bucket: { title: 'Activity over time', sql: byBucket },
    by_hour: { title: 'Activity by weekday and hour', sql: byHour },
    by_user: { title: 'Users', sql: byUser, rowLimit: 50 },
    by_model: { title: 'Models', sql: byModel, rowLimit: 50 },
    model_by_bucket: { title: 'Models over time', sql: modelByBucket },
    by_instance: { title: 'Instances', sql: byInstance, isForSeveral: true },
    ...MARK_DATASETS,
    instance_by_bucket: { title: 'Instances over time', sql: instanceByBucket, isForSeveral: true },
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
            { metric: 'active_users' },
            { metric: 'turns' },
            { metric: 'generations' },
            { metric: 'chats', note: '{deleted_chats} of them deleted' },
            { metric: 'input_tokens', note: 'known for {usage_coverage} of generations' },
            { metric: 'output_tokens', note: 'known for {usage_coverage} of generations' },
            { metric: 'ratings', note: '{ratings_up} up, {ratings_down} down' },
            { metric: 'error_rate', note: '{errors} errors' },
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
          id: 'messages',
          title: 'Messages',
          description:
            'Turns of users and generations of models. Marked: server versions, removed models, holidays, days with unusual turns.',
          dataset: 'by_bucket',
          chart: { kind: 'stackedTime', series: ['turns', 'generations'], marks: 'use_marks' },
          isWide: true,
          columns: [STEP, { field: 'turns', format: 'integer' }, { field: 'generations', format: 'integer' }],
        },
        {
          type: 'chart',
          id: 'activeUsers',
          title: 'Active users',
          description: 'Users with at least one turn. Diamonds: days with unusual turns.',
          dataset: 'by_bucket',
          chart: {
            kind: 'lineTime',
            value: 'active_users',
            hasMovingAverage: true,
            anomalies: 'unusual_days',
          },
          columns: [STEP, { field: 'active_users', format: 'integer' }],
        },
        {
          type: 'chart',
          id: 'hours',
          title: 'Weekday and hour',
          description: 'Turns in an average hour.',
          dataset: 'by_hour',
          chart: { kind: 'weekdayHour', value: 'turns_per_hour', valueTitle: 'Turns per hour' },
          columns: [
            { field: 'weekday_name', title: 'Weekday' },
            { field: 'hour', title: 'Hour', format: 'integer' },
            { field: 'turns', format: 'integer' },
            {
              field: 'turns_per_hour',
              title: 'Turns per hour',
              format: 'decimal',
              definition: 'Turns / how many such hours the days of the period have.',
            },
          ],
        },
      ],
    },
    {
      id: 'instances',
      title: 'Instances',
      isForSeveral: true,
      blocks: [
        {
          type: 'chart',
          id: 'instancesOverTime',
          title: 'Turns by instance',
          description: 'What each instance adds.',
          dataset: 'instance_by_bucket',
          chart: { kind: 'splitTime', value: 'turns', click: { link: 'instance', field: 'series_key' } },
          isWide: true,
          columns: [
            STEP,
            { field: 'series', title: 'Instance', link: { kind: 'instance', key: 'series_key' } },
            { field: 'turns', format: 'integer' },
          ],
        },
        {
          type: 'chart',
          id: 'instancesSideBySide',
          title: 'Instances side by side',
          description: 'Turns of each, on the same scale.',
          dataset: 'instance_by_bucket',
          chart: {
            kind: 'smallMultiples',
            value: 'turns',
            click: { link: 'instance', field: 'series_key' },
          },
          isWide: true,
          columns: [
            STEP,
            { field: 'series', title: 'Instance', link: { kind: 'instance', key: 'series_key' } },
            { field: 'turns', format: 'integer' },
          ],
        },
        {
          type: 'table',
          id: 'instanceTable',
          title: 'All instances',
          description: 'Side by side, with what each knows.',
          dataset: 'by_instance',
          rowsAre: 'instances',
          columns: [
            INSTANCE,
            {
              field: 'accounts',
              title: 'Accounts',
              format: 'integer',
              definition: 'Accounts of the instance that are not deleted, as of the last sync.',
            },
            { field: 'active_users', format: 'integer' },
            { field: 'turns', format: 'integer' },
            { field: 'generations', format: 'integer' },
            { field: 'chats', format: 'integer' },
            { field: 'input_tokens', format: 'compact' },
            { field: 'output_tokens', format: 'compact' },
            { field: 'usage_coverage', format: 'percent' },
            { field: 'error_rate', format: 'percent' },
            { field: 'last_sync', title: 'Last sync' },
            { field: 'version', title: 'Version' },
          ],
        },
      ],
    },
    USERS_SECTION,
    MODELS_SECTION,
  ],
  notes: [
    { fact: 'deleted_chats', text: 'Deleted chats stay in all numbers. In this period: {deleted_chats}.' },
    {
      fact: 'copied_messages',
      text: 'Messages repeated by copied chats: {copied_messages}. They count as messages; their tokens, ratings and errors count once.',
    },
    {
      fact: 'undated_messages',
      text: "Messages without a usable time: {undated_messages}. They count at their parent's or their chat's time.",
    },
  ],
};
