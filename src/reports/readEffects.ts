import { ENGAGEMENT_PARTS } from '../store/analysis/analysisTypes';
import type { ReportReader } from '../store/resultSet';
import { rowsOf } from '../store/resultSet';
import type { AnalysisEffects } from './analysisEffects';
import effects from './effects.sql';
import { inDialect } from './sqlTemplate';
import { weightsOf } from './users/engagementWeights';

/** What analysis.json changes in a report. @param instances `instances.id` that the report covers */
export async function readEffects(
  reader: ReportReader,
  instances: readonly number[],
): Promise<AnalysisEffects> {
  const result = await reader.query(inDialect(reader, effects), { instances: JSON.stringify(instances) });
  const [row = {}] = rowsOf(result);
  return {
    excludedAccounts: Number(row['excluded_accounts']),
    mergedAccounts: Number(row['merged_accounts']),
    holidays: Number(row['holidays']),
    weights: weightsOf(
      Object.fromEntries(
        ENGAGEMENT_PARTS.flatMap((part) => (typeof row[part] === 'number' ? [[part, row[part]]] : [])),
      ),
    ),
  };
}
