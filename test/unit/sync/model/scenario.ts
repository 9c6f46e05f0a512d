import assert from 'node:assert/strict';
import type { SampleVersion } from '../../../../src/sample/versions';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { newestGeneration } from '../../../../src/store/files/fileGeneration';
import type { MirrorWriter } from '../../../../src/store/mirrorWriter';
import type { RunSummary } from '../../../../src/store/runs';
import type { SyncRequest } from '../../../../src/sync/engine/syncTypes';
import { FAST, inProcessWriter, Mirroring, NEVER_MS } from '../engine/harness';
import { differences, noLeniency } from './comparison';
import { expectationOf, type Ids } from './expectation';
import { leniencyAfter, type Outcome } from './leniency';
import { Memory } from './memory';
import { publishElsewhere } from './otherProcess';
import { assertSound } from './runChecks';
import { emptyMirror, readMirror, TABLES, type MirrorImage, type TableName } from './tables';
import { WatchedWriters, type WriterPlan } from './watchedWriters';

const FULL: SyncRequest = { kind: 'full', trigger: 'manual' };
const INCREMENTAL: SyncRequest = { kind: 'incremental', trigger: 'manual' };
const HOUR = 3_600;
const DAY = 24 * HOUR;
/** What requests wait for an answer, ms. It passes only where something hangs. */
const TIMEOUT_MS = 29_999;
/** Runs after which a chat that cannot be read is left in peace. */
const TRIES = 3;

/** What goes wrong, or just happens, during one run. */
export interface Disturbance extends WriterPlan {
  /** Plans faults of the server; they are taken back after the run. @returns takes one back */
  readonly faults?: readonly ((scenario: Scenario) => () => void)[];
  /** Told about each request, counted from 1; may cancel the run. */
  readonly onRequest?: ((number: number, cancel: () => void) => void) | undefined;
  /** Seconds that go by with each request. */
  readonly secondsPerRequest?: number | undefined;
  /** The server tells wrong things or changes meanwhile: the mirror need not be like it afterwards. */
  readonly isMirrorOpen?: boolean | undefined;
}

/** A server and its mirror, and what must hold between them. */
export class Scenario extends Mirroring {
  readonly memory = new Memory();
  /** Every run so far, for the reader of a failure. */
  readonly runs: RunSummary[] = [];
  /** Requests that the server left hanging so far. */
  hung = 0;
  #writers = new WatchedWriters({});
  #image: MirrorImage = emptyMirror();
  #others: string[] = [];
  #hasBackup = false;

  constructor(version: SampleVersion) {
    super(version);
    this.policy = { ...FAST, timeoutMs: TIMEOUT_MS, concurrency: 1 };
    this.clock.realWait = (ms) => (ms === TIMEOUT_MS ? NEVER_MS : 0);
    this.clock.hanging = () => this.hung;
    this.memory.note(this.world);
  }

  /** Lets time go by for the server and for us. */
  pass(seconds: number): void {
    this.clock.seconds += seconds;
  }

  /** Somebody sets the clock of this machine; the server's stays. */
  setClock(seconds: number): void {
    this.clock.seconds += seconds;
    this.world.skew -= seconds;
  }

  /** The server comes back from its last backup, if it has one. */
  restoreServer(): void {
    if (this.#hasBackup) {
      this.world.restore();
      this.memory.noteOtherServer();
    }
  }

  /** Somebody installs the server anew; only its address and the key stay. */
  reinstallServer(): void {
    this.world.reinstall();
    this.memory.noteOtherServer();
  }

  backUpServer(): void {
    this.world.backUp();
    this.#hasBackup = true;
  }

  /** Another process publishes, of which ours knows nothing. */
  async overtake(): Promise<void> {
    this.#others.push(await publishElsewhere(this.folder, this.#others.length));
  }

