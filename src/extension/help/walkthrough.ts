import * as vscode from 'vscode';
import { setContextKey } from '../contextKeys';
import type { Core } from '../core';
import { REPORT_VIEW } from '../panels/reportPanel';
import { Milestones, type Milestone } from './milestones';

/** Notes what a person does for the first time, so that the walkthrough's steps complete themselves. */
export function followMilestones(core: Core): vscode.Disposable {
  const { context, mirror, ran } = core;
  const milestones = new Milestones({ state: context.globalState, setKey: setContextKey });
  const reach = (milestone: Milestone): void => void milestones.reach(milestone);
  const lookAtMirror = (): void => {
    if (mirror.status.instances.some(({ lastSyncEpoch }) => lastSyncEpoch !== undefined)) {
      reach('hasSynced');
    }
  };
  lookAtMirror();
  return vscode.Disposable.from(
    mirror.onDidChange(lookAtMirror),
    ran.onDidRun(({ error }) => {
      if (error === undefined) {
        reach('hasRunQuery');
      }
    }),
    // However it was opened: by a command, a link or a restart.
    vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
      if (opened.some(isReport)) {
        reach('hasOpenedReport');
      }
    }),
  );
}

/** The editor puts a word of its own before the type of a page. */
function isReport({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(REPORT_VIEW);
}
