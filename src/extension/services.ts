import type * as vscode from 'vscode';
import type { DataFolder } from '../store/files/dataFolder';
import type { InstanceList } from './instances/instanceList';
import type { StoreReader } from '../store/reader';
import type { QueryRunner } from '../store/resultSet';
import type { MirrorStatus } from '../store/runs';
import type { ShownRun } from './views/shownRun';
import type { CommandId } from './commands/commandIds';
import type { Log } from './log';

/** The mirror's state as views show it: the last published status and what runs right now. */
export interface MirrorState {
  /** Last known status; empty before the first sync. */
  readonly status: MirrorStatus;
  /** Runs under way, this window's and other windows'. */
  readonly running: readonly ShownRun[];
  /** Fires when either changes, at most about four times a second during a sync. */
  readonly onDidChange: vscode.Event<void>;
  /** Fires when a newer file generation can be read. */
  readonly onDidPublish: vscode.Event<void>;
}

/** What every feature may use; built once by `activate`, disposed in reverse order. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly folder: DataFolder;
  readonly instances: InstanceList;
  /** Lazy: no worker starts and no WASM loads before the first query. */
  readonly reader: StoreReader;
  readonly queries: QueryRunner;
  readonly mirror: MirrorState;
  readonly log: Log;
  /**
   * The one door for commands: errors become a message with "Show Log", a cancel stays silent.
   * The returned disposable is already owned by the extension.
   */
  registerCommand(id: CommandId, handler: (...args: unknown[]) => unknown): void;
}

/** One feature of the extension; `activate` registers each of a list. */
export type Feature = (services: Services) => vscode.Disposable | undefined;
