import assert from 'node:assert/strict';
import path from 'node:path';
import {
  analyticsOf,
  countedByServer,
  readAnalytics,
  readMessages,
  type Analytics,
  type CountedMessage,
  type Message,
} from './analytics';
import { change, changeOnceMore } from './change';
import { addDamagedChat } from './damagedChat';
import { readMirror, type Mirror } from './mirror';
import {
  assertSame,
  assertSameKeys,
  tableNames,
  without,
  type Picture,
  type Table,
  type TableName,
} from './picture';
import { Product, type Outcome } from './product';
import { idOf, seed, type World } from './seed';
import { CLOSED_CHATS, FEW_PATHS, ServerControl } from './serverControl';
import { readSettings } from './settings';
import { totalNames, totalsOf } from './totals';
import { readTruth } from './truth';
import { localText } from './zonedTime';

/**
 * The product against a real Open WebUI server: what its mirror holds is compared, row by row, with what the server's
 * own database says. `scripts/contract.mjs` starts the server and tells where it is.
 */
const { version, url, cli, folder, database, controlUrl } = readSettings();
const control = new ServerControl(controlUrl);

/** Its clocks change between the seeded messages and now. */
const zone = 'America/New_York';
const instance = 'contract';

/** Tables whose rows are kept and marked when they are gone from the server; `chat_models` is derived. */
const keptTables = tableNames.filter((table) => table !== 'chat_models');

/** The same numbers in one order. */
function sorted({ byModel, byUser, ...totals }: Analytics): unknown {
  const inOrder = (counted: Analytics['byModel']) =>
    [...counted].sort(([left], [right]) => left.localeCompare(right));
  return { ...totals, byModel: inOrder(byModel), byUser: inOrder(byUser) };
}

