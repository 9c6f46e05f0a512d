import assert from 'node:assert/strict';
import type { ClientBase } from 'pg';
import { backupFiles } from '../../../src/store/backups/backups';
import { RestoreError } from '../../../src/store/errors';
import { dataFolderAt } from '../../../src/store/files/dataFolder';
import { setZone } from '../../../src/store/instances/instancesFile';
import type { PrivacyMode } from '../../../src/store/instances/privacy';
import type { MirrorDatabase } from '../../../src/store/writer/mirrorDatabase';
import type { PushOptions } from '../../../src/warehouse/warehouseTypes';
import { WarehouseError } from '../../../src/warehouse/warehouseErrors';
import { begin, chat, fetched, message, NOON, openMirror, runEnd, user } from '../../unit/store/builders';
import { publishedRows } from '../../unit/store/published';
import { SMALL_LIMITS } from '../../unit/store/shards';
import { assertFollowsMirror } from './followed';
import { BEGINNING, ZONES, type Step } from './historySteps';
import type { TestProxy } from './proxy';
import { pushTo, waitForOtherPush, warehouseAt } from './warehouses';

const OLD = NOON - 400 * 86_400;
const HOUR = 3_600;

interface Places {
  readonly root: string;
  readonly schema: { readonly name: string; readonly client: ClientBase };
  readonly proxy: TestProxy;
}

/** Plays what happens to a mirror and to the warehouse that follows it. @throws where a push leaves anything else than it should */
export async function play(places: Places, steps: readonly Step[]): Promise<void> {
  const history = new History(places);
  for (const each of [...BEGINNING, ...steps, { kind: 'push' } as const]) {
    await history.take(each);
  }
}

class History {
  readonly #places: Places;
  readonly #erased = new Set<number>();
  /** What the warehouse must not hold, by whom and where it was. */
  readonly #excluded = new Set<string>();
  /** What was told with a message's id and row hash. */
  readonly #told = new Map<string, string>();
  /** Texts that the last push left there, by the message's id on the server. */
  #kept: ReadonlyMap<string, string> = new Map();
  #mode: PrivacyMode = 'full';
  #second = 2;
  #zone: string = ZONES[0];
  #now = NOON;
  #runs = 0;
  #order: Partial<PushOptions> = {};

  constructor(places: Places) {
    this.#places = places;
  }

