import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { buildReport } from '../../reports/buildReport';
import { changesMarkdown, letterFileName, settingsOfWeek } from '../../reports/changes/changesLetter';
import { changesReport } from '../../reports/changes/changesReport';
import { daysOfIsoWeek, isoWeekOf } from '../../reports/changes/isoWeek';
import { isoOfDay, startOfWeek } from '../../reports/days';
import type { ReportScope } from '../../reports/reportSettings';
import { localTimeIn } from '../../store/localTime';
import type { Core, CoreFeature } from '../core';
import { askScope } from '../exports/exportQuestions';
import { chooseOne } from '../quickInput';
import { offerToOpen } from '../exports/exportReport';
import { askTarget, exportFolder, localExportFolder, replaceFile } from '../exports/exportTarget';
import type { ChoiceItem } from '../quickInput';
import { readSettings } from '../readSettings';
import { parseChangesWeekly, SETTINGS_SECTION } from '../settings';
import { WeeklyLetters } from './weeklyLetters';

const commandTitle = (): string => l10n.t('Write What Changed');
/** Weeks that the question offers. */
const WEEKS = 8;

/** Letters about what changed in a week: by hand, and each week by itself where the user wants it. */
export const changesFeature: CoreFeature = (core) => {
  const { mirror, instances, log } = core;
  core.registerCommand('openwebuiSync.writeChanges', () => writeByHand(core));
  const letters = new WeeklyLetters({
    isOn: () => parseChangesWeekly(readSettings()),
    status: () => mirror.status,
    isSyncing: () => mirror.running.length > 0,
    now: () => Date.now(),
    zone: () => instances.zone(),
    folder: localExportFolder,
    letterOf: (week) => letterOf(core, week, { kind: 'all' }),
    log,
  });
  return vscode.Disposable.from(
    mirror.onDidChange(() => void letters.check()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTINGS_SECTION)) {
        void letters.check();
      }
    }),
  );
};

async function writeByHand(core: Core): Promise<void> {
  const scope = await askScope(core.instances.list(), commandTitle());
  const week = await chooseOne(commandTitle(), l10n.t('Which week?'), weekItems(core.instances.zone()));
  const text = await letterOf(core, week, scope);
  const named = core.instances.list().find(({ id }) => scope.kind === 'instance' && scope.instanceId === id);
  const fileName = letterFileName(week, named?.name);
  const folder = exportFolder();
  const target =
    folder === undefined
      ? await askTarget({ title: commandTitle(), fileName, kind: 'Markdown', extension: 'md' })
      : vscode.Uri.joinPath(folder, fileName);
  await replaceFile(target, new TextEncoder().encode(text));
  offerToOpen(core, target, l10n.t('What changed'));
}

/** The newest weeks that are over, in the mirror's zone. */
function weekItems(zone: string): ChoiceItem<string>[] {
  const monday = startOfWeek(localTimeIn(zone)(Math.floor(Date.now() / 1000)).day);
  return Array.from({ length: WEEKS }, (_, index) => {
    const week = isoWeekOf(monday - 7 * index - 1);
    const days = daysOfIsoWeek(week);
    return {
      label: index === 0 ? l10n.t('Last week ({0})', week) : week,
      description: days === undefined ? '' : l10n.t('{0} to {1}', isoOfDay(days.from), isoOfDay(days.to)),
      value: week,
    };
  });
}

async function letterOf({ reader, instances }: Core, week: string, scope: ReportScope): Promise<string> {
  const model = await buildReport(reader, changesReport, {
    settings: settingsOfWeek(week, scope),
    now: Math.floor(Date.now() / 1000),
    zone: instances.zone(),
    locale: vscode.env.language,
  });
  return changesMarkdown(model);
}
