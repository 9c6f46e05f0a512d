import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Core } from '../core';
import { readSetting } from '../readSettings';
import { SETTINGS_SECTION } from '../settings';
import {
  checkSettings,
  settingNews,
  settingProblemText,
  settingProperties,
  type SettingProblem,
  type ToldSettings,
} from './checkSettings';

const TOLD_KEY = 'toldSettings';

/** Settings that hold what cannot be, as they are now. */
export function settingProblems({ context }: Pick<Core, 'context'>): readonly SettingProblem[] {
  return checkSettings(settingProperties(context.extension.packageJSON), readSetting);
}

/** Shows settings in the settings editor: one by its id, several by a filter. */
export function openSettings(ids: readonly string[]): Thenable<unknown> {
  const query = ids.length === 1 ? (ids[0] ?? '') : `@id:${ids.join(',')}`;
  return vscode.commands.executeCommand('workbench.action.openSettings', query);
}

/** Tells once per value that a setting cannot be what was typed, and says so beside the file until it is mended. */
export function watchSettings(core: Core): vscode.Disposable {
  let standing: vscode.LanguageStatusItem | undefined;
  const look = (): void => {
    const problems = settingProblems(core);
    standing?.dispose();
    standing = standingOf(problems);
    tellNews(core, problems);
  };
  // The editor's start does not wait for it.
  const first = setImmediate(look);
  return vscode.Disposable.from(
    {
      dispose: () => {
        clearImmediate(first);
        standing?.dispose();
      },
    },
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTINGS_SECTION)) {
        look();
      }
    }),
  );
}

/** A line in the status of `settings.json`, where such values are typed. */
function standingOf(problems: readonly SettingProblem[]): vscode.LanguageStatusItem | undefined {
  const [first, ...others] = problems;
  if (first === undefined) {
    return undefined;
  }
  const item = vscode.languages.createLanguageStatusItem('openwebuiSync.settings', {
    language: 'jsonc',
    pattern: '**/settings.json',
  });
  item.name = 'OpenWebUI Sync';
  item.severity = vscode.LanguageStatusSeverity.Warning;
  item.text = problems.map(({ id }) => id).join(', ');
  item.detail = settingProblemText([first, ...others]);
  return item;
}

function tellNews({ context, notices }: Core, problems: readonly SettingProblem[]): void {
  const before = context.globalState.get<ToldSettings>(TOLD_KEY, {});
  const { news, told } = settingNews(problems, before);
  if (JSON.stringify(told) !== JSON.stringify(before)) {
    void context.globalState.update(TOLD_KEY, told);
  }
  const [first, ...others] = news;
  if (first === undefined) {
    return;
  }
  const ids = news.map(({ id }) => id);
  notices.tell({
    id: 'settingProblems',
    severity: 'warning',
    text: settingProblemText([first, ...others]),
    actions: [
      {
        label: others.length === 0 ? l10n.t('Open Setting') : l10n.t('Open Settings'),
        run: () => openSettings(ids),
      },
    ],
  });
}
