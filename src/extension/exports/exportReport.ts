import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { buildReport } from '../../reports/buildReport';
import { REPORTS } from '../../reports/catalogue';
import { openingSettings } from '../../reports/reportDefinition';
import type { ReportExporter } from '../../reports/export/exporter';
import { exportFileName } from '../../reports/export/fileName';
import { readFocusRows } from '../../reports/export/focus';
import { FORMAT_WORDS, formatOf, PARTIAL_FORMATS } from '../../reports/export/formats';
import type { ExportWish } from '../../reports/export/renderExport';
import { isOwnReportId } from '../../reports/own/ownReport';
import type { ReportModel } from '../../reports/reportModel';
import { reportFailure } from '../commands/registry';
import { instancesFromArguments } from '../instances/selection';
import type { Core } from '../core';
import type { Services } from '../services';
import { settingOf, shownServices } from '../sources/servicesOf';
import { whereShown, type ShownServices } from '../warehouses/whereShown';
import { exporterOf } from './exporterOf';
import { askFormat, askPseudonyms, askReport, askScope, askPart } from './exportQuestions';
import { noteReport } from './noteExport';
import { askTarget, exportFolder, replaceFile } from './exportTarget';

/**
 * Exports a report: the one in front, else one that the user picks, of the instance that the arguments name.
 * @param shown the report in front
 * @throws CancelledError
 */
export async function exportByCommand(
  services: Services & Pick<Core, 'warehouses'>,
  shown: ReportModel | undefined,
  args: readonly unknown[],
): Promise<vscode.Uri> {
  const [named] = instancesFromArguments(args, services.instances.list());
  if (named === undefined && shown !== undefined) {
    return whereShown(services, shown.settings, (source) => exportReport(source, shown));
  }
  const { sourceId } = named === undefined ? services.sources.usual : services;
  const source = shownServices(services, settingOf(sourceId));
  const definition = await askReport(REPORTS);
  const scope =
    named === undefined
      ? await askScope(source.instances.list())
      : { kind: 'instance' as const, instanceId: named.id };
  const model = await buildReport(source.reader, definition, {
    settings: { ...openingSettings(definition, scope), ...settingOf(sourceId) },
    now: Math.floor(Date.now() / 1000),
    zone: source.instances.zone(),
    locale: vscode.env.language,
  });
  return exportReport(source, model);
}

/**
 * Writes a report in the format that the user picks and offers to open it.
 * @returns where it was written.
 * @throws CancelledError
 */
export async function exportReport(services: ShownServices, model: ReportModel): Promise<vscode.Uri> {
  const format = await askFormat(model.reportId);
  const tableId = PARTIAL_FORMATS.has(format) ? await askPart(model, format) : undefined;
  const isPseudonymised = await askPseudonyms();
  const target = await targetOf(model, { format, tableId }, isPseudonymised);
  const rows = format === 'focus' ? await readFocusRows(services.reader, model) : undefined;
  const exporter = await exporterOf(services, isPseudonymised, isOwnReportId(model.reportId));
  try {
    await writeReport(exporter, target, model, { format, tableId, rows });
  } finally {
    await exporter.dispose();
  }
  await noteReport(services, model, { path: pathOf(target), format, isPseudonymised });
  offerToOpen(services, target);
  return target;
}

/** The file in the export folder; else the user names one. */
async function targetOf(
  model: ReportModel,
  { format, tableId }: ExportWish,
  isPseudonymised: boolean,
): Promise<vscode.Uri> {
  const { extension } = formatOf(format);
  const { title } = FORMAT_WORDS[format];
  const fileName = fileNameOf(model, extension, { blockId: tableId, isPseudonymised });
  const folder = exportFolder();
  return folder === undefined
    ? askTarget({ title: l10n.t('Export Report'), fileName, kind: title, extension })
    : vscode.Uri.joinPath(folder, fileName);
}

/** `fasgpt-overview-2026-01-30.xlsx`; what is of the demo begins with `demo`, what is of a warehouse with its name. */
export function fileNameOf(
  { reportId, scope, subtitle, createdAt, settings, warehouse }: ReportModel,
  extension: string,
  part: { readonly blockId?: string | undefined; readonly isPseudonymised?: boolean } = {},
): string {
  const instanceName = scope.kind === 'all' ? undefined : subtitle;
  const source = settings.source === 'demo' ? 'demo' : warehouse?.name;
  return exportFileName({ reportId, instanceName, source, day: createdAt.slice(0, 10), ...part }, extension);
}

/** Straight onto the disk where the editor's files are, else by way of the editor. */
export async function writeReport(
  exporter: ReportExporter,
  target: vscode.Uri,
  model: ReportModel,
  wish: ExportWish,
): Promise<void> {
  if (target.scheme === 'file') {
    await exporter.write(target.fsPath, model, wish);
  } else {
    await replaceFile(target, await exporter.render(model, wish));
  }
}

/** As the ledger of exports names a place. */
export function pathOf(target: vscode.Uri): string {
  return target.scheme === 'file' ? target.fsPath : target.toString(true);
}

/** Tells where a file is, without waiting for an answer. */
export function offerToOpen(
  { log }: Pick<Services, 'log'>,
  target: vscode.Uri,
  what = l10n.t('Report'),
): void {
  log.info(`${what} written to ${target.toString(true)}`);
  void vscode.window
    .showInformationMessage(
      l10n.t('{0} written to {1}', what, vscode.workspace.asRelativePath(target)),
      l10n.t('Open'),
    )
    .then((choice) => (choice !== undefined ? vscode.env.openExternal(target) : undefined))
    .then(undefined, (error: unknown) => reportFailure(log, 'Open report', error));
}
