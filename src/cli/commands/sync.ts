import type { Command } from 'commander';
import type { Instance } from '../../store/instance';
import { ensureSalt, loadInstances } from '../../store/instancesFile';
import type { RunSummary } from '../../store/runs';
import { createFolderLocker } from '../../sync/engine/folderLocker';
import { DEFAULT_RECONCILE_HOURS } from '../../sync/engine/plan';
import { SyncCoordinator } from '../../sync/engine/syncCoordinator';
import { DEFAULT_REQUEST_POLICY, type Credential, type SyncEvent } from '../../sync/engine/syncTypes';
import { systemClock } from '../../sync/engine/systemClock';
import { instancesToSync } from '../chooseInstances';
import { readCredential } from '../credentials';
import { existingDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import { openFileLog, type FileLog } from '../fileLog';
import { createProgressView } from '../progress';
import { isComplete, runLine } from '../runLine';
import type { Terminal } from '../terminal';
import { VERSION } from '../version';
import { dryWriterOf, writerOf } from '../workers';
import { dataOption, type DataOption } from './dataOption';

interface SyncOptions extends DataOption {
  readonly all?: boolean;
  readonly full?: boolean;
}

/** `sync [NAME] [--all] [--full]` */
export function addSyncCommand(program: Command, terminal: Terminal): void {
  program
    .command('sync [name]')
    .description('fetch what changed on a server, or on all of them')
    .option('--all', 'all servers')
    .option('--full', 'trust nothing that was fetched before')
    .addOption(dataOption())
    .action(async (name: string | undefined, options: SyncOptions) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const { instances, zone } = await loadInstances(folder);
      const chosen = instancesToSync(instances, name, options.all === true);
      const log = openFileLog(folder, zone);
      const keys = readKeys(chosen, terminal, log);
      const ready = chosen.filter(({ id }) => keys.has(id));
      const runs = await syncAll({ folder, zone, ready, keys, log, terminal, isFull: options.full === true });
      assertComplete(chosen, runs, terminal);
    });
}

/** The keys of all instances that have one; what is wrong with the others is said at once, when there are any. */
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

interface Work {
  readonly folder: string;
  readonly zone: string;
  readonly ready: readonly Instance[];
  readonly keys: ReadonlyMap<number, Credential>;
  readonly log: FileLog;
  readonly terminal: Terminal;
  readonly isFull: boolean;
}

async function syncAll({
  folder,
  zone,
  ready,
  keys,
  log,
  terminal,
  isFull,
}: Work): Promise<readonly RunSummary[]> {
  const progress = createProgressView(terminal);
  const coordinator = new SyncCoordinator({
    openWriter: writerOf(folder, zone, (sentence) => {
      log.warn(sentence);
      progress.clear();
      terminal.err(`${sentence}\n`);
    }),
    openDryWriter: dryWriterOf(folder, zone),
    reconcileHours: () => DEFAULT_RECONCILE_HOURS,
    salt: () => ensureSalt(folder),
    locker: createFolderLocker(folder, VERSION),
    credentials: { get: ({ id }) => Promise.resolve(keys.get(id)) },
    clock: systemClock,
    log,
    policy: () => DEFAULT_REQUEST_POLICY,
    clientVersion: VERSION,
  });
  const subscription = coordinator.onEvent((event: SyncEvent) => {
    progress.show(event);
    if (event.type === 'finished') {
      progress.clear();
      const line = `${event.instanceName}: ${runLine(event.run)}\n`;
      (isComplete(event.run) ? terminal.out : terminal.err)(line);
    }
  });
  try {
    const kind = isFull ? 'full' : 'incremental';
    return await coordinator.sync(ready, { kind, trigger: 'cli' }, terminal.signal);
  } finally {
    subscription.dispose();
    progress.clear();
  }
}

/** @throws CliError unless every instance was synced to its end. */
function assertComplete(chosen: readonly Instance[], runs: readonly RunSummary[], terminal: Terminal): void {
  if (terminal.signal.aborted) {
    throw new CliError(
      'Cancelled. What was fetched is kept; the next sync goes on from there.',
      EXIT.cancelled,
    );
  }
  const complete = runs.filter(isComplete).length;
  if (complete === chosen.length) {
    return;
  }
  throw new CliError(
    chosen.length === 1
      ? 'The sync is not complete. Run it again once the cause is gone; openwebui_sync.log has the details.'
      : `${chosen.length - complete} of ${chosen.length} instances were not synced completely. openwebui_sync.log has the details.`,
    EXIT.incomplete,
  );
}
