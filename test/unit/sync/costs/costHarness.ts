import { AzureWorld, type Bill } from '../../../../src/sample/azure/azureWorld';
import type { Account, Subscription } from '../../../../src/sample/azure/estate';
import { METERS } from '../../../../src/sample/azure/meterNames';
import { NO_QUOTAS } from '../../../../src/sample/azure/quotas';
import { startSampleAzure, type SampleAzure } from '../../../../src/sample/azure/server';
import type { CostConnection } from '../../../../src/store/costs/costConnection';
import type { CostRunSummary } from '../../../../src/store/costs/costTypes';
import type { StoreWriter } from '../../../../src/store/mirrorWriter';
import type { Row } from '../../../../src/store/sqlite/sqlite';
import { createAzureClients } from '../../../../src/sync/azure/azureClients';
import { takeCostLock } from '../../../../src/sync/costs/costLock';
import { CostSync } from '../../../../src/sync/costs/costSync';
import type { CostSyncDeps, CostSyncEvent, CostSyncRequest } from '../../../../src/sync/costs/costSyncTypes';
import { createFolderLocker } from '../../../../src/sync/engine/folderLocker';
import type { Clock } from '../../../../src/sync/engine/syncTypes';
import { publishedRows } from '../../store/published';
import { inProcessWriter, LogLines } from '../engine/harness';

export const MANUAL: CostSyncRequest = { trigger: 'manual' };
export const BY_TIMER: CostSyncRequest = { trigger: 'schedule' };

/** Time that passes when somebody waits. */
export class FakeTime implements Clock {
  readonly waits: number[] = [];
  #at: number;

  constructor(date: string) {
    this.#at = Date.parse(date);
  }

  now(): number {
    return this.#at;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.waits.push(ms);
    this.#at += ms;
    return Promise.resolve();
  }

  set(date: string): void {
    this.#at = Date.parse(date);
  }
}

/** Two subscriptions of a sample Azure, read into one folder. */
export class CostStage {
  readonly time = new FakeTime('2025-10-15T12:00:00Z');
  readonly log = new LogLines();
  readonly events: CostSyncEvent[] = [];
  readonly world = new AzureWorld({ clock: () => this.time.now() });
  readonly subscription: Subscription;
  readonly account: Account;
  readonly other: Subscription;
  readonly otherAccount: Account;
  readonly root: string;
  #azure: SampleAzure | undefined;
  #sync: CostSync | undefined;

  constructor(root: string) {
    this.root = root;
    this.subscription = this.world.addSubscription({ name: 'Production' });
    this.account = this.world.addAccount(this.subscription, { name: 'oai-sales' });
    this.other = this.world.addSubscription({ name: 'Research', currency: 'USD' });
    this.otherAccount = this.world.addAccount(this.other, { name: 'oai-lab' });
  }

  get azure(): SampleAzure {
    if (this.#azure === undefined) {
      throw new Error('Start the stage first');
    }
    return this.#azure;
  }

  /** The first window. */
  get sync(): CostSync {
    return (this.#sync ??= this.window());
  }

  async start(): Promise<this> {
    this.#azure = await startSampleAzure({ world: this.world, quotas: NO_QUOTAS });
    return this;
  }

  async close(): Promise<void> {
    await this.#azure?.close();
  }

  /** As another window of the same folder would. */
  window(changes: Partial<CostSyncDeps> = {}): CostSync {
    const clients = createAzureClients();
    const sync = new CostSync({
      root: this.root,
      locker: createFolderLocker(this.root, '1.2.3'),
      openWriter: () => this.openWriter(),
      loadAzure: () => clients,
      credentialFor: (connection) => Promise.resolve(this.azure.credential(connection.tenantId)),
      clock: this.time,
      log: this.log,
      clientVersion: '1.2.3',
      httpClient: this.azure.httpClient,
      spacingMs: 0,
      runLock: () => takeCostLock(this.root, '1.2.3', this.time),
      ...changes,
    });
    sync.onEvent((event) => this.events.push(event));
    return sync;
  }

  openWriter(): Promise<StoreWriter> {
    return inProcessWriter(this.root, this.time) as Promise<StoreWriter>;
  }

  connection(subscription = this.subscription, changes: Partial<CostConnection> = {}): CostConnection {
    return {
      id: subscription.name,
      scope: subscription.scope,
      name: subscription.name,
      cloud: 'public',
      tenantId: subscription.tenant.id,
      signIn: { kind: 'azureCli' },
      enabled: true,
      ...changes,
    };
  }

  /** Cost of input tokens of one day. */
  bill(day: string, cost: number | string, changes: Partial<Bill> = {}): void {
    this.world.bill({ day, resource: this.account, meter: METERS.gpt4oInput, cost, ...changes });
  }

  /** Reads the first subscription. */
  async read(request: CostSyncRequest = MANUAL, signal?: AbortSignal): Promise<CostRunSummary | undefined> {
    const [run] = await this.sync.sync([this.connection()], request, signal);
    return run;
  }

  rows(sql: string): Promise<Row[]> {
    return publishedRows(this.root, sql);
  }

  /** Months that Azure was asked rows of since the last call, with the cost type, each once. */
  asked(): readonly string[] {
    const asked = this.azure.requests.map(({ body }) => {
      const { type, timePeriod } = body as { type: string; timePeriod?: { from: string } };
      return `${timePeriod?.from.slice(0, 7) ?? ''} ${type}`;
    });
    this.azure.clearRequests();
    return [...new Set(asked)];
  }
}