  /** Syncs and checks what must hold then. @returns undefined when the timer leaves the server alone */
  async run(request: SyncRequest, disturbance: Disturbance = {}): Promise<RunSummary | undefined> {
    const { memory } = this;
    const before = this.#image;
    const isMassDeletionAccepted = request.acceptMassDeletion === true;
    const isServerDoubtful = memory.isServerDoubtful;
    const stayed = memory.note(this.world);
    const endRun = memory.beginRun();
    const run = await this.#sync(request, disturbance);
    endRun(run);
    const image = await this.#readMirror();
    this.#image = image;
    if (run === undefined) {
      return undefined;
    }
    this.runs.push(run);
    assertSound({
      ...{ run, before, after: image, isMassDeletionAccepted, isServerDoubtful },
      stayed: common(stayed, memory.note(this.world)),
      ever: memory.ever,
      hasStartedOver: this.#writers.opened !== 1,
    });
    await this.#checkRecord(run);
    assert.deepEqual(image.others, this.#others, 'what other processes published is still there');
    if (isMassDeletionAccepted && run.status === 'ok') {
      memory.noteAgreement();
    }
    if (disturbance.isMirrorOpen !== true) {
      const isDisturbed = disturbance.faults !== undefined;
      const byOthers = image.others.length - before.others.length;
      const hasPublished = image.generation > before.generation + byOthers;
      this.#compare({ run, isDisturbed, hasPublished });
    }
    return run;
  }

  /** Two syncs of a calm server one after the other: the second writes and publishes nothing. */
  async runTwice(): Promise<void> {
    this.calm();
    const first = await this.#ask(FULL);
    for (let tries = 1; tries < TRIES && this.#image.quarantined.size > 0; tries += 1) {
      await this.#ask(INCREMENTAL);
    }
    const { generation } = this.#image;
    this.pass(HOUR);
    const second = await this.#ask(INCREMENTAL);
    if (first.status === 'ok') {
      const { inserted, updated, deleted, restored } = second.counts;
      assert.deepEqual([second.status, inserted, updated, deleted, restored], ['ok', 0, 0, 0, 0]);
      assert.equal(this.#image.generation, generation, 'a quiet sync publishes nothing');
    }
  }

  /** Nothing goes wrong any more, and all answers have long been written. */
  calm(): void {
    this.server.setGates({ adminChatAccess: true, adminExport: true, apiKeys: true, keyPaths: null });
    this.pass(DAY + HOUR);
  }

  /** After all that, the mirror must be the server. */
  async finish(): Promise<void> {
    this.calm();
    await this.#ask(FULL);
    // What a provider no longer offers is believed at the second look.
    let run = await this.#ask(FULL);
    for (let tries = 1; tries < TRIES && run.counts.heldBack > 0; tries += 1) {
      run = await this.#ask({ ...FULL, acceptMassDeletion: true });
    }
    const last = await this.#ask(FULL);
    assert.equal(last.status, 'ok', last.error);
    const tables = TABLES.filter((table) => last.streams.some(({ stream }) => stream === table));
    assert.deepEqual(differences(this.#image, expectationOf(this.world), noLeniency(tables)), []);
    this.#checkQuarantine();
    assert.deepEqual(await this.rows('SELECT remote_id FROM held_deletions WHERE is_deleted = 0'), []);
    await this.runTwice();
    assert.deepEqual(await this.rows('PRAGMA integrity_check'), [['ok']]);
    assert.deepEqual(await this.rows('PRAGMA foreign_key_check'), []);
  }

  protected override async openWriter(): Promise<MirrorWriter> {
    // However small, an image is not written again for nothing.
    return this.#writers.watch(await inProcessWriter(this.folder, this.clock, { smallImage: 0 }));
  }

  /** The mirror is the server, but for what such a run may miss. */
  #compare(ended: Pick<Outcome, 'run' | 'isDisturbed' | 'hasPublished'>): void {
    const image = this.#image;
    const expectation = expectationOf(this.world);
    const leniency = leniencyAfter({ ...ended, image, expectation, unseen: this.memory.unseen });
    assert.deepEqual(differences(image, expectation, leniency), []);
  }

  /** What a person asks for is always done. */
  async #ask(request: SyncRequest): Promise<RunSummary> {
    const run = await this.run(request);
    assert.ok(run);
    return run;
  }

  async #sync(request: SyncRequest, disturbance: Disturbance): Promise<RunSummary | undefined> {
    const abort = new AbortController();
    const takeBack = this.#disturb(disturbance, () => abort.abort());
    try {
      const [run] = await this.coordinator.sync([this.instance], request, abort.signal);
      return run;
    } finally {
      takeBack();
    }
  }

  #disturb(disturbance: Disturbance, cancel: () => void): () => void {
    const { faults = [], onRequest, secondsPerRequest = 0 } = disturbance;
    this.server.clearRequests();
    this.#writers = new WatchedWriters(disturbance);
    let requests = 0;
    // Planned first, and matching nothing: it hears of every request.
    const listen = this.server.fail(
      () => {
        requests += 1;
        this.pass(secondsPerRequest);
        onRequest?.(requests, cancel);
        return false;
      },
      { kind: 'reset' },
    );
    const takeBacks = [listen, ...faults.map((plan) => plan(this))];
    return () => takeBacks.forEach((takeBack) => takeBack());
  }

  get #isPublished(): boolean {
    return newestGeneration(dataFolderAt(this.folder).generations) > 0;
  }

  async #readMirror(): Promise<MirrorImage> {
    return this.#isPublished ? readMirror(this.folder) : emptyMirror();
  }

  /** Where the end of the run was published, its record says what its summary said. */
  async #checkRecord({ runId, status, counts }: RunSummary): Promise<void> {
    if (!this.#isPublished) {
      return;
    }
    const [record] = await this.rows(
      `SELECT status, inserted, updated, unchanged, deleted, restored, quarantined FROM sync_runs
       WHERE run_id = '${runId}' AND status NOT IN ('running', 'interrupted')`,
    );
    if (record !== undefined) {
      const { inserted, updated, unchanged, deleted, restored, quarantined } = counts;
      assert.deepEqual(record, [status, inserted, updated, unchanged, deleted, restored, quarantined]);
    }
  }

  /** Set aside are the chats that the server cannot serve; of others only such as vanished before they were served. */
  #checkQuarantine(): void {
    const damaged = this.world.chats.all().filter(({ unreadable }) => unreadable);
    const { chats } = this.#image.tables;
    const quarantined = [...this.#image.quarantined].filter(
      (id) => chats.has(id) || this.world.chats.find(id) !== undefined,
    );
    assert.deepEqual(quarantined.sort(), damaged.map(({ id }) => id).sort());
  }
}

function common(one: Ids, other: Ids): Ids {
  return Object.fromEntries(
    TABLES.map((table) => [table, new Set([...one[table]].filter((id) => other[table].has(id)))]),
  ) as unknown as Record<TableName, Set<string>>;
}
