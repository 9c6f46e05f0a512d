import * as vscode from 'vscode';
import { watchDataFolder } from '../store/files/folderWatcher';
import type { StoreReader } from '../store/reader';
import type { MirrorStatus } from '../store/runs';
import { loadStatus } from '../store/status';
import type { SyncCoordinatorApi } from '../sync/engine/coordinatorTypes';
import type { Ownable } from './disposables';
import { detailOf } from './errors';
import type { Log } from './log';
import type { MirrorState } from './sources/dataSource';
import { throttle } from './throttle';
import { runsElsewhere } from './views/runsElsewhere';
import type { ShownRun } from './views/shownRun';

const CHANGE_INTERVAL_MS = 250;
const EMPTY: MirrorStatus = { version: 1, generation: 0, instances: [] };

/** A mirror state that can be asked to look at the disk now. */
export interface ReloadableMirror extends MirrorState {
  /** Reads the status again; resolves when {@link MirrorState.status} is that of the disk. */
  reload(): Promise<void>;
}

/** What {@link LiveMirror} follows. */
export interface LiveMirrorParts {
  /** The data folder. */
  readonly root: string;
  readonly reader: Pick<StoreReader, 'status'>;
  readonly coordinator: SyncCoordinatorApi;
  readonly log: Log;
  /** Told at each change of the folder, by whichever process. */
  readonly onFolderChange: () => void;
}

/** The mirror as it is on disk, and what runs: here by events, elsewhere by the folder. */
export class LiveMirror implements ReloadableMirror, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #published = new vscode.EventEmitter<void>();
  readonly #notify = throttle(() => this.#changed.fire(), CHANGE_INTERVAL_MS);
  readonly #owned: Ownable[];
  #status = EMPTY;
  #reloading: Promise<void> | undefined;

  readonly onDidChange = this.#changed.event;
  readonly onDidPublish = this.#published.event;

  constructor(private readonly parts: LiveMirrorParts) {
    const events = parts.coordinator.onEvent((event) => {
      this.#notify();
      if (event.type === 'finished') {
        void this.reload();
      }
    });
    this.#owned = [this.#changed, this.#published, events];
  }

  get status(): MirrorStatus {
    return this.#status;
  }

  get running(): readonly ShownRun[] {
    const here = this.parts.coordinator.running();
    return [...here, ...runsElsewhere(this.#status, here)];
  }

  /** Follows the folder from now on; it must exist. */
  watch(): void {
    const { root, onFolderChange } = this.parts;
    this.#owned.push(
      watchDataFolder(root, () => {
        onFolderChange();
        void this.reload();
      }),
    );
  }

  async reload(): Promise<void> {
    // A reading that is under way may have begun before what the caller wants to see.
    const earlier = this.#reloading;
    const reading = (async () => {
      await earlier;
      await this.#read();
    })();
    this.#reloading = reading;
    await reading;
  }

  dispose(): void {
    this.#notify.cancel();
    for (const item of this.#owned.reverse()) {
      item.dispose();
    }
  }

  /** A failure is logged and the last status stays: it is a view of the past anyway. */
  async #read(): Promise<void> {
    try {
      const status = await loadStatus(this.parts.root, this.parts.reader);
      const hasPublished = status.generation > this.#status.generation;
      this.#status = status;
      this.#notify();
      if (hasPublished) {
        this.#published.fire();
      }
    } catch (error) {
      this.parts.log.error(`Failed to read the status: ${detailOf(error)}`);
    }
  }
}
