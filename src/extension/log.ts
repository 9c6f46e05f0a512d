import * as vscode from 'vscode';
import { createRedactor } from '../sync/redaction';
import type { Logger } from '../sync/engine/syncTypes';
import type { Ownable } from './disposables';

/** The log channel "OpenWebUI Sync". Whatever is written passes the redaction first. */
export interface Log extends Logger, Ownable {
  /** Brings the channel to the front. */
  show(): void;
  /** Keeps this secret out of the log in whatever shape it comes. */
  protect(secret: string): void;
}

/** Creates the channel; its level is VS Code's own setting. */
export function createLog(): Log {
  const channel = vscode.window.createOutputChannel('OpenWebUI Sync', { log: true });
  const { redact, protect } = createRedactor();
  return {
    error: (message) => channel.error(redact(message)),
    warn: (message) => channel.warn(redact(message)),
    info: (message) => channel.info(redact(message)),
    debug: (message) => channel.debug(redact(message)),
    protect,
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}
