import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { change } from './change';
import { addDamagedChat } from './damagedChat';
import { readMirror, type Mirror } from './mirror';
import { assertSame, assertSameKeys, tableNames, type Picture, type Table, type TableName } from './picture';
import { Product } from './product';
import { idOf, seed, type World } from './seed';
import { readTruth, type ServerDatabase } from './truth';
import { localText } from './zonedTime';

/**
 * The product against a real Open WebUI server: what its mirror holds is compared, row by row, with what the server's
 * own database says. `scripts/contract.mjs` starts the server and tells where it is.
 */
const version = setting('VERSION');
const url = setting('URL');
const cli = setting('CLI');
const folder = setting('FOLDER');
const database: ServerDatabase = { file: setting('DATABASE'), python: setting('PYTHON') };

/** Its clocks change between the seeded messages and now. */
const zone = 'America/New_York';
const instance = 'contract';

/** Tables whose rows are kept and marked when they are gone from the server; `chat_models` is derived. */
const keptTables = tableNames.filter((table) => table !== 'chat_models');

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
    for (const table of tableNames) {
      truthKeys(table).forEach((key) => everSeen.get(table)?.add(key));
    }
  }

  const truthKeys = (table: TableName): string[] => [...truth[table].keys()];

  function gone(table: TableName): Set<string> {
    return new Set([...(everSeen.get(table) ?? [])].filter((key) => !truth[table].has(key)));
  }

  function lastRunIs(kind: 'full' | 'incremental'): void {
    const run = mirror.runs.at(-1);
    assert.deepEqual(
      { kind: run?.kind, trigger: run?.trigger, status: run?.status, error: run?.error },
      { kind, trigger: 'cli', status: 'ok', error: null },
    );
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

    it('gives each time in the zone of the mirror', () => {
      const wrong = mirror.times.filter(
        ({ text, epoch }) => epoch !== null && text !== localText(epoch, zone),
      );
      assert.deepEqual(wrong, []);
    });

    it('keeps the key out of the data folder', async () => {
      // Up to 0.6 the server's list of users shows every key.
      const names = await readdir(product.dataFolder, { recursive: true, withFileTypes: true });
      const files = names
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => path.join(parentPath, name));
      const contents = await Promise.all(files.map((file) => readFile(file)));
      assert.deepEqual(
        files.filter((_file, index) => contents[index]?.includes(world.apiKey)),
        [],
      );
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

  describe('a full sync after changes', () => {
    before(() => sync('--full'));

    it('is recorded as ok', () => lastRunIs('full'));
    rowsAgree();
  });

  describe('an incremental sync into an empty mirror', () => {
    before(async () => {
      product = await connect('second mirror');
      await sync();
      everSeen.forEach((keys, table) => keys.forEach((key) => truth[table].has(key) || keys.delete(key)));
    });

    rowsAgree();
  });

  describe('a chat that some servers can never serve again', () => {
    let chatId: string;
    let isServed: boolean;

    before(async () => {
      ({ chatId, isServed } = await addDamagedChat(world));
      await sync();
    });

    it('does not fail the sync', () => lastRunIs('incremental'));

    it('is quarantined, unless the server has mended it', () => {
      assert.equal(mirror.quarantinedChats.has(chatId), !isServed);
      assert.equal(mirror.live.chats.has(chatId), isServed);
    });

    rowsAgree([], (key) => !isServed && key.startsWith(chatId));
  });
});

function without(table: Table, isLeftOut: (key: string) => boolean): Table {
  return new Map([...table].filter(([key]) => !isLeftOut(key)));
}

/** @throws Error when the test was not started by `npm run test:contract`. */
function setting(name: string): string {
  const value = process.env[`CONTRACT_${name}`];
  if (value === undefined || value === '') {
    throw new Error(`CONTRACT_${name} is not set; start this test with npm run test:contract`);
  }
  return value;
}
