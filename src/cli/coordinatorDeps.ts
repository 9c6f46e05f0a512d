import { ensureSalt, loadInstances } from '../store/instances/instancesFile';
import type { SyncCoordinatorDeps } from '../sync/engine/coordinatorTypes';
import { createFolderLocker } from '../sync/engine/folderLocker';
import { DEFAULT_RECONCILE_HOURS } from '../sync/engine/plan';
import { DEFAULT_REQUEST_POLICY, type CredentialProvider, type Logger } from '../sync/engine/syncTypes';
import { systemClock } from '../sync/engine/systemClock';
import { VERSION } from './version';
import { dryWriterOf, writerOf } from './workers';

/** What the command line syncs a data folder with. */
export interface CoordinatorParts {
  readonly folder: string;
  /** IANA name of the mirror's zone. */
  readonly zone: string;
  readonly credentials: CredentialProvider;
  readonly log: Logger;
  /** Gets what the user should know of the database. */
  readonly tell: (sentence: string) => void;
}

export function coordinatorDeps({
  folder,
  zone,
  credentials,
  log,
  tell,
}: CoordinatorParts): SyncCoordinatorDeps {
  return {
    openWriter: writerOf(folder, zone, tell),
    openDryWriter: dryWriterOf(folder, zone),
    reconcileHours: () => DEFAULT_RECONCILE_HOURS,
    instances: async () => (await loadInstances(folder)).instances,
    salt: () => ensureSalt(folder),
    locker: createFolderLocker(folder, VERSION),
    credentials,
    clock: systemClock,
    log,
    policy: () => DEFAULT_REQUEST_POLICY,
    clientVersion: VERSION,
  };
}
