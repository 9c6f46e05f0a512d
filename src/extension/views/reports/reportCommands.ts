import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { buildReport } from '../../../reports/buildReport';
import { OWN_ROW_LIMIT } from '../../../reports/own/ownReport';
import { openingSettings, type ReportDefinition } from '../../../reports/reportDefinition';
import type { ReportSettings } from '../../../reports/reportSettings';
import { exportReport } from '../../exports/exportReport';
import { chooseInstance } from '../../instances/chooseInstance';
import type { SavedReports } from '../../panels/savedReports';
import { refusal, enterText } from '../../quickInput';
import type { Core } from '../../core';
import type { Services } from '../../services';
import { settingOf, shownServices } from '../../sources/servicesOf';
import { whereShown } from '../../warehouses/whereShown';
import { selectedNodes } from '../tree/selectedNodes';
import { isReportNode, type ReportNode } from './reportNodes';

/** What the commands of the reports view work on. */
export interface ReportPlaces {
  readonly saved: SavedReports;
  readonly findReport: (id: string) => ReportDefinition | undefined;
  readonly open: (settings: ReportSettings) => void;
}

/** Open, export, edit, rename and delete the reports of the view. */
export function registerReportCommands(
  services: Services & Pick<Core, 'warehouses'>,
  places: ReportPlaces,
): void {
  const { saved, open } = places;
  const meant = (args: readonly unknown[]): readonly ReportNode[] => selectedNodes(args, isReportNode);
  const settings = (node: ReportNode): ReportSettings | undefined => settingsOf(services, places, node);

  services.registerCommand('openwebuiSync.openListedReport', async (...args) => {
    for (const node of meant(args)) {
      const found = settings(node);
      if (node.target.kind === 'dashboard') {
        await vscode.commands.executeCommand('openwebuiSync.openDashboard');
      } else if (found !== undefined) {
        open(found);
      }
    }
  });
  services.registerCommand('openwebuiSync.openReportFor', async (...args) => {
    const [node] = meant(args);
    const found = node === undefined ? undefined : settings(node);
    if (found !== undefined) {
      const instances = shownServices(services, found).instances.list();
      const instance = await chooseInstance([], instances, l10n.t('Open Report'));
      open({ ...found, scope: { kind: 'instance', instanceId: instance.id } });
    }
  });
  services.registerCommand('openwebuiSync.exportListedReport', async (...args) => {
    const [node] = meant(args);
    const found = node === undefined ? undefined : settings(node);
    if (found !== undefined) {
      await exportListed(services, places, found);
    }
  });
  services.registerCommand('openwebuiSync.editReport', async (...args) => {
    for (const { file } of meant(args)) {
      if (file !== undefined) {
        await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: true });
      }
    }
  });
  services.registerCommand('openwebuiSync.revealReport', async (...args) => {
    const [node] = meant(args);
    if (node?.file !== undefined) {
      await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(node.file));
    }
  });
  services.registerCommand('openwebuiSync.renameSavedReport', async (...args) => {
    const [node] = meant(args);
    if (node?.target.kind === 'saved') {
      await saved.rename(node.target.name, await askName(saved, node.target.name));
    }
  });
  services.registerCommand('openwebuiSync.deleteSavedReport', (...args) =>
    saved.remove(meant(args).flatMap(({ target }) => (target.kind === 'saved' ? [target.name] : []))),
  );
}

function settingsOf(
  { sources }: Services,
  { saved, findReport }: ReportPlaces,
  { target }: ReportNode,
): ReportSettings | undefined {
  if (target.kind === 'saved') {
    return saved.list().find(({ name }) => name === target.name)?.settings;
  }
  return target.kind === 'report'
    ? {
        ...openingSettings(findReport(target.reportId) ?? { id: target.reportId }),
        ...settingOf(sources.usual.sourceId),
      }
    : undefined;
}

async function exportListed(
  services: Services & Pick<Core, 'warehouses'>,
  { findReport }: ReportPlaces,
  settings: ReportSettings,
): Promise<void> {
  const definition = findReport(settings.reportId);
  if (definition === undefined) {
    throw new Error(l10n.t('The report is gone. Its file was moved or deleted.'));
  }
  await whereShown(services, settings, async (shown) => {
    const from = (await shown.beginWarehouse?.()) ?? { zone: shown.instances.zone() };
    const model = await buildReport(
      shown.reader,
      definition,
      {
        settings,
        now: Math.floor(Date.now() / 1000),
        locale: vscode.env.language,
        ...from,
      },
      { runOwn: (sql, parameters = {}) => shown.queries.run(sql, { limit: OWN_ROW_LIMIT, parameters }) },
    );
    await exportReport(shown, model);
  });
}

async function askName(saved: SavedReports, before: string): Promise<string> {
  const taken = new Set(saved.list().map(({ name }) => name));
  const problemOf = (name: string): string | undefined => {
    if (name === '') {
      return l10n.t('Enter a name.');
    }
    return name !== before && taken.has(name) ? l10n.t('There is one of that name.') : undefined;
  };
  const typed = await enterText({
    title: l10n.t('Rename Saved Report'),
    prompt: l10n.t('Name'),
    value: before,
    object: (text) => refusal(problemOf(text.trim())),
  });
  return typed.trim();
}
