import * as vscode from 'vscode';
import { Disposables } from '../disposables';
import { detailOf } from '../errors';
import type { Log } from '../log';
import { throttle } from '../throttle';
import { QUERY_SUFFIX } from './queryText';
import { loadSavedQueries, queriesFolder, type SavedQuery } from './savedQueries';

/** Editors write a file in several steps. */
const RELOAD_MS = 300;

/** The queries that somebody saved, as their folder has them now. Nothing is read before {@link MyQueries.load}. */
export class MyQueries implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #owned = new Disposables();
  readonly folder: vscode.Uri;
  #loading: Promise<void> | undefined;
  #queries: readonly SavedQuery[] = [];

  /** Fires when a query came, went or changed. */
  readonly onDidChange = this.#changed.event;

  constructor(
    dataRoot: string,
    private readonly log: Log,
  ) {
    this.folder = vscode.Uri.file(queriesFolder(dataRoot));
    this.#owned.add(this.#changed);
  }

  /** The queries; the folder is followed from the first time on. */
  async load(): Promise<readonly SavedQuery[]> {
    if (this.#loading === undefined) {
      this.#watch();
      this.#loading = this.#read();
    }
    await this.#loading;
    return this.#queries;
  }

  /** Reads the folder again. */
  async reload(): Promise<void> {
    this.#loading = this.#read();
    await this.#loading;
    this.#changed.fire();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #watch(): void {
    const pattern = new vscode.RelativePattern(this.folder, `*${QUERY_SUFFIX}`);
    const watcher = this.#owned.add(vscode.workspace.createFileSystemWatcher(pattern));
    const reload = throttle(() => void this.reload(), RELOAD_MS);
    this.#owned.add({ dispose: () => reload.cancel() });
    watcher.onDidChange(reload);
    watcher.onDidCreate(reload);
    watcher.onDidDelete(reload);
  }

  /** A failure is logged and the last list stays. */
  async #read(): Promise<void> {
    try {
      this.#queries = await loadSavedQueries(this.folder.fsPath);
    } catch (error) {
      this.log.error(`Failed to read the folder of your queries: ${detailOf(error)}`);
    }
  }
}
