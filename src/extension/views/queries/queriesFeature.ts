import * as vscode from 'vscode';
import { setContextKey } from '../../contextKeys';
import type { CoreFeature } from '../../core';
import { detailOf } from '../../errors';
import { exampleQueries } from '../../queries/examples';
import { QueryHistory } from '../../queries/history';
import { MyQueries } from '../../queries/myQueries';
import { registerQueryCommands } from '../../queries/queryCommands';
import { readSettings } from '../../readSettings';
import { parseQueryHistory, SETTINGS_SECTION } from '../../settings';
import { queriesTree } from './queryNodes';

export const QUERIES_VIEW = 'openwebuiSync.queries';

/** Examples, saved queries and the history of what ran. */
export const queriesFeature: CoreFeature = (core) => {
  const changed = new vscode.EventEmitter<void>();
  const mine = new MyQueries(core.folder.root, core.log);
  const history = new QueryHistory(core.context.globalState, () => changed.fire());
  const isOn = (): boolean => parseQueryHistory(readSettings());
  const setKeys = (): void => setContextKey('isHistoryPaused', history.isPaused);
  setKeys();
  const tree = core.trees.add(QUERIES_VIEW, {
    onDidChange: changed.event,
    roots: async () =>
      queriesTree({
        examples: exampleQueries(),
        mine: await mine.load(),
        history: history.list(),
        historyState: !isOn() ? 'off' : history.isPaused ? 'paused' : 'on',
        zone: core.instances.zone(),
        now: Date.now(),
      }),
  });
  registerQueryCommands(core, {
    mine,
    history,
    reveal: async (file) => {
      if (tree.view.visible) {
        await tree.reveal(`mine:${file.fsPath}`);
      }
    },
  });
  return vscode.Disposable.from(
    changed,
    mine,
    changed.event(setKeys),
    mine.onDidChange(() => changed.fire()),
    core.ran.onDidRun((statement) => {
      if (isOn()) {
        history.add(statement).then(undefined, (error: unknown) => {
          core.log.error(`Failed to keep a query in the history: ${detailOf(error)}`);
        });
      }
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SETTINGS_SECTION}.query.history`)) {
        changed.fire();
      }
    }),
  );
};
