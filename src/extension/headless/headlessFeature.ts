import { join } from 'node:path';
import * as vscode from 'vscode';
import { updateCopy } from '../../headless/cliCopy';
import type { CoreFeature } from '../core';
import { detailOf } from '../errors';

/** Long after the editor's start: a schedule can wait for it. */
const UPDATE_AFTER_MS = 20_000;

/** Keeps the copy of the command line that schedules run as new as this extension. */
export const headlessFeature: CoreFeature = ({ context, folder, log }) => {
  const source = {
    dist: join(context.extensionPath, 'dist'),
    version: String((context.extension.packageJSON as { version: unknown }).version),
  };
  const update = async (): Promise<void> => {
    try {
      const copy = await updateCopy(folder.root, source, Date.now());
      if (copy !== undefined) {
        log.info(`The command line in the data folder is of version ${copy.version} now.`);
      }
    } catch (error) {
      // The older copy goes on syncing.
      log.warn(`The command line in the data folder could not be updated: ${detailOf(error)}`);
    }
  };
  const timer = setTimeout(() => void update(), UPDATE_AFTER_MS);
  return new vscode.Disposable(() => clearTimeout(timer));
};
