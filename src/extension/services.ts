import type * as vscode from 'vscode';
import type { CommandId } from './commands/commandIds';
import type { Links } from './links/links';
import type { Log } from './log';
import type { RanStatements } from './queries/ranStatements';
import type { DataSource } from './sources/dataSource';
import type { DataSources } from './sources/dataSources';

/** What every feature may use; built once by `activate`, disposed in reverse order. What they read is the mirror. */
export interface Services extends DataSource {
  readonly context: vscode.ExtensionContext;
  /** The mirror and, while it is there, the demo. */
  readonly sources: DataSources;
  readonly ran: RanStatements;
  /** Links into the editor; a feature adds those that it follows. */
  readonly links: Links;
  readonly log: Log;
  /**
   * The one door for commands: errors become a message with "Show Log", a cancel stays silent.
   * The returned disposable is already owned by the extension.
   */
  registerCommand(id: CommandId, handler: (...args: unknown[]) => unknown): void;
}

/** One feature of the extension; `activate` registers each of a list. */
export type Feature = (services: Services) => vscode.Disposable | undefined;
