import { join } from 'node:path';
import type * as vscode from 'vscode';
import { dataFolderAt, ensureDataFolder } from '../store/files/dataFolder';
import { ensureSalt, loadInstances } from '../store/instances/instancesFile';
import { createQueryRunner } from '../store/queryRunner';
import { createReader } from '../store/reader';
import { unlessStorageFails } from '../store/files/storageFailure';
import type { SyncCoordinatorDeps } from '../sync/engine/coordinatorTypes';
import { SyncCoordinator } from '../sync/engine/syncCoordinator';
import { createFolderLocker } from '../sync/engine/folderLocker';
import { systemClock } from '../sync/engine/systemClock';
import { verifyInstance } from '../sync/verify/verifyInstance';
import { registerCommand } from './commands/registry';
import type { Core } from './core';
import type { Costs } from './costs/costs';
import type { Disposables } from './disposables';
import { createCosts } from './costs/createCosts';
import { TimerCostRuns } from './costs/presentCosts';
import { DemoData } from './demo/demoData';
import { detailOf } from './errors';
import { commandLineUpdate } from './headless/commandLineUpdate';
import { HeadlessSchedule } from './headless/headlessSchedule';
import { tellOfEdits } from './help/editNotices';
import { createNotices } from './help/createNotices';
import { createAccess } from './instances/createAccess';
import { InstanceList } from './instances/instanceList';
import { CredentialStore } from './instances/secrets';
import { SignInMonitor } from './instances/signInMonitor';
import { Links } from './links/links';
import { createLog } from './log';
import { LiveMirror } from './mirrorState';
import { readSettings } from './readSettings';
import { RanStatements } from './queries/ranStatements';
import type { DataSource } from './sources/dataSource';
import { DataSources } from './sources/dataSources';
import { parseReconcileHours, parseRequestPolicy } from './settings';
import { presentTimerRuns } from './syncing/presenter';
import { createWriters } from './syncing/createWriters';
import { SyncController } from './syncing/syncController';
import { Timer } from './timer/timer';
import { MirrorModel } from './views/mirrorModel';
import { TextDocuments } from './views/textDocuments';
import { Trees } from './views/tree/trees';
import { loadWarehouse } from '../warehouse/loadWarehouse';
import { WarehousePasswords } from './warehouses/warehousePasswords';
import { Warehouses } from './warehouses/warehouses';

/** Builds the services. Nothing is read or written here and no worker starts: `load` comes first, the rest on demand. */
export function createCore(context: vscode.ExtensionContext, owned: Disposables): Core {
  const log = owned.add(createLog());
  const folder = dataFolderAt(context.globalStorageUri.fsPath);
  const { root } = folder;
  const worker = (name: string): string => join(context.extensionPath, 'dist', `${name}.js`);
  const version = String((context.extension.packageJSON as { version: unknown }).version);

  const notices = createNotices(context, log);
  const instances = owned.add(new InstanceList(root));
  const credentials = owned.add(new CredentialStore(context.secrets, log));
  const access = createAccess(credentials, log);
  const reader = owned.add(createReader({ folder: root, workerPath: worker('reader') }));
  const queries = owned.add(createQueryRunner({ folder: root, workerPath: worker('query') }));
  const locker = createFolderLocker(root, version);
  const writers = createWriters({
    root,
    workerPath: worker('writer'),
    zone: () => instances.zone(),
    onEdits: tellOfEdits(notices),
  });

  const deps: SyncCoordinatorDeps = {
    ...writers,
    reconcileHours: () => parseReconcileHours(readSettings()),
    instances: async () => (await loadInstances(root)).instances,
    salt: () => ensureSalt(root),
    locker,
    credentials: access,
    clock: systemClock,
    log,
    policy: () => parseRequestPolicy(readSettings()),
    isStillDue: (ids) => timer.isStillDue(ids),
    clientVersion: version,
  };
  const coordinator = new SyncCoordinator(deps);
  const syncs = owned.add(new SyncController(coordinator));
  const reloadInstances = () =>
    instances
      .reload()
      .catch((error: unknown) => log.error(`Failed to read the instances: ${detailOf(error)}`));
  const reloadConnections = () =>
    costs.connections
      .reload()
      .catch((error: unknown) => log.error(`Failed to read the connections to Azure: ${detailOf(error)}`));
  const warehouses = owned.add(
    new Warehouses({
      root,
      passwords: new WarehousePasswords(context.secrets, log),
      load: () => loadWarehouse(join(context.extensionPath, 'dist')),
      clientVersion: version,
    }),
  );
  const reloadWarehouses = () =>
    warehouses
      .list()
      .catch((error: unknown) => log.error(`Failed to read the warehouses: ${detailOf(error)}`));
  const headless = owned.add(new HeadlessSchedule(root, log));
  const mirror = owned.add(
    new LiveMirror({
      root,
      reader,
      coordinator,
      log,
      onFolderChange: () => {
        void reloadInstances();
        void reloadConnections();
        void reloadWarehouses();
        void headless.reload();
        void demo.look();
      },
    }),
  );
  const source: DataSource = { sourceId: 'mirror', folder, instances, reader, queries, mirror };
  const sources = owned.add(new DataSources(source));
  const demo = owned.add(
    new DemoData({ root, sources, log, workerPath: worker, version, zone: () => instances.zone() }),
  );
  const signIns = owned.add(new SignInMonitor(credentials, instances, mirror));
  const timer: Timer = owned.add(
    new Timer({
      instances,
      mirror,
      signIns,
      log,
      sync: async (due, trigger) => {
        presentTimerRuns(core, await syncs.run(due, { kind: 'incremental', trigger }));
      },
    }),
  );
  const costs: Costs = createCosts(
    {
      root,
      locker,
      openWriter: writers.openWriter,
      clientVersion: version,
      context,
      log,
      mirror,
      present: (runs) => costRuns.present(runs),
    },
    owned,
  );
  const model = owned.add(new MirrorModel({ instances, mirror, signIns, timer, headless, sources }));

  const core: Core = {
    ...source,
    mirror,
    context,
    sources,
    demo,
    warehouses,
    ran: owned.add(new RanStatements()),
    links: new Links(),
    log,
    credentials,
    access,
    signIns,
    syncs,
    timer,
    costs,
    model,
    trees: owned.add(new Trees(log)),
    notices,
    texts: owned.add(new TextDocuments('openwebui-sync-text')),
    updateCommandLine: commandLineUpdate(context, root, log),
    locker,
    ...writers,
    verify: (instance, options) => verifyInstance(deps, instance, options),
    registerCommand: (id, handler) => {
      owned.add(registerCommand(log, id, handler));
    },
    load: async () => {
      // What is there can be read though nothing may be written; a sync then says so.
      unlessStorageFails(() => ensureDataFolder(root));
      mirror.watch();
      await Promise.all([
        reloadInstances(),
        reloadConnections(),
        reloadWarehouses(),
        headless.reload(),
        mirror.reload(),
        demo.look(),
      ]);
      await signIns.refresh();
    },
  };
  const costRuns = new TimerCostRuns(core);
  return core;
}
