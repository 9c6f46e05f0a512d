import type { Value } from '../format';
import type { ReportRow } from '../reportModel';
import { qualityRows } from './checks';
import { fixOfRefusal, whyRefused } from './fixes';

/** Kinds of data with why they cannot be read and what helps. */
export function streamRows([streams = []]: readonly (readonly ReportRow[])[]): readonly ReportRow[] {
  return streams.map((row) => ({
    ...row,
    standing: row['problem_code'] === null ? 'read' : whyRefused(row['problem_code'] ?? null),
    fix: row['problem_code'] === null ? 'Nothing to do.' : fixOfRefusal(row['problem_code'] ?? null),
  }));
}

/**
 * Everything that checks and headline numbers name, as one row.
 * @param datasets `run_totals`, `message_facts`, `generation_facts`, `state_facts` (a row each), `coverage`, `streams`, `gaps`,
 * `cost_facts` (a row)
 */
export function healthFacts([
  runs = [],
  messages = [],
  generations = [],
  state = [],
  coverage = [],
  streams = [],
  gaps = [],
  costs = [],
]: readonly (readonly ReportRow[])[]): readonly ReportRow[] {
  const named = coverage.filter(({ model_id }) => model_id !== '');
  const unlisted = named.filter(({ is_unlisted }) => is_unlisted === 1);
  const unpriced = named.filter(({ is_unpriced }) => is_unpriced === 1);
  const refused = streams.filter(({ problem_code }) => problem_code !== null);
  return [
    {
      ...runs[0],
      ...messages[0],
      ...generations[0],
      ...state[0],
      ...costs[0],
      models_used: named.length,
      unlisted_models: unlisted.length,
      unlisted_since: earliest(unlisted, 'first_day'),
      unpriced_models: unpriced.length,
      unpriced_since: earliest(unpriced, 'first_day'),
      streams: streams.length,
      refused_streams: refused.length,
      refused_since: earliest(refused, 'problem_since'),
      gap_days: gaps.reduce((sum, row) => sum + Number(row['gap_days']), 0),
      gap_since: earliest(gaps, 'first_day'),
    },
  ];
}

/** The findings of all checks. */
export function findingRows([facts = []]: readonly (readonly ReportRow[])[]): readonly ReportRow[] {
  return qualityRows(facts[0] ?? {});
}

function earliest(rows: readonly ReportRow[], column: string): Value {
  const texts = rows.map((row) => row[column]).filter((value) => typeof value === 'string');
  return texts.toSorted()[0] ?? null;
}
