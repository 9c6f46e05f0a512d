import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { ReportModel } from '../../reports/reportModel';
import type { PictureFormat } from '../../webview/report/protocol';
import type { Services } from '../services';
import type { ChoiceItem } from '../quickInput';
import { exporterOf } from './exporterOf';
import { chooseOne } from '../quickInput';
import { fileNameOf, offerToOpen, pathOf, writeReport } from './exportReport';
import { askTarget, replaceFile } from './exportTarget';
import { noteReport } from './noteExport';

type BlockFormat = PictureFormat | 'csv' | 'xlsx';

const pictures = (): readonly ChoiceItem<BlockFormat>[] => [
  { label: 'PNG', detail: l10n.t('Picture for slides and chats'), value: 'png' },
  { label: 'SVG', detail: l10n.t('Picture that can be scaled and edited'), value: 'svg' },
];
const data = (): readonly ChoiceItem<BlockFormat>[] => [
  { label: 'CSV', detail: l10n.t('The values as text'), value: 'csv' },
  { label: 'Excel', detail: l10n.t('The values with their types'), value: 'xlsx' },
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
    throw new Error(l10n.t('This part of the report has no values yet. Try again when it is shown.'));
  }
  const formats = block.type === 'chart' ? [...pictures(), ...data()] : data();
  const title = block.type === 'chart' ? l10n.t('Save Chart') : l10n.t('Save Table');
  const format = await chooseOne(title, l10n.t('"{0}": as what?', block.title), formats);
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
  await noteReport(services, model, { path: pathOf(target), format });
  offerToOpen(services, target, block.type === 'chart' ? l10n.t('Chart') : l10n.t('Table'));
  return target;
}
