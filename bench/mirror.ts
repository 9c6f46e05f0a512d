import { join } from 'node:path';
import { buildReport } from '../src/reports/buildReport';
import { overviewReport } from '../src/reports/overview/overviewReport';
import { addInstance, ensureSalt } from '../src/store/instances/instancesFile';
import type { Instance } from '../src/store/instances/instance';
import { openWriter } from '../src/store/openWriter';
import { createReader, type StoreReader } from '../src/store/reader';
import { rowsOf } from '../src/store/resultSet';
import type { SyncKind } from '../src/store/runs';
import { createFolderLocker } from '../src/sync/engine/folderLocker';
import { DEFAULT_RECONCILE_HOURS } from '../src/sync/engine/plan';
import { SyncCoordinator } from '../src/sync/engine/syncCoordinator';
import { DEFAULT_REQUEST_POLICY } from '../src/sync/engine/syncTypes';
import { systemClock } from '../src/sync/engine/systemClock';
import type { UsageNumbers } from './directApi';
import type { ServerInfo } from './servers';
import { reportRequest } from './reportRequest';

const DIST = join(__dirname, '..', 'dist');
const ZONE = 'UTC';

/** A mirror of the sample servers in a folder, synced and read as the product does it. */
export class Mirror {
  readonly #folder: string;
  readonly #keys = new Map<number, string>();
  readonly #coordinator: SyncCoordinator;
  #instances: readonly Instance[] = [];

  constructor(folder: string) {
    this.#folder = folder;
    const quiet = (): void => undefined;
    const writer = { folder, zone: ZONE, workerPath: join(DIST, 'writer.js') };
    this.#coordinator = new SyncCoordinator({
      openWriter: () => openWriter(writer),
      openDryWriter: () => openWriter({ ...writer, isDryRun: true }),
      reconcileHours: () => DEFAULT_RECONCILE_HOURS,
      salt: () => ensureSalt(folder),
      locker: createFolderLocker(folder, 'bench'),
      credentials: {
        get: ({ id }) => Promise.resolve({ kind: 'apiKey', value: this.#keys.get(id) ?? '' }),
      },
      clock: systemClock,
      log: { error: quiet, warn: quiet, info: quiet, debug: quiet },
      policy: () => DEFAULT_REQUEST_POLICY,
      clientVersion: 'bench',
    });
  }

  async add(servers: readonly ServerInfo[]): Promise<void> {
    for (const { name, url, apiKey } of servers) {
      const instance = await addInstance(this.#folder, { name, url });
      this.#keys.set(instance.id, apiKey);
      this.#instances = [...this.#instances, instance];
    }
  }

  /** Syncs all instances with the promised pace. @returns ms. @throws Error when one is not complete. */
  async sync(kind: SyncKind): Promise<number> {
    const started = performance.now();
    const runs = await this.#coordinator.sync(this.#instances, { kind, trigger: 'cli' });
    const elapsedMs = performance.now() - started;
    const incomplete = runs.find(({ status }) => status !== 'ok');
    if (incomplete !== undefined) {
      throw new Error(`A ${kind} sync ended ${incomplete.status}: ${incomplete.error ?? 'see its streams'}`);
    }
    return elapsedMs;
  }

  reader(): StoreReader {
    return createReader({ folder: this.#folder, workerPath: join(DIST, 'reader.js') });
  }

  /** Builds the overview of one instance (1, 2, ...) or of all. @returns ms. */
  async report(reader: StoreReader, instanceId?: number): Promise<number> {
    const started = performance.now();
    const scope =
      instanceId === undefined ? ({ kind: 'all' } as const) : ({ kind: 'instance', instanceId } as const);
    const now = Math.floor(Date.now() / 1000);
    await buildReport(
      reader,
      overviewReport,
      reportRequest(overviewReport.id, { scope, preset: 'all', now, zone: ZONE }),
    );
    return performance.now() - started;
  }

  /** The numbers that the API is asked for as well. */
  async numbers(reader: StoreReader, instanceId: number): Promise<UsageNumbers> {
    const count = async (table: string): Promise<number> => {
      const sql = `SELECT COUNT(*) AS n FROM ${table} WHERE instance_id = :id AND is_deleted = 0`;
      return Number(rowsOf(await reader.query(sql, { id: instanceId }))[0]?.['n']);
    };
    const byUser = await reader.query(
      `SELECT u.remote_id, COUNT(*) AS n FROM messages m JOIN chats c ON c.id = m.chat_id JOIN users u ON u.id = c.user_id
       WHERE m.instance_id = :id AND m.is_deleted = 0 GROUP BY u.id`,
      { id: instanceId },
    );
    return {
      users: await count('users'),
      chats: await count('chats'),
      messages: await count('messages'),
      byUser: new Map(rowsOf(byUser).map((row) => [String(row['remote_id']), Number(row['n'])])),
    };
  }
}
