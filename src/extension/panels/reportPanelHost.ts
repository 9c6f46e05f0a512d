import type { ReportDefinition } from '../../reports/reportDefinition';
import type { ReportModel } from '../../reports/reportModel';
import type { ReportSettings } from '../../reports/reportSettings';
import type { PictureFormat } from '../../webview/report/protocol';
import type { Warehouses } from '../warehouses/warehouses';

/** What a panel leaves to its feature. */
export interface ReportPanelHost {
  /** All reports that can be picked. */
  reports(): readonly ReportDefinition[];
  findReport(id: string): ReportDefinition | undefined;
  /** Exports the report as it is shown; the user picks how. */
  exportReport(model: ReportModel): Promise<unknown>;
  /** Saves one chart or table of it. `picture` has a chart drawn by the page. */
  saveBlock(
    model: ReportModel,
    blockId: string,
    picture: (format: PictureFormat) => Promise<Uint8Array>,
  ): Promise<unknown>;
  readonly warehouses: Pick<Warehouses, 'known' | 'onDidChange' | 'reading'>;
  /** Shows a report in a tab of its own. */
  open(settings: ReportSettings): void;
  /** Offers further things to do with the report; resolves with other settings if some were chosen. */
  more(settings: ReportSettings, title: string): Promise<ReportSettings | undefined>;
}
