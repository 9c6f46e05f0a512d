import type { ReportBlock, ReportLink, ReportRow } from '../../../reports/reportModel';
import type { TableView } from '../../../reports/reportSettings';
import type { PictureFormat } from '../../shared/charts/chartPicture.mjs';
import type { DrawQueue } from '../../shared/charts/drawQueue.mjs';

/** What blocks ask of their page. */
export interface BlockTools {
  readonly queue: DrawQueue;
  follow(link: ReportLink): void;
  /** Words for a link that is no name. */
  linkWords(link: ReportLink): string;
  saveBlock(blockId: string): void;
  openQuery(dataset: string): void;
  /** How a table is wanted. */
  tableOf(blockId: string): TableView;
  changeTable(blockId: string, table: TableView): void;
  refresh(): void;
  showLog(): void;
}

/** Shows the blocks of one type and place; a later block changes what is there instead of replacing it. */
export interface BlockView<B extends ReportBlock = ReportBlock> {
  readonly element: HTMLElement;
  show(block: B, rows: readonly ReportRow[]): void;
  followTheme?(hasOtherFont: boolean): void;
  /** Names of the datasets that have a statement to show. */
  knowQueries?(ids: ReadonlySet<string>): void;
  /** @throws Error when it cannot be drawn */
  picture?(format: PictureFormat): Promise<Blob>;
  dispose?(): void;
}
