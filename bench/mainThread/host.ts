import { join } from 'node:path';
import { clipboardText } from '../../src/extension/results/copyText';
import { headerOf, heldResult } from '../../src/extension/results/heldResult';
import { pageOf } from '../../src/extension/results/resultPages';
import { treeOf } from '../../src/extension/views/nodes';
import { buildReport } from '../../src/reports/buildReport';
import type { ReportModel } from '../../src/reports/reportModel';
import { overviewReport } from '../../src/reports/overview/overviewReport';
import type { Instance } from '../../src/store/instances/instance';
import { addInstance, ensureSalt } from '../../src/store/instances/instancesFile';
import { openWriter } from '../../src/store/openWriter';
import { createQueryRunner } from '../../src/store/queryRunner';
import { createReader } from '../../src/store/reader';
import type { MirrorStatus, SyncKind } from '../../src/store/runs';
import { loadStatus } from '../../src/store/status';
import { createFolderLocker } from '../../src/sync/engine/folderLocker';
import { DEFAULT_RECONCILE_HOURS } from '../../src/sync/engine/plan';
import { SyncCoordinator } from '../../src/sync/engine/syncCoordinator';
import { DEFAULT_REQUEST_POLICY } from '../../src/sync/engine/syncTypes';
import { systemClock } from '../../src/sync/engine/systemClock';
import { reportRequest } from '../reportRequest';

const DIST = join(__dirname, '..', '..', 'dist');
const ZONE = 'UTC';
/** How often the tree is drawn at most, as in the editor. */
const TREE_INTERVAL_MS = 250;
const ROWS_PER_PAGE = 200;

/** What the extension does on its thread, without the editor: syncs, status, tree, reports, SQL. */
export class Host {
  readonly #folder: string;
  readonly #coordinator: SyncCoordinator;
  readonly #reader;
  readonly #queries;
  #instance: Instance | undefined;
  /** What a panel shows. */
  #report: ReportModel | undefined;
  #key = '';
  #status: MirrorStatus = { version: 1, generation: 0, instances: [] };
  #lastTreeAt = 0;

  constructor(folder: string) {
    this.#folder = folder;
    const quiet = (): void => undefined;
    const writer = { folder, zone: ZONE, workerPath: join(DIST, 'writer.js') };
    this.#reader = createReader({ folder, workerPath: join(DIST, 'reader.js') });
    this.#queries = createQueryRunner({ folder, workerPath: join(DIST, 'query.js') });
    this.#coordinator = new SyncCoordinator({
      openWriter: () => openWriter(writer),
      openDryWriter: () => openWriter({ ...writer, isDryRun: true }),
      reconcileHours: () => DEFAULT_RECONCILE_HOURS,
      salt: () => ensureSalt(folder),
      locker: createFolderLocker(folder, 'bench'),
      credentials: { get: () => Promise.resolve({ kind: 'apiKey', value: this.#key }) },
      clock: systemClock,
      log: { error: quiet, warn: quiet, info: quiet, debug: quiet },
      // Without the pause between requests: more work in the same time than the product ever does.
      policy: () => ({ ...DEFAULT_REQUEST_POLICY, delayMs: 0 }),
      clientVersion: 'bench',
    });
    this.#coordinator.onEvent((event) => {
      const now = Date.now();
      if (event.type === 'finished' || now - this.#lastTreeAt >= TREE_INTERVAL_MS) {
        this.#lastTreeAt = now;
        this.drawTree();
      }
    });
  }

  async add(name: string, url: string, key: string): Promise<void> {
    this.#key = key;
    this.#instance = await addInstance(this.#folder, { name, url });
  }

  /** @throws Error when the sync is not complete. */
  async sync(kind: SyncKind): Promise<void> {
    const instances = this.#instance === undefined ? [] : [this.#instance];
    const [run] = await this.#coordinator.sync(instances, { kind, trigger: 'manual' });
    if (run?.status !== 'ok') {
      throw new Error(`A ${kind} sync ended ${run?.status ?? 'nowhere'}: ${run?.error ?? 'see its streams'}`);
    }
  }

  /** Builds the report, and what VS Code makes of it to hand it to the page. */
  async report(): Promise<void> {
    const now = Math.floor(Date.now() / 1000);
    this.#report = await buildReport(
      this.#reader,
      overviewReport,
      reportRequest(overviewReport.id, { scope: { kind: 'all' }, preset: 'all', now, zone: ZONE }),
    );
    JSON.stringify(this.#report);
  }

  /** Runs a statement of so many rows and shows pages of it. */
  async query(limit: number): Promise<void> {
    const result = await this.#queries.run('SELECT * FROM messages', { limit });
    if (result.rowCount !== limit) {
      throw new Error(`The query returned ${result.rowCount} rows`);
    }
    const statement = { start: 0, end: 0, text: 'SELECT * FROM messages' };
    const source = { sourceId: 'mirror', queries: this.#queries } as const;
    headerOf(heldResult({ id: 'bench', title: 'Bench', statement, source, limit, original: result }));
    for (const share of [0, 1 / 4, 1 / 2, 3 / 4]) {
      pageOf(result, Math.floor(share * limit), ROWS_PER_PAGE);
      await new Promise(setImmediate);
    }
    const range = { firstRow: 0, lastRow: limit - 1, firstColumn: 0, lastColumn: 9 };
    await clipboardText(result, range, { format: 'tsv', withHeaders: true });
  }

  /** The status from the file, drawn as a tree. */
  async showStatus(): Promise<void> {
    this.#status = await loadStatus(this.#folder, this.#reader);
    this.drawTree();
  }

  /** The same, and anew from the database. */
  async refreshStatus(): Promise<void> {
    await this.showStatus();
    this.#status = await this.#reader.status();
    this.drawTree();
  }

  async budget(): Promise<void> {
    const instances = this.#instance === undefined ? [] : [this.#instance];
    await this.#coordinator.budget(instances, { kind: 'full', trigger: 'manual' });
  }

  drawTree(): void {
    treeOf({
      instances: this.#instance === undefined ? [] : [this.#instance],
      status: this.#status,
      running: this.#coordinator.running(),
      nextRuns: new Map(),
      signInProblems: new Map(),
      signInEnds: new Map(),
      zone: ZONE,
      now: Date.now(),
    });
  }

  dispose(): void {
    this.#reader.dispose();
    this.#queries.dispose();
  }
}
