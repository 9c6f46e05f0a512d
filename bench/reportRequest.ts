import type { PresetId } from '../src/reports/period';
import type { ReportRequest } from '../src/reports/reportRequest';
import { DEFAULT_SETTINGS, type ReportScope } from '../src/reports/reportSettings';

/** What is asked of a report: a scope and a period, everything else as it opens. `now`: seconds since 1970. */
export function reportRequest(
  reportId: string,
  { scope, preset, now, zone }: { scope: ReportScope; preset: PresetId; now: number; zone: string },
): ReportRequest {
  return {
    settings: { ...DEFAULT_SETTINGS, reportId, scope, period: { kind: 'preset', preset } },
    now,
    zone,
    locale: 'en-US',
  };
}
