import type * as vscode from 'vscode';
import { setContextKey } from '../contextKeys';
import type { Log } from '../log';
import { Notices } from './notices';
import { showMessage } from './showMessage';

/** The notices of this window; menus know whether some are hidden. */
export function createNotices({ globalState }: vscode.ExtensionContext, log: Log): Notices {
  const notices: Notices = new Notices({
    show: showMessage,
    state: globalState,
    log,
    onDidChange: () => setContextKey('hasHiddenMessages', notices.hidden().length > 0),
  });
  return notices;
}
