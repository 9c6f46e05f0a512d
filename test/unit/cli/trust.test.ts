import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SampleWorld } from '../../../src/sample/world';
import { recordExport } from '../../../src/store/exportLedger/exportLedger';
import { addWarehouse } from '../../../src/warehouse/warehousesFile';
import { CliStage } from './cliStage';

/** Two people with two chats each, a model and two knowledge bases. */
function smallWorld(): SampleWorld {
  const world = new SampleWorld({ clock: () => Math.floor(Date.now() / 1000) });
  const admin = world.users.add({ name: 'Ada Admin', email: 'ada@example.test', role: 'admin' });
  const bob = world.users.add({ name: 'Bob Builder', email: 'bob@example.test' });
  world.library.addModel({ id: 'gpt-x' });
  for (const user of [admin, bob]) {
    for (const title of ['Rocket plans', 'Lunch menu']) {
      const chat = world.chats.add(user.id, { title: `${title} of ${user.name}`, models: ['gpt-x'] });
      world.chats.addTurn(chat.id, { prompt: `A secret about ${title}`, answers: [{ content: 'Aye' }] });
    }
  }
  world.library.addKnowledge({ name: 'Handbook' });
  world.library.addKnowledge({ name: 'Price list' });
  return world;
}

describe('the command line of a careful administrator', function () {
  this.timeout(120_000);
  const stage = new CliStage(smallWorld);
  beforeEach(async () => {
    await stage.set();
    await stage.add();
    await stage.ok(['sync']);
  });
  afterEach(() => stage.strike());

  const world = () => stage.server.world;
  const addChat = (title: string) => {
    const bob = world().users.findByEmail('bob@example.test');
    assert.ok(bob !== undefined);
    return world().chats.add(bob.id, { title, models: ['gpt-x'] });
  };
  const generations = () => readdirSync(join(stage.data, 'db')).sort();

  it('reconciles on request and says what that cost', async () => {
    const out = await stage.ok(['sync', '--reconcile']);
    assert.match(
      out,
      /^fasgpt: incremental sync of everybody done in .* · nothing changed · \d+ requests, about \d+ expected\n/,
    );
    const runs = await stage.rows('SELECT kind, walk FROM sync_runs ORDER BY id');
    assert.deepEqual(runs, [
      { kind: 'full', walk: 'complete' },
      { kind: 'incremental', walk: 'complete' },
    ]);
  });

  it('says what a sync would change and writes nothing', async () => {
    addChat('Surprise \u001b[31mparty');
    const before = generations();
    const { code, out, err } = await stage.run(['sync', '--preview']);
    assert.equal(code, 0, err);
    assert.match(out, /New: Chats \(1\)\n {2}Surprise ·\[31mparty\n/);
    assert.deepEqual(generations(), before);
    assert.deepEqual(await stage.rows('SELECT count(*) AS runs FROM sync_runs'), [{ runs: 1 }]);
    const [preview] = JSON.parse(await stage.ok(['sync', '--preview', '--json'])) as { changes: object[] }[];
    assert.equal(preview?.changes.length, 1);
    assert.match(await stage.ok(['sync']), /2 new|1 new/);
  });

  it('lists deletions that were held back, and marks them once somebody agreed', async () => {
    for (const { id } of world().library.knowledge()) {
      world().library.removeKnowledge(id);
    }
    const err = await stage.fails(['sync'], 3, /Deletions were held back; the lines above say how/);
    assert.match(err, /All 2 knowledge bases are gone[^]*\n {2}To see them: deletions fasgpt; to agree: /);
    assert.match(
      await stage.ok(['status']),
      /\n {2}Held Back: 2 deletions\. To see them: deletions fasgpt\n/,
    );
    assert.match(await stage.ok(['deletions']), /Knowledge bases \(2\)[^]*\n {2}Handbook\n {2}Price list\n/);
    const json = JSON.parse(await stage.ok(['deletions', 'fasgpt', '--json'])) as { instance: string }[];
    assert.deepEqual(
      json.map(({ instance }) => instance),
      ['fasgpt', 'fasgpt'],
    );
    await stage.fails(['sync', '--accept-deletions'], 2, /Nothing was changed\. Add --yes/);
    const living = 'SELECT count(*) AS n FROM knowledge_bases WHERE is_deleted = 0';
    assert.deepEqual(await stage.rows(living), [{ n: 2 }]);
    await stage.ok(['sync', '--accept-deletions', '--yes']);
    assert.deepEqual(await stage.rows(living), [{ n: 0 }]);
    assert.match(await stage.ok(['deletions']), /^No deletion of fasgpt is held back\.\n$/);
    assert.match(await stage.ok(['sync', '--accept-deletions', '--yes']), /^No deletion is held back\.\n$/);
  });

  it('compares the database with the server and tells the difference by its exit code', async () => {
    assert.match(await stage.ok(['verify', '--sample', 'all']), /^fasgpt: the mirror equals the server\n/);
    addChat('Nobody fetched me');
    const { code, out, err } = await stage.run(['verify']);
    assert.equal(code, 5, err);
    assert.match(out, /1 difference between mirror and server[^]*“Nobody fetched me”/);
    const different = await stage.run(['verify', '--json']);
    assert.equal(different.code, 5);
    const [report] = JSON.parse(different.out) as { differenceCount: number }[];
    assert.equal(report?.differenceCount, 1);
    stage.server.setGates({ adminChatAccess: false });
    assert.equal((await stage.run(['verify'])).code, 3, 'what cannot be read was not compared');
  });

  it('removes what a stricter mode excludes, after listing it', async () => {
    const change = ['instances', 'set-privacy', 'fasgpt', 'pseudonyms'];
    const asked = await stage.fails(change, 2, /Nothing was changed\. Add --yes/);
    assert.match(asked, /Rows of the database:[^]*Files that are deleted/);
    assert.match(await stage.ok(['query', 'SELECT name FROM users']), /Bob Builder/);
    assert.match(
      await stage.ok([...change, '--yes']),
      /^fasgpt: pseudonyms\. Removed: \d+ rows and \d+ files?\.\n$/,
    );
    assert.match(await stage.ok(['instances', 'list']), / {2}privacy: pseudonyms\n$/);
    assert.match(await stage.ok(['status']), /\n {2}Privacy: pseudonyms\n$/);
    assertNowhere(['Bob Builder', 'bob@example.test', 'Rocket plans', 'A secret about']);
    await stage.ok(['sync', '--full']);
    assertNowhere(['Bob Builder', 'bob@example.test', 'Rocket plans', 'A secret about']);
    assert.match(
      await stage.ok(['instances', 'set-privacy', 'fasgpt', 'full']),
      /What was left out so far comes with: sync fasgpt --full\n$/,
    );
  });

  it('erases a person for good', async () => {
    await stage.fails(['erase-person', 'fasgpt', 'nobody@example.test'], 1, /knows nobody of fasgpt/);
    await stage.fails(['erase-person', 'fasgpt', 'bob@example.test'], 2, /Add --yes/);
    const out = await stage.ok(['erase-person', 'fasgpt', 'BOB@example.test', '--yes']);
    assert.match(out, /^Erased from fasgpt: \d+ rows and \d+ files?\.\n$/);
    assertNowhere(['Bob Builder', 'bob@example.test']);
    await stage.ok(['sync', '--full']);
    assertNowhere(['Bob Builder', 'bob@example.test']);
    assert.deepEqual(await stage.rows('SELECT name FROM users'), [{ name: 'Ada Admin' }]);
  });

  it('says where else may still be what was removed', async () => {
    const at = Date.UTC(2025, 10, 16, 12) / 1000;
    const entry = { format: 'xlsx', kind: 'report', instances: [1], at } as const;
    await recordExport(stage.data, { ...entry, path: '/exports/usage.xlsx' });
    await recordExport(stage.data, { ...entry, path: '/exports/no-names.xlsx', isPseudonymised: true });
    const place = { host: 'localhost', port: 5432, database: 'facts', user: 'ada', schema: 'chat' };
    await addWarehouse(stage.data, { name: 'Lake', ...place, ssl: 'disable' });
    const elsewhere = [
      'Earlier exports may still hold it. Delete them yourself:',
      '  /exports/usage.xlsx (xlsx, 2025-11-16 12:00:00; not there now)',
      'Warehouses hold it until the next push, which removes it there:',
      '  Lake',
    ].join('\n');
    for (const command of [
      ['erase-person', 'fasgpt', 'bob@example.test', '--yes'],
      ['instances', 'set-privacy', 'fasgpt', 'names', '--yes'],
      ['instances', 'remove', 'fasgpt', '--delete-data'],
    ]) {
      const out = await stage.ok(command);
      assert.equal(out.slice(out.indexOf('\n') + 1), `${elsewhere}\n`);
    }
  });

  it('changes the time zone of all that is stored', async () => {
    assert.equal(await stage.ok(['zone']), 'UTC\n');
    const sql = `SELECT count(*) AS n FROM messages
      WHERE created_at = strftime('%Y-%m-%d %H:%M:%S', created_at_epoch + :offset, 'unixepoch')`;
    const [all] = await stage.rows('SELECT count(*) AS n FROM messages');
    assert.deepEqual(await stage.rows(sql.replace(':offset', '0')), [all]);
    assert.equal(await stage.ok(['zone', 'Asia/Kathmandu']), 'Asia/Kathmandu\n');
    assert.deepEqual(await stage.rows(sql.replace(':offset', '20700')), [all]);
    await stage.fails(
      ['zone', 'Mars/Olympus'],
      1,
      /There is no time zone Mars\/Olympus\. Use a name such as/,
    );
    assert.deepEqual(await stage.rows(sql.replace(':offset', '20700')), [all]);
  });

  function assertNowhere(texts: readonly string[]): void {
    for (const entry of readdirSync(stage.data, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) {
        const content = readFileSync(join(entry.parentPath, entry.name));
        const found = texts.filter((text) => content.includes(text));
        assert.deepEqual(found, [], `${entry.name} still holds it`);
      }
    }
  }
});

describe('an instance that stores counts only', function () {
  this.timeout(120_000);
  const stage = new CliStage(smallWorld);
  beforeEach(() => stage.set());
  afterEach(() => stage.strike());

  it('can be added so, and its people are erased by the id that the server shows', async () => {
    assert.equal((await stage.add('fasgpt', '--privacy', 'counts')).code, 0);
    await stage.ok(['sync']);
    const bob = stage.server.world.users.findByEmail('bob@example.test');
    assert.ok(bob !== undefined);
    const rows = await stage.rows(`SELECT count(*) AS n FROM users WHERE remote_id = '${bob.id}'`);
    assert.deepEqual(rows, [{ n: 0 }], 'its id is hashed');
    await stage.ok(['erase-person', 'fasgpt', bob.id, '--yes']);
    assert.deepEqual(await stage.rows('SELECT count(*) AS n FROM users'), [{ n: 1 }]);
  });

  it('is refused in a mode that does not exist', async () => {
    const { code, err } = await stage.add('fasgpt', '--privacy', 'some');
    assert.equal(code, 2);
    assert.match(err, /full, names, pseudonyms, counts/);
  });
});

describe('options of the command line that exclude each other', function () {
  this.timeout(120_000);
  const stage = new CliStage(smallWorld);
  beforeEach(() => stage.set());
  afterEach(() => stage.strike());

  for (const options of [
    ['--full', '--reconcile'],
    ['--preview', '--accept-deletions'],
  ]) {
    it(`${options.join(' ')} is wrong usage`, async () => {
      await stage.add();
      assert.equal((await stage.run(['sync', ...options])).code, 2);
    });
  }

  it('--sample takes a number or "all"', async () => {
    await stage.add();
    await stage.fails(['verify', '--sample', 'some'], 2, /whole number from 1 on, or "all"/);
  });
});
