import type { DatasetDefinition } from '../reportDefinition';
import costFacts from './cost_facts.sql';
import coverage from './coverage.sql';
import { findingRows, healthFacts, streamRows } from './facts';
import failures from './failures.sql';
import gaps from './gaps.sql';
import generationFacts from './generation_facts.sql';
import held from './held.sql';
import instances from './instances.sql';
import messageFacts from './message_facts.sql';
import runTotals from './run_totals.sql';
import runs from './runs.sql';
import runsByBucket from './runs_by_bucket.sql';
import runsByStatus from './runs_by_status.sql';
import stateFacts from './state_facts.sql';
import streams from './streams.sql';
import unreadable from './unreadable.sql';

/**
 * Syncs `r` that began in the period. A period that reaches the last sync goes on to today: what failed after it belongs
 * to it.
 */
const OF_PERIOD = `r.instance_id IN {{list(:instances)}}
  AND {{day_of(r.started_at)}} BETWEEN :from_day AND CASE WHEN :to_day >= :as_of_day THEN :today ELSE :to_day END`;

/** What became of a sync `r`, in words. */
const STATUS = `CASE r.status
    WHEN 'ok' THEN 'done'
    WHEN 'partial' THEN 'done in part'
    WHEN 'deferred' THEN 'put off'
    ELSE r.status
  END`;

function ofRuns(sql: string): string {
  return sql.replaceAll('{{of_period}}', OF_PERIOD).replaceAll('{{status}}', STATUS);
}

export const HEALTH_DATASETS = {
  run_totals: { title: 'Syncs', sql: ofRuns(runTotals) },
  runs: { title: 'Sync runs', sql: ofRuns(runs), rowLimit: 50 },
  runs_by_bucket: { title: 'Calls over time', sql: ofRuns(runsByBucket) },
  runs_by_status: { title: 'Syncs over time', sql: ofRuns(runsByStatus) },
  failures: { title: 'Failures', sql: ofRuns(failures), rowLimit: 50 },
  instances: { title: 'Instances', sql: instances },
  read_streams: { title: 'Kinds of data', sql: streams },
  streams: { title: 'Kinds of data and what helps', from: ['read_streams'], derive: streamRows },
  gaps: { title: 'Days without a sync', sql: gaps },
  unreadable: { title: 'Unreadable', sql: unreadable, rowLimit: 50 },
  held: { title: 'Deletions held back', sql: held },
  coverage: { title: 'Models and what is known of them', sql: coverage },
  message_facts: { title: 'Messages', sql: messageFacts },
  generation_facts: { title: 'Generations', sql: generationFacts },
  cost_facts: { title: 'State of the bills', sql: costFacts },
  state_facts: { title: 'State of the mirror', sql: stateFacts },
  facts: {
    title: 'Facts',
    from: [
      'run_totals',
      'message_facts',
      'generation_facts',
      'state_facts',
      'coverage',
      'read_streams',
      'gaps',
      'cost_facts',
    ],
    derive: healthFacts,
  },
  findings: { title: 'Data quality', from: ['facts'], derive: findingRows },
} as const satisfies Readonly<Record<string, DatasetDefinition>>;
