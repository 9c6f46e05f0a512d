import * as vscode from 'vscode';
import type { CoreFeature } from '../core';

/** Long after the editor's start: a schedule can wait for it. */
const UPDATE_AFTER_MS = 20_000;

/** Keeps the copy of the command line that schedules run as new as this extension. */
export const headlessFeature: CoreFeature = ({ updateCommandLine }) => {
  const timer = setTimeout(() => void updateCommandLine(), UPDATE_AFTER_MS);
  return new vscode.Disposable(() => clearTimeout(timer));
};
