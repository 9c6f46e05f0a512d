import type * as vscode from 'vscode';
import type { SyncLocker } from '../sync/engine/coordinatorTypes';
import type { Instance } from '../store/instances/instance';
import type { StoreWriter } from '../store/mirrorWriter';
import type { WriterPurpose } from '../store/openWriter';
import type { VerifyOptions } from '../sync/verify/verifyInstance';
import type { VerifyReport } from '../sync/verify/verifyTypes';
import type { CredentialProvider } from '../sync/engine/syncTypes';
import type { Costs } from './costs/costs';
import type { DemoData } from './demo/demoData';
import type { CredentialStore } from './instances/secrets';
import type { SignInMonitor } from './instances/signInMonitor';
import type { Notices } from './help/notices';
import type { ReloadableMirror } from './mirrorState';
import type { Services } from './services';
import type { SyncController } from './syncing/syncController';
import type { Timer } from './timer/timer';
import type { MirrorModel } from './views/mirrorModel';
import type { TextDocuments } from './views/textDocuments';
import type { Trees } from './views/tree/trees';
import type { Warehouses } from './warehouses/warehouses';

/** What the extension's own features use beyond {@link Services}. */
export interface Core extends Services {
  readonly mirror: ReloadableMirror;
  readonly credentials: CredentialStore;
  /** The credentials as requests use them: renewed when they are about to end. */
  readonly access: CredentialProvider;
  readonly signIns: SignInMonitor;
  readonly syncs: SyncController;
  readonly timer: Timer;
  /** What reads costs from Azure. */
  readonly costs: Costs;
  readonly demo: DemoData;
  /** PostgreSQL databases that the mirror is pushed to. */
  readonly warehouses: Warehouses;
  /** All that trees and the status bar show, as one value. */
  readonly model: MirrorModel;
  /** The views of the side bar. */
  readonly trees: Trees;
  /** The one door for messages that nobody asked for. */
  readonly notices: Notices;
  /** Shows what a command found out. */
  readonly texts: TextDocuments;
  /** Makes the data folder, reads what is in it and follows it from then on. @throws Error when the folder cannot be used. */
  load(): Promise<void>;
  /** Brings the copy of the command line that schedules run up to date. Never rejects. */
  readonly updateCommandLine: () => Promise<void>;
  /** For changes of the database that are no sync. */
  readonly locker: SyncLocker;
  /** Opens a writer; only with the lock held. */
  readonly openWriter: (purpose?: WriterPurpose) => Promise<StoreWriter>;
  /** Opens a writer on a throw-away copy, for asking what a change would do. Close it. */
  readonly openDryWriter: () => Promise<StoreWriter>;
  /** Compares an instance's mirror with its server; nothing is written. */
  readonly verify: (instance: Instance, options: VerifyOptions) => Promise<VerifyReport>;
}

/** A feature of the core; a plain `Feature` fits as well. */
export type CoreFeature = (core: Core) => vscode.Disposable | undefined;