  async take(step: Step): Promise<void> {
    this.#now += HOUR;
    switch (step.kind) {
      case 'sync':
        return this.#sync(step);
      case 'delete':
        return this.#write((mirror) => {
          const run = this.#begin(mirror, step.person);
          mirror.markDeleted(run, 'chats', [chatOf(step.person, step.place)]);
          mirror.endRun(runEnd({ runId: run }));
        });
      case 'letGo':
        return this.#write((mirror) => void mirror.freeUp({ textMonths: 6, runDays: 365 }));
      case 'erase':
        return this.#erase(step.person);
      case 'tighten':
        this.#mode = 'names';
        [2, 3].forEach((who) => [0, 1].forEach((where) => this.#excluded.add(textOf(who, where))));
        this.#kept = new Map();
        return this.#write((mirror) => mirror.tightenPrivacy(this.#second, 'names'));
      case 'remove':
        await this.#write((mirror) => mirror.removeInstance(this.#second, 'delete'));
        this.#second += 1;
        this.#mode = 'full';
        [2, 3].forEach((who) => this.#erased.delete(who));
        this.#kept = new Map();
        return;
      case 'restore':
        return this.#restore(step.backup);
      case 'zone':
        this.#zone = ZONES[step.place] ?? this.#zone;
        await setZone(this.#places.root, this.#zone);
        return this.#write(() => undefined);
      case 'damage':
      case 'drop':
        return this.#damage(step);
      case 'break':
        return this.#break(step.bytes);
      case 'push':
        return this.#push();
    }
  }

  /** A run that meets a chat, and says whose it was where it fails. Nobody is mirrored again who was erased. */
  async #sync(told: Extract<Step, { readonly kind: 'sync' }>): Promise<void> {
    const { person: who, place: where } = told;
    if (this.#erased.has(who)) {
      return;
    }
    const text = textOf(who, where);
    const messages = Array.from({ length: told.messages }, (_, index) =>
      message(`m-${chatOf(who, where)}-${index}`, {
        content: `${text} ${index} as of ${told.version}`.padEnd(120, '.'),
        createdAt: index % 2 === 0 ? OLD + index : NOON - HOUR,
        role: index % 3 === 1 ? 'assistant' : 'user',
        ...(index % 3 === 1 ? { modelId: `model-${told.version}`, rating: told.rating } : {}),
        ...(index === 0
          ? { rating: told.rating }
          : { parentRemoteId: `m-${chatOf(who, where)}-${index - 1}` }),
      }),
    );
    // Whoever makes the mode looser reads all texts anew.
    if (who >= 2 && this.#mode !== 'full' && told.rating === 1) {
      this.#mode = 'full';
    }
    await this.#write((mirror) => {
      const run = this.#begin(mirror, who);
      mirror.applyUsers(run, [user(idOf(who), { name: nameOf(who), email: `${nameOf(who)}@example.org` })]);
      const record = chat(chatOf(who, where), { userRemoteId: idOf(who), title: `About ${text}`, messages });
      mirror.applyChat(run, fetched(record));
      mirror.endRun(runEnd({ runId: run, status: 'partial', error: `No files of ${nameOf(who)}` }));
    });
    if (who < 2 || this.#mode === 'full') {
      this.#excluded.delete(text);
    }
    const hashes = await publishedRows(
      this.#places.root,
      `SELECT m.remote_id, m.row_hash FROM message m JOIN chats c ON c.id = m.chat_id
       WHERE c.remote_id = '${chatOf(who, where)}' AND m.is_deleted = 0`,
    );
    for (const [remoteId, hash] of hashes) {
      const content = messages.find((each) => each.remoteId === remoteId)?.content ?? '';
      this.#told.set(`${String(remoteId)} ${String(hash)}`, content);
    }
  }

  /** Of an instance that was mirrored. */
  async #erase(who: number): Promise<void> {
    const sql = `SELECT 1 FROM instances WHERE id = ${this.#instanceOf(who)}`;
    if ((await publishedRows(this.#places.root, sql)).length > 0) {
      this.#erased.add(who);
      await this.#write((mirror) => mirror.erasePerson(this.#instanceOf(who), idOf(who)));
    }
  }

  async #restore(choice: number): Promise<void> {
    const files = backupFiles(dataFolderAt(this.#places.root)).filter(({ kind }) => kind !== 'damaged');
    const name = files[choice % files.length]?.name;
    if (name === undefined) {
      return;
    }
    const mirror = await this.#open();
    try {
      await mirror.restore(name);
      this.#order = { ...this.#order, afterRestore: true };
      this.#kept = new Map();
    } catch (error) {
      assert.ok(error instanceof RestoreError, String(error));
    } finally {
      mirror.close();
    }
  }

  /** Somebody takes rows or a whole table of the warehouse away: only a full comparison is sure to find it. */
  async #damage({ kind, table }: Extract<Step, { readonly table: string }>): Promise<void> {
    const { client, name } = this.#places.schema;
    const { rows } = await client.query('SELECT to_regclass($1) AS t', [`${name}.${table}`]);
    if ((rows[0] as { readonly t: unknown }).t !== null) {
      await client.query(
        kind === 'drop'
          ? `DROP TABLE ${table} CASCADE`
          : `DELETE FROM ${table} WHERE ctid IN (SELECT ctid FROM ${table} LIMIT 3)`,
      );
      this.#order = { ...this.#order, isFull: true };
      this.#kept = new Map();
    }
  }

  async #break(bytes: number): Promise<void> {
    if (!this.#isPublished()) {
      return;
    }
    this.#places.proxy.breakAfter(bytes);
    try {
      await this.#pushOnce();
    } catch (error) {
      assert.ok(error instanceof WarehouseError, String(error));
    } finally {
      this.#places.proxy.breakAfter(Infinity);
    }
    await waitForOtherPush();
  }

  async #push(): Promise<void> {
    if (!this.#isPublished()) {
      return;
    }
    await this.#pushOnce();
    this.#order = {};
    const { schema, root } = this.#places;
    const forbidden = [
      ...this.#excluded,
      ...[...this.#erased].flatMap((who) => [nameOf(who), idOf(who), `of-${who}-`]),
    ];
    this.#kept = await assertFollowsMirror(schema.client, root, {
      told: this.#told,
      kept: this.#kept,
      forbidden,
    });
    assert.deepEqual((await this.#pushOnce({ isFull: true })).tables, {}, 'nothing is left to be done');
  }

  #pushOnce(changes: Partial<PushOptions> = {}): ReturnType<typeof pushTo> {
    const { schema, root, proxy } = this.#places;
    const warehouse = warehouseAt(schema.name, { port: proxy.port });
    return pushTo(schema.name, root, { warehouse, ...this.#order, ...changes });
  }

  #isPublished(): boolean {
    return backupFiles(dataFolderAt(this.#places.root)).some(({ kind }) => kind === 'generation');
  }

  #begin(mirror: MirrorDatabase, who: number): string {
    const mode = who < 2 ? 'full' : this.#mode;
    return begin(mirror, `run ${++this.#runs}`, this.#instanceOf(who), { privacy: mode });
  }

  #instanceOf(who: number): number {
    return who < 2 ? 1 : this.#second;
  }

  #open(): Promise<MirrorDatabase> {
    const now = this.#now;
    return openMirror(this.#places.root, { now: () => now, zone: this.#zone, shardLimits: SMALL_LIMITS });
  }

  async #write(work: (mirror: MirrorDatabase) => unknown): Promise<void> {
    const mirror = await this.#open();
    try {
      await work(mirror);
      mirror.publish();
    } finally {
      mirror.close();
    }
  }
}

function idOf(who: number): string {
  return `id-of-person-${who}-`;
}

function nameOf(who: number): string {
  return `Name-of-person-${who}-`;
}

function chatOf(who: number, where: number): string {
  return `chat-of-${who}-${where}`;
}

function textOf(who: number, where: number): string {
  return `words-of-${who}-${where}`;
}
