import { localTimeIn } from '../../store/localTime';
import type { ReportReader } from '../../store/resultSet';
import { buildReport } from '../buildReport';
import { isoOfDay, type LocalDay } from '../days';
import { createFormatter } from '../format';
import type { ChartBlock, ReportModel, TileModel } from '../reportModel';
import type { ReportRequest } from '../reportRequest';
import { DEFAULT_SETTINGS } from '../reportSettings';
import { kpiBlock } from '../tiles';
import { dashboardReport, TODAY_TILES } from './dashboardReport';

/** Numbers and pictures of the dashboard. */
export interface DashboardNumbers {
  readonly totals: readonly TileModel[];
  readonly byInstance: ReadonlyMap<number, InstanceNumbers>;
  readonly charts: readonly ChartBlock[];
  readonly datasets: ReportModel['datasets'];
  /** The day that they are of, in `zone`. */
  readonly day: LocalDay;
  /** IANA name of the zone that days are in. */
  readonly zone: string;
  /** How fresh they are, in one sentence. */
  readonly freshness: string;
  /** The warehouse that was read; absent: the mirror. */
  readonly warehouse: ReportModel['warehouse'];
}

/** Today's numbers of one instance that was synced today. */
export interface InstanceNumbers {
  /** Its server, as the database that was read has it: in another folder's warehouse the id may be another server's. */
  readonly url: string;
  readonly tiles: readonly TileModel[];
}

/** Days that the charts show. */
const DAYS = 14;

/** Reads the dashboard's numbers. @throws NoReportDataError before the first sync; the signal's reason */
export async function readDashboard(
  reader: ReportReader,
  request: Omit<ReportRequest, 'settings'>,
  signal?: AbortSignal,
): Promise<DashboardNumbers> {
  const { now, zone, locale } = request;
  const { day } = localTimeIn(zone)(now);
  const period = { kind: 'days', from: isoOfDay(day - DAYS + 1), to: isoOfDay(day) } as const;
  const settings = { ...DEFAULT_SETTINGS, reportId: dashboardReport.id, period };
  const { sections, datasets, freshness, warehouse } = await buildReport(
    reader,
    dashboardReport,
    { ...request, settings },
    signal && { signal },
  );
  const blocks = sections.flatMap((section) => section.blocks);
  const context = { format: createFormatter(locale), facts: {}, hasComparison: true };
  const today = datasets['today'] ?? [];
  const tilesOf = (id: number): readonly TileModel[] => {
    const rows = today.filter(({ instance_id }) => instance_id === id);
    return kpiBlock(TODAY_TILES, rows, context).tiles;
  };
  return {
    totals: kpiBlock(TODAY_TILES, datasets['today_total'] ?? [], context).tiles,
    byInstance: new Map(
      today.flatMap(({ instance_id: id, url }) =>
        typeof id === 'number' ? [[id, { url: String(url), tiles: tilesOf(id) }]] : [],
      ),
    ),
    charts: blocks.filter((block) => block.type === 'chart'),
    datasets,
    ...{ day, zone, freshness, warehouse },
  };
}
