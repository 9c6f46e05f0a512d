import type { Instance } from '../store/instances/instance';
import { loadInstances } from '../store/instances/instancesFile';
import type { SyncCoordinatorDeps } from '../sync/engine/coordinatorTypes';
import type { Credential, CredentialProvider } from '../sync/engine/syncTypes';
import { instancesToSync } from './chooseInstances';
import type { DataOption } from './commands/dataOption';
import { coordinatorDeps } from './coordinatorDeps';
import { readCredential } from './credentials';
import { existingDataFolder } from './dataFolder';
import { CliError } from './exitCodes';
import { openFileLog, type FileLog } from './fileLog';
import { createProgressView, type ProgressView } from './progress';
import type { Terminal } from './terminal';

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
  const credentials: CredentialProvider = { get: ({ id }) => Promise.resolve(keys.get(id)) };
  const deps = coordinatorDeps({ folder, zone, credentials, log, tell });
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
