import * as vscode from 'vscode';
import { createRedactor } from '../sync/redaction';
import type { Logger } from '../sync/engine/syncTypes';
import type { Ownable } from './disposables';

/** The log channel "OpenWebUI Sync". Whatever is written passes the redaction first. */
export interface Log extends Logger, Ownable {
  /** Brings the channel to the front. */
  show(): void;
  /** The newest lines, oldest first, each with its time and level. */
  tail(): readonly string[];
  /** Keeps this secret out of the log in whatever shape it comes. */
  protect(secret: string): void;
}

/** So many lines an issue report may show. */
const KEPT_LINES = 200;

/** Creates the channel; its level is VS Code's own setting. */
export function createLog(): Log {
  const channel = vscode.window.createOutputChannel('OpenWebUI Sync', { log: true });
  const { redact, protect } = createRedactor();
  const lines: string[] = [];
  const write =
    (level: 'error' | 'warn' | 'info' | 'debug') =>
    (message: string): void => {
      const clean = redact(message);
      channel[level](clean);
      lines.push(...`${new Date().toISOString()} ${level} ${clean}`.split('\n'));
      lines.splice(0, lines.length - KEPT_LINES);
    };
  return {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    tail: () => [...lines],
    protect,
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}
