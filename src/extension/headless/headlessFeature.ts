import * as vscode from 'vscode';
import type { CoreFeature } from '../core';
import { installSchedule } from './installSchedule';

/** Long after the editor's start: a schedule can wait for it. */
const UPDATE_AFTER_MS = 20_000;

/** Keeps the copy of the command line that schedules run as new as this extension, and offers to install a schedule. */
export const headlessFeature: CoreFeature = (core) => {
  const { updateCommandLine } = core;
  core.registerCommand('openwebuiSync.installSchedule', () => installSchedule(core));
  const timer = setTimeout(() => void updateCommandLine(), UPDATE_AFTER_MS);
  return new vscode.Disposable(() => clearTimeout(timer));
};