describe(`Open WebUI ${version}`, function () {
  this.timeout(180_000);

  let world: World;
  let product: Product;
  let truth: Picture;
  let mirror: Mirror;
  /** Everything that was ever on the server when a sync ran. */
  const everSeen = new Map<TableName, Set<string>>(tableNames.map((table) => [table, new Set()]));

  before('fill the server', async () => {
    world = await seed(url);
    product = await connect('mirror');
  });

  async function connect(name: string): Promise<Product> {
    const environment = { TZ: zone, CONTRACT_KEY: world.apiKey };
    const connected = new Product(cli, path.join(folder, name), environment);
    await connected.run('instances', 'add', instance, '--url', url, '--key-env', 'CONTRACT_KEY');
    return connected;
  }

  async function sync(...options: readonly string[]): Promise<void> {
    await product.run('sync', instance, ...options);
    truth = await readTruth(database);
    mirror = await readMirror(product.dataFolder);
    noteSeen();
  }

  function noteSeen(): void {
    for (const table of tableNames) {
      truthKeys(table).forEach((key) => everSeen.get(table)?.add(key));
    }
    // Ratings tell of people who are gone already.
    truth.feedback.forEach(({ author }) => everSeen.get('users')?.add(String(author)));
  }

  const truthKeys = (table: TableName): string[] => [...truth[table].keys()];

  function gone(table: TableName): Set<string> {
    return new Set([...(everSeen.get(table) ?? [])].filter((key) => !truth[table].has(key)));
  }

  function lastRunIs(kind: 'full' | 'incremental', walk = kind === 'full' ? 'complete' : 'active'): void {
    const run = mirror.runs.at(-1);
    assert.deepEqual(
      { kind: run?.kind, walk: run?.walk, trigger: run?.trigger, status: run?.status, error: run?.error },
      { kind, walk, trigger: 'cli', status: 'ok', error: null },
    );
  }

  function totalsAgree(): void {
    for (const name of totalNames) {
      it(`${name} are the sums of the server's rows`, () => {
        assert.deepEqual(mirror.totals[name], totalsOf(truth)[name]);
      });
    }
  }

  /**
   * @param ignored columns that this kind of sync need not know yet
   * @param isLeftOut rows that it need not know yet
   */
  function rowsAgree(
    ignored: readonly string[] = [],
    isLeftOut: (key: string) => boolean = () => false,
  ): void {
    for (const table of tableNames) {
      it(`${table} agree with the server's`, () => {
        const actual = table === 'models' ? withoutProviderModels(mirror.live.models) : mirror.live[table];
        assertSame(without(truth[table], isLeftOut), without(actual, isLeftOut), ignored);
      });
    }
    for (const table of keptTables) {
      it(`${table} that are gone are marked, and nothing else`, () => {
        const marked = [...mirror.deleted[table]].filter((key) => !isLeftOut(key));
        const expected = [...gone(table)].filter((key) => !isLeftOut(key));
        assertSameKeys(new Set(expected), new Set(marked));
      });
    }
  }

  /** Those come from the provider, not from the server's database. */
  function withoutProviderModels(models: Table): Table {
    return new Map([...models].filter(([key, row]) => row['source'] !== 'provider' || truth.models.has(key)));
  }

  describe('a first full sync', () => {
    before(() => sync('--full'));

    it('is recorded as ok', () => lastRunIs('full'));
    rowsAgree();
    totalsAgree();

    it('keeps what a rating quotes of its chat out of the data folder', async () => {
      assert.deepEqual(await product.filesWith('snapshot that must not be mirrored'), []);
    });

    it('gives each time in the zone of the mirror', () => {
      const wrong = mirror.times.filter(
        ({ text, epoch }) => epoch !== null && text !== localText(epoch, zone),
      );
      assert.deepEqual(wrong, []);
    });

    it('keeps the key out of the data folder', async () => {
      // Up to 0.6 the server's list of users shows every key.
      assert.deepEqual(await product.filesWith(world.apiKey), []);
    });
  });

  /** Where definitions agree the numbers do; docs/metrics.md says where they do not. */
  describe("the server's own analytics", () => {
    let theirs: Analytics | undefined;
    let ours: readonly Message[];
    let counted: ReadonlyMap<string, CountedMessage>;

    // Every release so far begins with "0.".
    const minor = Number(version.split('.')[1]);

    before(async () => {
      theirs = await readAnalytics(world.admin.api);
      counted = await countedByServer(database);
      ours = await readMessages(product.dataFolder);
    });

    it('are there from 0.8 on', () => {
      assert.equal(theirs !== undefined, minor >= 8);
    });

    it('count only messages that we have', () => {
      const known = new Set(ours.map(({ id }) => id));
      assert.deepEqual(
        [...counted.keys()].filter((id) => !known.has(id)),
        [],
      );
    });

    it('give our messages, chats, users and tokens, by model and by user, for what they count', () => {
      const actual = analyticsOf(ours, counted, minor < 9);
      assert.deepEqual(theirs === undefined ? undefined : sorted(theirs), theirs && sorted(actual));
    });

    it('leave out at most what their table lacks: we have every generation of the server', () => {
      const generations = [...truth.messages.values()].filter(({ role }) => role === 'assistant').length;
      assert.equal(ours.filter(({ isTurn }) => !isTurn).length, generations);
    });
  });

  describe('an incremental sync with nothing changed', () => {
    let earlierRuns: number;
    before(async () => {
      earlierRuns = mirror.runs.length;
      await sync();
    });

    it('is recorded as ok', () => lastRunIs('incremental'));
    rowsAgree();

    it('counts no change, though the account of the sync was active', () => {
      const { inserted, updated, deleted } = mirror.runs.at(-1) ?? assert.fail('no run was recorded');
      assert.deepEqual({ inserted, updated, deleted }, { inserted: 0, updated: 0, deleted: 0 });
    });

    it('keeps the earlier run', () => assert.equal(mirror.runs.length, earlierRuns + 1));
  });

  describe('an incremental sync after changes', () => {
    before(async () => {
      await change(world);
      await sync();
    });

    // An administrator's deletion of another's chat may wait for the next complete walk.
    const isLate = (key: string): boolean => key.startsWith(idOf(world.chats, 'd01'));

    it('is recorded as ok', () => lastRunIs('incremental'));
    // A tag alone moves no time of its chat.
    rowsAgree(['tags'], isLate);
  });

  describe('a reconcile after changes', () => {
    before(() => sync('--reconcile'));

    it('is recorded as ok', () => lastRunIs('incremental', 'complete'));
    rowsAgree(['tags']);
    totalsAgree();
  });

  describe('a full sync after changes', () => {
    before(() => sync('--full'));

    it('is recorded as ok', () => lastRunIs('full'));
    rowsAgree();
    totalsAgree();
  });

  describe('an incremental sync into an empty mirror', () => {
    before(async () => {
      product = await connect('second mirror');
      await sync();
      everSeen.forEach((keys, table) => keys.forEach((key) => truth[table].has(key) || keys.delete(key)));
      noteSeen();
    });

    rowsAgree();
  });

  let chatId: string;
  let isServed: boolean;
  const isDamaged = (key: string): boolean => !isServed && key.startsWith(chatId);

  describe('a chat that some servers can never serve again', () => {
    before(async () => {
      ({ chatId, isServed } = await addDamagedChat(world));
      await sync();
    });

    it('does not fail the sync', () => lastRunIs('incremental'));

    it('is quarantined, unless the server has mended it', () => {
      assert.equal(mirror.quarantinedChats.has(chatId), !isServed);
      assert.equal(mirror.live.chats.has(chatId), isServed);
    });

    rowsAgree([], isDamaged);
  });

  /** What may be read changes, the data does not: the mirror keeps what it has. */
  describe('a server that closes some areas', () => {
    let known: Mirror;
    before(() => {
      known = mirror;
    });

    function nothingIsLost(): void {
      for (const table of tableNames) {
        it(`${table} stay as they were`, () => {
          // The run itself moves the activity of its account, which is no part of the pictures.
          assertSame(known.live[table], mirror.live[table]);
          assertSameKeys(known.deleted[table], mirror.deleted[table]);
        });
      }
    }

    function says(stream: string, status: string, code: string | null): void {
      it(`${stream} are ${status}`, () => {
        assert.deepEqual(mirror.streams.get(stream), { status, code });
      });
    }

    for (const [index, options] of [[], ['--full']].entries()) {
      describe(`chats closed to administrators, ${options[0] ?? 'incremental'}`, () => {
        let outcome: Outcome;
        before(async () => {
          if (index === 0) {
            await control.restart(CLOSED_CHATS);
          }
          outcome = await product.try('sync', instance, ...options);
          mirror = await readMirror(product.dataFolder);
        });

        nothingIsLost();
        says('users', 'ok', null);
        says('chats', 'skipped', 'chatAccessOff');
        says('feedback', 'ok', null);
        it('is told', () => assert.match(outcome.output, /ENABLE_ADMIN_CHAT_ACCESS/));
        it('is recorded as done in part', () => assert.equal(mirror.runs.at(-1)?.status, 'partial'));
      });
    }

    describe('a key that may use some paths only', () => {
      let outcome: Outcome;
      before(async () => {
        await control.restart(FEW_PATHS);
        outcome = await product.try('sync', instance);
        mirror = await readMirror(product.dataFolder);
      });

      nothingIsLost();
      says('users', 'ok', null);
      says('files', 'ok', null);
      for (const stream of ['groups', 'chats', 'feedback', 'models', 'knowledge_bases']) {
        says(stream, 'skipped', 'endpointNotAllowed');
      }
      it('is told', () => assert.match(outcome.output, /does not allow this key to use \/api\/v1\//));
    });

    describe('everything open again', () => {
      before(async () => {
        await control.restart({});
        await changeOnceMore(world);
        await sync();
      });

      it('is recorded as ok', () => lastRunIs('incremental'));
      rowsAgree([], isDamaged);
    });
  });
});
