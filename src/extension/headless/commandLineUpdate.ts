import { join } from 'node:path';
import type * as vscode from 'vscode';
import { updateCopy } from '../../headless/cliCopy';
import { detailOf } from '../errors';
import type { Log } from '../log';

/**
 * Makes the function that replaces the copy of the command line in a data folder by this extension's own, where that is
 * newer. It never rejects: the older copy goes on syncing, and the log says why.
 */
export function commandLineUpdate(
  { extensionPath, extension }: vscode.ExtensionContext,
  root: string,
  log: Log,
): () => Promise<void> {
  const source = {
    dist: join(extensionPath, 'dist'),
    version: String((extension.packageJSON as { version: unknown }).version),
  };
  return async () => {
    try {
      const copy = await updateCopy(root, source, Date.now());
      if (copy !== undefined) {
        log.info(`The command line in the data folder is of version ${copy.version} now.`);
      }
    } catch (error) {
      log.warn(`The command line in the data folder could not be updated: ${detailOf(error)}`);
    }
  };
}
