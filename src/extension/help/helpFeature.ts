import * as vscode from 'vscode';
import { setContextKey } from '../contextKeys';
import type { CoreFeature } from '../core';
import { reportIssue } from './reportIssue';
import { watchSettings } from './settingsNotice';
import { followMilestones } from './walkthrough';
import { watchZone } from './zoneNotice';

/** Of the manifest. */
const WALKTHROUGH = 'getStarted';

/** Walkthrough, issue reports, hidden messages, and what is said about settings and the time zone. */
export const helpFeature: CoreFeature = (core) => {
  const { context, notices } = core;
  core.registerCommand('openwebuiSync.openWalkthrough', () =>
    vscode.commands.executeCommand(
      'workbench.action.openWalkthrough',
      `${context.extension.id}#${WALKTHROUGH}`,
      false,
    ),
  );
  core.registerCommand('openwebuiSync.reportIssue', () => reportIssue(core));
  core.registerCommand('openwebuiSync.resetHiddenMessages', () => notices.reset());
  setContextKey('hasHiddenMessages', notices.hidden().length > 0);
  return vscode.Disposable.from(followMilestones(core), watchSettings(core), watchZone(core));
};
