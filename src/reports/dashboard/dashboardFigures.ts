import { localTimeIn } from '../../store/localTime';
import type { ReportReader } from '../../store/resultSet';
import { buildReport } from '../buildReport';
import { isoOfDay } from '../days';
import { createFormatter } from '../format';
import type { ChartBlock, ReportModel, TileModel } from '../reportModel';
import type { ReportRequest } from '../reportRequest';
import { DEFAULT_SETTINGS } from '../reportSettings';
import { kpiBlock } from '../tiles';
import { dashboardReport, TODAY_TILES } from './dashboardReport';

/** Numbers and pictures of the dashboard. */
export interface DashboardNumbers {
  readonly totals: readonly TileModel[];
  readonly byInstance: ReadonlyMap<number, readonly TileModel[]>;
  readonly charts: readonly ChartBlock[];
  readonly datasets: ReportModel['datasets'];
}

/** Days that the charts show. */
const DAYS = 14;

/** Reads the dashboard's numbers. @throws NoReportDataError before the first sync */
export async function readDashboard(
  reader: ReportReader,
  { now, zone, locale }: Omit<ReportRequest, 'settings'>,
): Promise<DashboardNumbers> {
  const { day } = localTimeIn(zone)(now);
  const period = { kind: 'days', from: isoOfDay(day - DAYS + 1), to: isoOfDay(day) } as const;
  const settings = { ...DEFAULT_SETTINGS, reportId: dashboardReport.id, period };
  const { sections, datasets, sources } = await buildReport(reader, dashboardReport, {
    settings,
    now,
    zone,
    locale,
  });
  const blocks = sections.flatMap((section) => section.blocks);
  const context = { format: createFormatter(locale), facts: {}, hasComparison: true };
  const tilesOf = (id: number): readonly TileModel[] => {
    const rows = (datasets['today'] ?? []).filter(({ instance_id }) => instance_id === id);
    return rows.length === 0 ? [] : kpiBlock(TODAY_TILES, rows, context).tiles;
  };
  return {
    totals: kpiBlock(TODAY_TILES, datasets['today_total'] ?? [], context).tiles,
    byInstance: new Map(sources.map(({ id }) => [id, tilesOf(id)])),
    charts: blocks.filter((block) => block.type === 'chart'),
    datasets,
  };
}
