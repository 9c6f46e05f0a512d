import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  startSampleServer,
  type SampleServer,
  type SampleServerOptions,
} from '../../../../src/sample/server';
import type { SampleVersion } from '../../../../src/sample/versions';
import { DEFAULT_NOW, SampleWorld, type SampleClock } from '../../../../src/sample/world';
import type { Instance } from '../../../../src/store/instances/instance';
import { ensureSalt } from '../../../../src/store/instances/instancesFile';
import type { MirrorWriter } from '../../../../src/store/mirrorWriter';
import type { PrivacyMode } from '../../../../src/store/instances/privacy';
import type { RunSummary } from '../../../../src/store/runs';
import type { Row } from '../../../../src/store/sqlite/sqlite';
import { MirrorDatabase, type MirrorOptions } from '../../../../src/store/writer/mirrorDatabase';
import { createFolderLocker } from '../../../../src/sync/engine/folderLocker';
import { SyncCoordinator } from '../../../../src/sync/engine/syncCoordinator';
import type {
  Clock,
  Credential,
  Logger,
  RequestPolicy,
  SyncEvent,
  SyncRequest,
} from '../../../../src/sync/engine/syncTypes';
import { parseChat } from '../../../../src/sync/openwebui/chat/parseChat';
import { publishedRows } from '../../store/published';

/** Without the pauses: tests must not wait. */
export const FAST: RequestPolicy = { timeoutMs: 5_000, delayMs: 0, retries: 3, concurrency: 4 };

const MANUAL: SyncRequest = { kind: 'incremental', trigger: 'manual' };

/** As a real wait: longer than any test. */
export const NEVER_MS = 2 ** 31 - 1;

/**
 * Time that the test sets. Waits between 4 and 5 s are time-outs, which never pass unless the test says what hangs: no request ends
 * before its answer came, however slow the machine is. All others (retries) pass at once.
 */
export class TestClock implements Clock {
  /** Seconds since 1970. */
  seconds = DEFAULT_NOW;
  /** How many ms a wait takes for real. */
  realWait = (ms: number): number => (ms < 4_000 || ms > 5_000 ? 0 : NEVER_MS);
  /** How many requests the server has left hanging so far. Time-outs pass once all that is still awaited hangs. */
  hanging: (() => number) | undefined;
  #awaited = 0;
  #timedOut = 0;

  now(): number {
    return this.seconds * 1000;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const real = this.realWait(ms);
    const { hanging } = this;
    return real === NEVER_MS && hanging !== undefined
      ? this.#timeOut(hanging, signal)
      : delay(real, undefined, { ...(signal && { signal }), ref: real === 0 });
  }

  async #timeOut(hanging: () => number, signal?: AbortSignal): Promise<void> {
    this.#awaited += 1;
    try {
      while (hanging() - this.#timedOut < this.#awaited) {
        await delay(1, undefined, signal && { signal });
      }
    } finally {
      this.#awaited -= 1;
    }
    this.#timedOut += 1;
  }
}

/** A log that keeps its lines. */
export class LogLines implements Logger {
  readonly lines: string[] = [];
  error = (message: string): void => void this.lines.push(`error ${message}`);
  warn = (message: string): void => void this.lines.push(`warn ${message}`);
  info = (message: string): void => void this.lines.push(`info ${message}`);
  debug = (message: string): void => void this.lines.push(`debug ${message}`);
}

/** The store's writer without a thread of its own. */
export async function inProcessWriter(
  folder: string,
  clock: Clock,
  options: Pick<MirrorOptions, 'smallImage' | 'maxPages'> & { readonly isDryRun?: boolean } = {},
): Promise<MirrorWriter> {
  const mirror = await MirrorDatabase.open({
    folder,
    zone: 'UTC',
    decodeChat: parseChat,
    now: () => Math.floor(clock.now() / 1000),
    ...options,
  });
  return new Proxy(mirror, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as unknown;
      return typeof method !== 'function'
        ? method
        : async (...args: unknown[]): Promise<unknown> =>
            Promise.resolve(method.apply(target, args) as unknown);
    },
  }) as unknown as MirrorWriter;
}

/** Makes a world that has its people already, an administrator among them. */
type WorldMaker = (options: { version: SampleVersion; clock: SampleClock }) => SampleWorld;

