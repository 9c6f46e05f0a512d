import type { CostDriver } from '../../../src/store/analysis/analysisTypes';
import { localTimeIn } from '../../../src/store/localTime';
import { migrate } from '../../../src/store/migrations';
import {
  columnsOf,
  type ReportReader,
  type ResultSet,
  type SqlParameters,
} from '../../../src/store/resultSet';
import { SqliteDatabase, type Value } from '../../../src/store/sqlite/sqlite';
import { spreadCosts } from '../../../src/store/writer/spreadCosts';

/** Seconds since 1970 of a UTC time such as `2026-03-02 10:00`. */
export function at(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00Z`) / 1000;
}

export interface MessageOptions {
  readonly role?: 'user' | 'assistant' | 'system';
  readonly remoteId?: string;
  readonly model?: string | null;
  readonly input?: number | null;
  readonly cached?: number | null;
  readonly output?: number | null;
  readonly rating?: 1 | -1 | null;
  readonly isError?: boolean;
  readonly isDone?: boolean;
  readonly isCopy?: boolean;
  readonly isDeleted?: boolean;
  readonly source?: 'message' | 'ancestor' | 'chat';
  /** `message.id` of what it answers. */
  readonly parent?: number | null;
  /** Further columns. */
  readonly columns?: Readonly<Record<string, Value>>;
}

/** Per million tokens, in USD unless said otherwise. */
export interface PriceOptions {
  /** Absent: on every instance. */
  readonly instance?: number;
  /** UTC day; absent: long ago. */
  readonly from?: string;
  readonly currency?: string;
  readonly input?: number;
  readonly cached?: number | null;
  readonly output?: number;
  readonly perRequest?: number;
  readonly isDeleted?: boolean;
}

export interface BillOptions {
  readonly resource?: string;
  readonly currency?: string;
  readonly isDeleted?: boolean;
  readonly costType?: 'actual' | 'amortized';
  readonly chargeType?: string;
  /** What it is spread by; absent: list cost, else tokens. */
  readonly driver?: CostDriver;
  /** Its month may still change. */
  readonly isOpen?: boolean;
}

interface LibraryOptions {
  /** `users.id`. */
  readonly owner?: number;
  readonly isDeleted?: boolean;
}

interface FileOptions extends LibraryOptions {
  /** Bytes. */
  readonly size?: number | null;
  /** `knowledge_bases.id`. */
  readonly base?: number;
  readonly uploaded?: number | null;
}

interface InstanceOptions {
  /** Null: no sync has ended yet. */
  readonly lastSync?: number | null;
  readonly isDeleted?: boolean;
}

/** A mirror in memory, filled by plain rows, and the reader that reports get. */
export class TestMirror implements ReportReader {
  /** What `generation()` answers, in this order; the last one for ever. */
  generations: number[] = [1];
  readonly zone: string;
  readonly #database: SqliteDatabase;
  #nextId = 1;

  private constructor(database: SqliteDatabase, zone: string) {
    this.#database = database;
    this.zone = zone;
  }

  static async create(zone = 'UTC'): Promise<TestMirror> {
    const database = await SqliteDatabase.open();
    migrate(database);
    return new TestMirror(database, zone);
  }

  instance(
    name: string,
    { lastSync = at('2026-03-31 12:30'), isDeleted = false }: InstanceOptions = {},
  ): number {
    return this.#insert('instances', {
      name,
      url: `http://${this.#nextId}.test`,
      last_sync: lastSync === null ? null : this.text(lastSync),
      last_sync_epoch: lastSync,
      is_deleted: Number(isDeleted),
    });
  }

  user(
    instanceId: number,
    name: string,
    { isDeleted = false, email }: { isDeleted?: boolean; email?: string } = {},
  ): number {
    return this.#insert('users', {
      instance_id: instanceId,
      remote_id: `user-${this.#nextId}`,
      name,
      email: email ?? null,
      role: 'user',
      row_hash: '',
      is_deleted: Number(isDeleted),
    });
  }

  /** @param hasSources whether it was read since messages' sources are noted */
  chat(userId: number, { isDeleted = false, hasSources = true } = {}): number {
    return this.#insert('chats', {
      instance_id: this.#instanceOf('users', userId),
      remote_id: `chat-${this.#nextId}`,
      user_id: userId,
      row_hash: '',
      is_deleted: Number(isDeleted),
      has_sources: Number(hasSources),
    });
  }

  message(chatId: number, epoch: number, options: MessageOptions = {}): number {
    const local = localTimeIn(this.zone)(epoch);
    const { role = 'user' } = options;
    const [userId] = this.#database.get<[number]>('SELECT user_id FROM chats WHERE id = ?', [chatId]) ?? [0];
    return this.#insert('message', {
      instance_id: this.#instanceOf('chats', chatId),
      remote_id: options.remoteId ?? `message-${this.#nextId}`,
      chat_id: chatId,
      user_id: userId,
      role,
      model_id: role === 'assistant' ? (options.model === undefined ? 'gpt-4o' : options.model) : null,
      created_at: local.text,
      created_at_epoch: epoch,
      created_at_source: options.source ?? 'message',
      day: local.day,
      hour: local.hour,
      input_tokens: options.input ?? null,
      cached_tokens: options.cached ?? null,
      output_tokens: options.output ?? null,
      rating: options.rating ?? null,
      is_error: Number(options.isError ?? false),
      is_done: Number(options.isDone ?? true),
      is_copy: Number(options.isCopy ?? false),
      is_deleted: Number(options.isDeleted ?? false),
      parent_id: options.parent ?? null,
      row_hash: '',
      ...options.columns,
    });
  }

  /** Any row of a table whose rows have an id. @returns it */
  row(table: string, values: Readonly<Record<string, Value>>): number {
    return this.#insert(table, values);
  }

  /** Any row of a table whose rows have none. */
  put(table: string, values: Readonly<Record<string, Value>>): void {
    this.#put(table, values);
  }

  /** Changes rows as it likes. */
  run(sql: string, values: readonly Value[] = []): void {
    this.#database.run(sql, [...values]);
  }

  /** The database as the bytes of a file. */
  bytes(): Uint8Array {
    return this.#database.export();
  }

  /** A question and one answer, a second later. */
  turn(chatId: number, epoch: number, answer: MessageOptions = {}): void {
    this.message(chatId, epoch);
    this.message(chatId, epoch + 1, { role: 'assistant', ...answer });
  }

  /** @param base the model that a preset is made of */
  model(instanceId: number, modelId: string, base?: string): number {
    return this.#insert('models', {
      instance_id: instanceId,
      model_id: modelId,
      base_model_id: base ?? null,
      source: base === undefined ? 'provider' : 'workspace',
      row_hash: '',
    });
  }

  /** A knowledge base; its remote id is `base-` and its name. */
  base(instanceId: number, name: string, { owner, isDeleted = false }: LibraryOptions = {}): number {
    return this.#insert('knowledge_bases', {
      instance_id: instanceId,
      remote_id: `base-${name}`,
      name,
      user_id: owner ?? null,
      row_hash: '',
      is_deleted: Number(isDeleted),
    });
  }

  /** A file; its remote id is `file-` and its name. */
  file(instanceId: number, filename: string, options: FileOptions = {}): number {
    const { size = null, base, owner, uploaded = at('2026-01-01 00:00'), isDeleted = false } = options;
    return this.#insert('files', {
      instance_id: instanceId,
      remote_id: `file-${filename}`,
      filename,
      size,
      user_id: owner ?? null,
      knowledge_base_id: base ?? null,
      created_at: uploaded === null ? null : this.text(uploaded),
      created_at_epoch: uploaded,
      row_hash: '',
      is_deleted: Number(isDeleted),
    });
  }

  /** Something that a message uses; the number of its calls where it is a tool. */
  uses(messageId: number, kind: string, use: string, remoteId = '', times = 1): void {
    this.#put('message_sources', {
      message_id: messageId,
      kind,
      use,
      remote_id: remoteId,
      times,
      instance_id: this.#instanceOf('message', messageId),
    });
  }

  price(modelId: string, options: PriceOptions): number {
    const from = options.from ?? '2020-01-01';
    return this.#insert('prices', {
      instance_id: options.instance ?? null,
      model_id: modelId,
      valid_from: from,
      valid_from_day: at(`${from} 00:00`) / 86_400,
      currency: options.currency ?? 'USD',
      input_per_million: options.input ?? 0,
      cached_per_million: options.cached ?? null,
      output_per_million: options.output ?? 0,
      per_request: options.perRequest ?? 0,
      source: 'admin',
      is_deleted: Number(options.isDeleted ?? false),
    });
  }

  /**
   * A row of a cloud's bill for tokens of a model, which {@link TestMirror.spread} spreads over its generations.
   * @param modelId the model, or what presets of it are made of @param utcDay such as `2026-03-02`
   */
  bill(instanceId: number, modelId: string, utcDay: string, cost: number, options: BillOptions = {}): number {
    const { driver = 'listCost', resource = 'resource', currency = 'USD', isDeleted = false } = options;
    const meter = `${modelId} ${driver}`;
    this.run(
      `INSERT OR IGNORE INTO cost_scopes (id, source, scope, name, sync_datetime, sync_datetime_epoch)
       VALUES (1, 'azure', 'subscriptions/s', 'Subscription', '', 0)`,
    );
    this.run(
      `INSERT OR IGNORE INTO cost_sync_runs (id, scope_id, trigger, status, started_at, started_at_epoch, sync_datetime,
         sync_datetime_epoch) VALUES (1, 1, 'manual', 'ok', '', 0, '', 0)`,
    );
    const costType = options.costType ?? 'actual';
    this.run(
      `INSERT OR IGNORE INTO cost_months (scope_id, cost_type, month, state, known_to_day, run_id, fetched_at,
         fetched_at_epoch, sync_datetime, sync_datetime_epoch) VALUES (1, ?, ?, ?, 0, 1, '', ?, '', 0)`,
      [costType, utcDay.slice(0, 7), options.isOpen === true ? 'open' : 'closed', at('2100-01-01 00:00')],
    );
    const resourceId = `/subscriptions/s/${resource}-${instanceId}`;
    this.run(
      `INSERT OR IGNORE INTO cost_resources (resource_id, instance_id, source, sync_datetime, sync_datetime_epoch)
       VALUES (?, ?, 'admin', '', 0)`,
      [resourceId, instanceId],
    );
    this.run(
      `INSERT OR IGNORE INTO cost_meters (meter, models, direction, driver, sync_datetime, sync_datetime_epoch)
       VALUES (?, ?, 'fixed', ?, '', 0)`,
      [meter, JSON.stringify([modelId]), driver],
    );
    return this.#insert('cost_daily', {
      scope_id: 1,
      cost_type: costType,
      utc_day: at(`${utcDay} 00:00`) / 86_400,
      date: utcDay,
      resource_id: resourceId,
      meter,
      charge_type: options.chargeType ?? 'Usage',
      currency,
      cost_e8: BigInt(Math.round(cost * 1e8)),
      run_id: 1,
      is_deleted: Number(isDeleted),
    });
  }

  /** Spreads bills as a publish does. */
  spread(): void {
    const session = {
      database: this.#database,
      localTime: localTimeIn(this.zone),
      now: () => at('2026-03-31 12:30'),
    };
    this.#database.transaction(() => {
      spreadCosts(session);
    });
  }

  /** @param instanceId absent: all instances together */
  budget(amount: number, instanceId?: number, currency = 'USD'): void {
    this.#insert('budgets', { instance_id: instanceId ?? null, currency, monthly_amount: amount });
  }

  /** Leaves accounts out, as analysis.json says it. */
  exclude(...userIds: readonly number[]): void {
    for (const id of userIds) {
      this.#put('excluded_accounts', this.#accountOf(id));
    }
  }

  /** Merges accounts of one person: they count as the first. */
  merge(first: number, ...others: readonly number[]): void {
    const person = this.#accountOf(first);
    for (const id of others) {
      this.#put('merged_accounts', {
        ...this.#accountOf(id),
        person_instance_id: person.instance_id,
        person_remote_id: person.remote_id,
      });
    }
  }

  /** @param date such as `2026-04-06` @param instanceId absent: of all instances */
  holiday(date: string, name: string, instanceId = 0): void {
    this.#put('holidays', { date, day: at(`${date} 00:00`) / 86_400, name, instance_id: instanceId });
  }

  /** @param name of a part of the engagement score */
  weight(name: string, weight: number): void {
    this.#put('engagement_weights', { name, weight });
  }

  text(epoch: number): string {
    return localTimeIn(this.zone)(epoch).text;
  }

  /** How SQLite means to run a statement. */
  plan(sql: string, parameters: SqlParameters): string[] {
    return this.#database
      .select(`EXPLAIN QUERY PLAN ${sql}`, Number.POSITIVE_INFINITY, parameters)
      .rows.map((row) => String(row[3]));
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a failure must reject, as the real reader's does
  async query(sql: string, parameters?: SqlParameters): Promise<ResultSet> {
    const startedAt = performance.now();
    const { columns, rows, truncated } = this.#database.select(sql, Number.POSITIVE_INFINITY, parameters);
    return {
      columns: columnsOf(columns, rows),
      rowCount: rows.length,
      truncated,
      elapsedMs: Math.round(performance.now() - startedAt),
    };
  }

  generation(): Promise<number> {
    const [next = 0, ...later] = this.generations;
    this.generations = later.length === 0 ? [next] : later;
    return Promise.resolve(next);
  }

  dispose(): void {
    this.#database.close();
  }

  #accountOf(userId: number): { instance_id: number; remote_id: string } {
    const [instanceId = 0, remoteId = ''] =
      this.#database.get<[number, string]>('SELECT instance_id, remote_id FROM users WHERE id = ?', [
        userId,
      ]) ?? [];
    return { instance_id: instanceId, remote_id: remoteId };
  }

  #instanceOf(table: string, id: number): number {
    return this.#database.get<[number]>(`SELECT instance_id FROM ${table} WHERE id = ?`, [id])?.[0] ?? 0;
  }

  #insert(table: string, values: Readonly<Record<string, Value>>): number {
    const id = this.#nextId++;
    this.#put(table, { id, ...values });
    return id;
  }

  #put(table: string, values: Readonly<Record<string, Value>>): void {
    const row = {
      sync_datetime: '2026-03-31 12:30:00',
      sync_datetime_epoch: at('2026-03-31 12:30'),
      ...values,
    };
    const names = Object.keys(row);
    this.#database.run(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      Object.values(row),
    );
  }
}
