import type * as vscode from 'vscode';
import type { DataFolder } from '../../store/files/dataFolder';
import type { StoreReader } from '../../store/reader';
import type { QueryRunner } from '../../store/resultSet';
import type { MirrorStatus } from '../../store/runs';
import type { InstanceList } from '../instances/instanceList';
import type { ShownRun } from '../views/shownRun';

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

/** `mirror`: what syncs fill; `demo`: invented data in a folder of its own. */
export type SourceId = 'mirror' | 'demo';

/**
 * One database with everything that reads it. Services are those of the mirror: `{ ...services, ...source }` are the services of
 * another source, so that a panel or a query needs not know which one it shows.
 */
export interface DataSource {
  readonly folder: DataFolder;
  readonly instances: InstanceList;
  /** Lazy: no worker starts and no WASM loads before the first query. */
  readonly reader: StoreReader;
  readonly queries: QueryRunner;
  readonly mirror: MirrorState;
  readonly sourceId: SourceId;
}
