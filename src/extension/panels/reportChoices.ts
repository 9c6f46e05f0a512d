import { GRANULARITIES } from '../../reports/buckets';
import { COMPARISONS, PERIOD_PRESETS } from '../../reports/period';
import { isOwnReportId } from '../../reports/own/ownReport';
import type { ReportDefinition } from '../../reports/reportDefinition';
import type { ReportSettings } from '../../reports/reportSettings';
import { warehouseOf } from '../../reports/reportSource';
import type { ReportChoices } from '../../webview/report/protocol';
import type { Services } from '../services';
import type { ReportPanelHost } from './reportPanelHost';

/** Reports that can be shown of a source: people's own statements are written for the mirror's database. */
export function reportsOf(
  { source }: Pick<ReportSettings, 'source'>,
  host: Pick<ReportPanelHost, 'reports'>,
): readonly ReportDefinition[] {
  const all = host.reports();
  return warehouseOf(source) === undefined ? all : all.filter(({ id }) => !isOwnReportId(id));
}

/** What a tab's page offers to pick. */
export function choicesOf(
  settings: Pick<ReportSettings, 'source' | 'reportId'>,
  host: Pick<ReportPanelHost, 'reports' | 'warehouses'>,
  { instances }: Pick<Services, 'instances'>,
): ReportChoices {
  // The demo is in no warehouse.
  const isLocalAlone = settings.source === 'demo' || isOwnReportId(settings.reportId);
  return {
    reports: reportsOf(settings, host).map(({ id, title, description }) => ({ id, title, description })),
    instances: instances.list().map(({ id, name }) => ({ id, name })),
    warehouses: isLocalAlone ? [] : host.warehouses.known.map(({ name }) => name),
    presets: PERIOD_PRESETS,
    comparisons: COMPARISONS,
    granularities: GRANULARITIES,
  };
}
