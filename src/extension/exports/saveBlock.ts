import type * as vscode from 'vscode';
import type { ReportModel } from '../../reports/reportModel';
import type { PictureFormat } from '../../webview/report/protocol';
import type { Services } from '../services';
import type { ChoiceItem } from '../quickInput';
import { exporterOf } from './exporterOf';
import { chooseOne } from '../quickInput';
import { fileNameOf, offerToOpen, writeReport } from './exportReport';
import { askTarget, replaceFile } from './exportTarget';

type BlockFormat = PictureFormat | 'csv' | 'xlsx';

const PICTURES: readonly ChoiceItem<BlockFormat>[] = [
  { label: 'PNG', detail: 'Picture for slides and chats', value: 'png' },
  { label: 'SVG', detail: 'Picture that can be scaled and edited', value: 'svg' },
];
const DATA: readonly ChoiceItem<BlockFormat>[] = [
  { label: 'CSV', detail: 'The values as text', value: 'csv' },
  { label: 'Excel', detail: 'The values with their types', value: 'xlsx' },
];

/**
 * Saves one chart or table of a report in the format and place that the user picks.
 * @param picture has the page draw the chart
 * @returns where it was written
 * @throws CancelledError, or Error when the report shows no such chart or table
 */
export async function saveBlock(
  services: Services,
  model: ReportModel,
  blockId: string,
  picture: (format: PictureFormat) => Promise<Uint8Array>,
): Promise<vscode.Uri> {
  const block = model.sections.flatMap(({ blocks }) => blocks).find(({ id }) => id === blockId);
  if (block?.type !== 'chart' && block?.type !== 'table') {
    throw new Error('This part of the report has no values yet. Try again when it is shown.');
  }
  const formats = block.type === 'chart' ? [...PICTURES, ...DATA] : DATA;
  const title = block.type === 'chart' ? 'Save Chart' : 'Save Table';
  const format = await chooseOne(title, `"${block.title}": as what?`, formats);
  const target = await askTarget({
    title,
    fileName: fileNameOf(model, format, { blockId }),
    kind: formats.find(({ value }) => value === format)?.label ?? format,
    extension: format,
  });
  if (format === 'png' || format === 'svg') {
    await replaceFile(target, await picture(format));
  } else {
    const exporter = await exporterOf(services, false);
    try {
      await writeReport(exporter, target, model, { format, tableId: blockId });
    } finally {
      await exporter.dispose();
    }
  }
  offerToOpen(services, target, block.type === 'chart' ? 'Chart' : 'Table');
  return target;
}
