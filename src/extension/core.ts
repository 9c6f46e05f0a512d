import type * as vscode from 'vscode';
import type { SyncLocker } from '../sync/engine/coordinatorTypes';
import type { StoreWriter } from '../store/mirrorWriter';
import type { CredentialStore } from './instances/secrets';
import type { ReloadableMirror } from './mirrorState';
import type { Services } from './services';
import type { SyncController } from './syncing/syncController';
import type { Timer } from './timer/timer';
import type { MirrorModel } from './views/mirrorModel';

/** What the extension's own features use beyond {@link Services}. */
export interface Core extends Services {
  readonly mirror: ReloadableMirror;
  readonly credentials: CredentialStore;
  readonly syncs: SyncController;
  readonly timer: Timer;
  /** All that trees and the status bar show, as one value. */
  readonly model: MirrorModel;
  /** Makes the data folder, reads what is in it and follows it from then on. @throws Error when the folder cannot be used. */
  load(): Promise<void>;
  /** For changes of the database that are no sync. */
  readonly locker: SyncLocker;
  /** Opens a writer; only with the lock held. */
  readonly openWriter: () => Promise<StoreWriter>;
}

/** A feature of the core; a plain `Feature` fits as well. */
export type CoreFeature = (core: Core) => vscode.Disposable | undefined;