/** One world behind one server, mirrored into one folder. */
export class Mirroring {
  readonly clock = new TestClock();
  readonly log = new LogLines();
  readonly events: SyncEvent[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-'));
  readonly world: SampleWorld;
  coordinator: SyncCoordinator;
  policy: RequestPolicy = FAST;
  reconcileHours = 24;
  privacy: PrivacyMode | undefined;
  credential: Credential | undefined;
  #server: SampleServer | undefined;

  constructor(version: SampleVersion = '0.12.4', makeWorld?: WorldMaker) {
    const options = { version, clock: () => this.clock.seconds };
    this.world = makeWorld?.(options) ?? new SampleWorld(options);
    if (makeWorld === undefined) {
      // Long before the first sync, so that everything has settled.
      this.at(-7 * 86_400, () =>
        this.world.users.add({ name: 'Ada Admin', email: 'admin@example.org', role: 'admin' }),
      );
    }
    this.coordinator = this.#newCoordinator();
  }

  /** Goes on as another process would: with nothing but what is in the folder. */
  restart(): void {
    this.coordinator = this.#newCoordinator();
  }

  get server(): SampleServer {
    if (this.#server === undefined) {
      throw new Error('Start the mirroring first');
    }
    return this.#server;
  }

  get instance(): Instance {
    return { id: 1, name: 'FASGPT', url: this.server.url, enabled: true, privacy: this.privacy };
  }

  async start(options: Omit<SampleServerOptions, 'world'> = {}): Promise<this> {
    this.#server = await startSampleServer({ world: this.world, ...options });
    this.credential = { kind: 'apiKey', value: this.#server.apiKey };
    return this;
  }

  /** Does something so many seconds from now. */
  at<T>(seconds: number, action: () => T): T {
    return this.world.runAt(this.clock.seconds + seconds, action);
  }

  /** A user with chats of one turn each, all a day old. */
  addUser(name: string, chats: number): { readonly id: string; readonly chatIds: string[] } {
    return this.at(-86_400, () => {
      const user = this.world.users.add({ name, email: `${name}@example.org` });
      const chatIds = Array.from({ length: chats }, (_, index) => {
        const chat = this.world.chats.add(user.id, { title: `Chat ${index}`, models: ['gpt-x'] });
        this.world.chats.addTurn(chat.id, { answers: [{ model: 'gpt-x' }] });
        return chat.id;
      });
      return { id: user.id, chatIds };
    });
  }

  /** Syncs the one instance a while later. */
  async sync(request: Partial<SyncRequest> = {}, signal?: AbortSignal): Promise<RunSummary> {
    this.clock.seconds += 3_600;
    this.server.clearRequests();
    const [run] = await this.coordinator.sync([this.instance], { ...MANUAL, ...request }, signal);
    if (run === undefined) {
      throw new Error('No run');
    }
    return run;
  }

  /** Paths of the requests of the last run, with their queries. */
  get requests(): readonly string[] {
    return this.server.requests.map(({ path, query }) => path + query);
  }

  rows(sql: string): Promise<Row[]> {
    return publishedRows(this.folder, sql);
  }

  async count(table: string, where = 'is_deleted = 0'): Promise<number> {
    const [row] = await this.rows(`SELECT count(*) FROM ${table} WHERE ${where}`);
    return Number(row?.[0]);
  }

  async close(): Promise<void> {
    await this.#server?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  protected openWriter(): Promise<MirrorWriter> {
    return inProcessWriter(this.folder, this.clock);
  }

  #newCoordinator(): SyncCoordinator {
    const coordinator = new SyncCoordinator({
      openWriter: () => this.openWriter(),
      openDryWriter: () => inProcessWriter(this.folder, this.clock, { isDryRun: true }),
      reconcileHours: () => this.reconcileHours,
      salt: () => ensureSalt(this.folder),
      locker: createFolderLocker(this.folder, 'test'),
      credentials: { get: () => Promise.resolve(this.credential) },
      clock: this.clock,
      log: this.log,
      policy: () => this.policy,
      clientVersion: 'test',
    });
    coordinator.onEvent((event) => this.events.push(event));
    return coordinator;
  }
}

/** A mirroring for each test, closed after it. Call inside `describe`. */
export function useMirroring(): (version?: SampleVersion, makeWorld?: WorldMaker) => Mirroring {
  const open: Mirroring[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((mirroring) => mirroring.close()));
  });
  return (version, makeWorld) => {
    const mirroring = new Mirroring(version, makeWorld);
    open.push(mirroring);
    return mirroring;
  };
}
