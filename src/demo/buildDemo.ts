import { join } from 'node:path';
import { utcDayAt } from '../store/costs/costEntries';
import type { Instance } from '../store/instances/instance';
import { addInstance, ensureSalt, setZone } from '../store/instances/instancesFile';
import { changingAnalysis } from '../store/analysis/changingAnalysis';
import { openWriter } from '../store/openWriter';
import type { EpochSeconds } from '../store/records';
import type { RunSummary } from '../store/runs';
import type { SyncCoordinatorDeps } from '../sync/engine/coordinatorTypes';
import { createFolderLocker } from '../sync/engine/folderLocker';
import { DEFAULT_RECONCILE_HOURS } from '../sync/engine/plan';
import { SyncCoordinator } from '../sync/engine/syncCoordinator';
import { DEFAULT_REQUEST_POLICY, secondsOf, type Logger, type RunProgress } from '../sync/engine/syncTypes';
import { systemClock } from '../sync/engine/systemClock';
import { DEMO_COMPANIES, startDemoServer } from './companies';
import { demoAnalysis } from './costs';
import { demoBills, syncDemoCosts } from './demoAzure';
import { fetchFrom, type DemoServer } from './demoServers';
import type { DemoOrder } from './protocol';
import { withOneWriter } from './withOneWriter';

/** Nobody reads the log of a demo: a run that is not complete ends it with its reason. */
const SILENT: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
};

/**
 * Makes a data folder of invented companies: their servers run on loopback while the product's own full sync mirrors them.
 * @param onProgress told at each step of each run
 * @throws Error when a run is not complete; the folder is then not fit for use
 */
export async function buildDemo(
  order: DemoOrder,
  onProgress: (running: readonly RunProgress[]) => void = () => undefined,
): Promise<void> {
  const now = secondsOf(systemClock);
  const servers: DemoServer[] = [];
  try {
    for (const company of DEMO_COMPANIES) {
      const server = await startDemoServer(company, now);
      servers.push({ server, instance: await addInstance(order.folder, company) });
    }
    await setZone(order.folder, order.zone);
    await syncAll(order, servers, onProgress);
  } finally {
    await Promise.all(servers.map(({ server }) => server.close()));
  }
  await addCosts(order, servers, now);
}

async function syncAll(
  order: DemoOrder,
  servers: readonly DemoServer[],
  onProgress: (running: readonly RunProgress[]) => void,
): Promise<void> {
  const coordinator = new SyncCoordinator(depsOf(order, servers));
  const listening = coordinator.onEvent(() => onProgress(coordinator.running()));
  try {
    const instances: readonly Instance[] = servers.map(({ instance }) => instance);
    assertComplete(await coordinator.sync(instances, { kind: 'full', trigger: 'manual' }));
  } finally {
    listening.dispose();
  }
}

function depsOf(order: DemoOrder, servers: readonly DemoServer[]): SyncCoordinatorDeps {
  const { folder, clientVersion } = order;
  const keys = new Map(servers.map(({ instance, server }) => [instance.id, server.apiKey]));
  return {
    openWriter: () => openWriter(writerOptions(order)),
    openDryWriter: () => openWriter({ ...writerOptions(order), isDryRun: true }),
    reconcileHours: () => DEFAULT_RECONCILE_HOURS,
    salt: () => ensureSalt(folder),
    locker: createFolderLocker(folder, clientVersion),
    credentials: {
      get: ({ id }) => {
        const value = keys.get(id);
        return Promise.resolve(value === undefined ? undefined : { kind: 'apiKey', value });
      },
    },
    fetch: fetchFrom(servers),
    clock: systemClock,
    log: SILENT,
    // Servers of our own need no patience.
    policy: () => ({ ...DEFAULT_REQUEST_POLICY, delayMs: 0 }),
    clientVersion,
  };
}

function writerOptions({ folder, distFolder, zone }: DemoOrder) {
  return { folder, zone, workerPath: join(distFolder, 'writer.js') };
}

function assertComplete(runs: readonly RunSummary[]): void {
  const failed = runs.find(({ status }) => status !== 'ok');
  if (failed !== undefined || runs.length < DEMO_COMPANIES.length) {
    const reason = failed?.error ?? failed?.streams.find(({ error }) => error !== undefined)?.error;
    throw new Error(`The demo data could not be made: ${reason ?? 'a run broke off'}`);
  }
}

/** @param now seconds since 1970 */
async function addCosts(order: DemoOrder, servers: readonly DemoServer[], now: EpochSeconds): Promise<void> {
  const { folder, distFolder, clientVersion } = order;
  const azure = demoBills(servers, now * 1000);
  await withOneWriter(
    () => openWriter(writerOptions(order)),
    async (writer) => {
      await changingAnalysis(folder, (analysis) => ({
        ...analysis,
        ...demoAnalysis(servers, azure, utcDayAt(now)),
      }))(writer);
      await syncDemoCosts(azure, {
        root: folder,
        distFolder,
        locker: createFolderLocker(folder, clientVersion),
        openWriter: () => Promise.resolve(writer),
        clock: systemClock,
        log: SILENT,
        clientVersion,
      });
    },
  );
}
