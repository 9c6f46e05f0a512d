import type { DeriveContext } from '../reportDefinition';
import type { ReportRow } from '../reportModel';
import { overtakings } from './overtaking';

/** A model that did not answer for so many days counts as given up. */
const QUIET_DAYS = 28;

/**
 * Remarks for charts of models over time: the first day of a model, its last one when that is long past, and where one
 * overtakes another. Only of the models that the chart draws by name; a model that is there from the first day on is no
 * news.
 * @param datasets `model_by_bucket` and `model_days`
 */
export function modelMarks(
  [byBucket = [], days = []]: readonly (readonly ReportRow[])[],
  { unit }: Pick<DeriveContext, 'unit'>,
): readonly ReportRow[] {
  const drawn = new Set(byBucket.map(({ series_key = null }) => series_key));
  const began = Math.min(...days.map(({ first }) => Number(first)));
  const ofDrawn = days.filter(({ model_id = null }) => model_id !== null && drawn.has(model_id));
  return [
    ...ofDrawn
      .filter(({ first }) => Number(first) > began)
      .map(({ first, model }) => ({ day: first ?? null, text: `${String(model)} first used` })),
    ...ofDrawn
      .filter(({ last, as_of_day }) => Number(as_of_day) - Number(last) >= QUIET_DAYS)
      .map(({ last, model }) => ({ day: last ?? null, text: `${String(model)} last used` })),
    ...overtakings(byBucket, unit).map(({ bucket, ahead, behind }) => ({
      bucket,
      text: `${ahead} overtakes ${behind}`,
    })),
  ];
}
