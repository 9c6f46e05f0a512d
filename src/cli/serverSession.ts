import type { Instance } from '../store/instances/instance';
import { ensureSalt, loadInstances } from '../store/instances/instancesFile';
import type { SyncCoordinatorDeps } from '../sync/engine/coordinatorTypes';
import { createFolderLocker } from '../sync/engine/folderLocker';
import { DEFAULT_RECONCILE_HOURS } from '../sync/engine/plan';
import { DEFAULT_REQUEST_POLICY, type Credential } from '../sync/engine/syncTypes';
import { systemClock } from '../sync/engine/systemClock';
import { instancesToSync } from './chooseInstances';
import type { DataOption } from './commands/dataOption';
import { readCredential } from './credentials';
import { existingDataFolder } from './dataFolder';
import { CliError } from './exitCodes';
import { openFileLog, type FileLog } from './fileLog';
import { createProgressView, type ProgressView } from './progress';
import type { Terminal } from './terminal';
import { VERSION } from './version';
import { dryWriterOf, writerOf } from './workers';

/** What says which instances a command is about. */
export interface ChoiceOptions extends DataOption {
  readonly all?: boolean;
}

/** What a command works with that asks servers. */
export interface ServerSession {
  readonly folder: string;
  /** The instances that were asked for. */
  readonly chosen: readonly Instance[];
  /** Those of them that have a key. */
  readonly ready: readonly Instance[];
  readonly deps: SyncCoordinatorDeps;
  readonly progress: ProgressView;
  readonly log: FileLog;
}

/**
 * Chooses the instances and reads their keys; what is wrong with one of several is said at once.
 * @throws CliError when there is no clear choice, or the only instance has no key
 */
export async function openServerSession(
  terminal: Terminal,
  name: string | undefined,
  options: ChoiceOptions,
): Promise<ServerSession> {
  const folder = existingDataFolder(options.data, terminal.env);
  const { instances, zone } = await loadInstances(folder);
  const chosen = instancesToSync(instances, name, options.all === true);
  const log = openFileLog(folder, zone);
  const keys = readKeys(chosen, terminal, log);
  const progress = createProgressView(terminal);
  const tell = (sentence: string): void => {
    log.warn(sentence);
    progress.clear();
    terminal.err(`${sentence}\n`);
  };
  const deps: SyncCoordinatorDeps = {
    openWriter: writerOf(folder, zone, tell),
    openDryWriter: dryWriterOf(folder, zone),
    reconcileHours: () => DEFAULT_RECONCILE_HOURS,
    instances: async () => (await loadInstances(folder)).instances,
    salt: () => ensureSalt(folder),
    locker: createFolderLocker(folder, VERSION),
    credentials: { get: ({ id }) => Promise.resolve(keys.get(id)) },
    clock: systemClock,
    log,
    policy: () => DEFAULT_REQUEST_POLICY,
    clientVersion: VERSION,
  };
  return { folder, chosen, ready: chosen.filter(({ id }) => keys.has(id)), deps, progress, log };
}

function readKeys(
  instances: readonly Instance[],
  terminal: Terminal,
  log: FileLog,
): ReadonlyMap<number, Credential> {
  const keys = new Map<number, Credential>();
  for (const instance of instances) {
    try {
      const credential = readCredential(instance, terminal.env);
      log.protect(credential.value);
      keys.set(instance.id, credential);
    } catch (error) {
      if (!(error instanceof CliError) || instances.length === 1) {
        throw error;
      }
      terminal.err(`${instance.name}: ${error.message}\n`);
    }
  }
  return keys;
}
