import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCompany } from '../../../src/sample/company/company';
import { SqliteDatabase } from '../../../src/store/sqlite/sqlite';
import { acquireSyncLock } from '../../../src/store/locks/syncLock';
import { PROMISED_QUERIES } from '../../promisedQueries';
import { assertSentence, CliStage } from './cliStage';
import { runCli, type CliOptions, type CliResult } from './runCli';

const company = () => generateCompany({ name: 'fasgpt', users: 6, chats: 24, messages: 80 });

describe('the command line', function () {
  this.timeout(120_000);
  const stage = new CliStage(company);
  beforeEach(() => stage.set());
  afterEach(() => stage.strike());

  const run = (args: readonly string[], options?: CliOptions): Promise<CliResult> => stage.run(args, options);
  const ok = (args: readonly string[]): Promise<string> => stage.ok(args);
  const add = (name?: string): Promise<CliResult> => stage.add(name);

  it('adds, lists and removes instances', async () => {
    assert.equal((await add()).code, 0);
    assert.match(await ok(['instances', 'list']), /^1 {2}fasgpt {2}http:.* key: \$FASGPT_KEY\n$/);
    await ok(['instances', 'remove', 'FASGPT']);
    assert.equal(await ok(['instances', 'list']), '');
  });

  it('keeps no key on disk', async () => {
    await add();
    await ok(['sync']);
    const files = ['instances.json', 'openwebui_sync.log', 'journal.jsonl', 'openwebui_sync.db'];
    for (const file of files.filter((name) => existsSync(join(stage.data, name)))) {
      assert.ok(!readFileSync(join(stage.data, file)).includes(stage.server.apiKey), file);
    }
  });

  it('syncs, then tells the status in the promised layout', async () => {
    await add();
    assert.match(await ok(['sync', 'fasgpt', '--full']), /^fasgpt: full sync done in /);
    const status = await ok(['status']);
    assert.match(
      status,
      /^={70}\n {28}SYNC STATUS\n={70}\n\nFASGPT:\n {2}Last Sync: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n {2}Users: 6\n {2}Chats: 24\n {2}Messages: 80\n$/,
    );
    const json = JSON.parse(await ok(['status', '--json'])) as { instances: [Record<string, unknown>] };
    assert.equal(json.instances[0]['chats'], 24);
    assert.equal((json.instances[0]['runs'] as { trigger: string }[])[0]?.trigger, 'cli');
  });

  it('fetches next to nothing when nothing changed', async () => {
    await add();
    await ok(['sync', '--full']);
    const full = stage.server.requests.length;
    stage.server.clearRequests();
    assert.match(await ok(['sync']), /^fasgpt: incremental sync done in .* nothing changed/);
    assert.ok(stage.server.requests.length < full / 2, `${stage.server.requests.length} of ${full} requests`);
  });

  it('says that another program had changed the database, and keeps its version', async () => {
    await add();
    await ok(['sync']);
    const database = join(stage.data, 'openwebui_sync.db');
    writeFileSync(database, 'edited');
    const { code, err } = await run(['sync']);
    assert.equal(code, 0);
    const [, kept] = /had changed openwebui_sync\.db\. Its version is kept as (\S+);/.exec(err) ?? [];
    assert.equal(readFileSync(join(stage.data, kept ?? ''), 'utf8'), 'edited');
    assert.match(
      readFileSync(join(stage.data, 'openwebui_sync.log'), 'utf8'),
      /had changed openwebui_sync\.db/,
    );
    assert.doesNotMatch((await run(['sync'])).err, /had changed/);
  });

  it('runs the three contract queries verbatim', async () => {
    await add();
    await ok(['sync']);
    const rows = await Promise.all(
      Object.values(PROMISED_QUERIES).map(
        async (sql) => JSON.parse(await ok(['query', sql, '--json'])) as object[],
      ),
    );
    assert.deepEqual(
      rows.map((result) => Object.keys(result[0] ?? {})),
      [
        ['name', 'message_count'],
        ['model_id', 'usage_count'],
        ['date', 'messages'],
      ],
    );
  });

  it('writes a table, CSV and JSON', async () => {
    await add();
    await ok(['sync']);
    const sql = "SELECT 1 AS id, 'a,b' AS title, NULL AS missing";
    assert.equal(await ok(['query', sql]), 'id  title  missing\n--  -----  -------\n 1  a,b    NULL\n');
    assert.equal(await ok(['query', sql, '--csv']), 'id,title,missing\r\n1,"a,b",\r\n');
    assert.deepEqual(JSON.parse(await ok(['query', sql, '--json'])), [
      { id: 1, title: 'a,b', missing: null },
    ]);
    const fromInput = await run(['query', '-', '--csv'], { input: 'SELECT 2 AS n' });
    assert.equal(fromInput.out, 'n\r\n2\r\n');
  });

  it('says that a table was limited', async () => {
    await add();
    await ok(['sync']);
    const { code, out, err } = await run(['query', 'SELECT id FROM messages', '--limit', '2']);
    assert.equal(code, 0);
    assert.equal(out.split('\n').length, 5);
    assertSentence(err, /Limited to 2 rows/);
  });

  it('saves a complete copy, and replaces one only when told to', async () => {
    await add();
    await ok(['sync']);
    const file = `${stage.data}-copy.db`;
    try {
      assert.match(await ok(['copy', file]), /^Saved \S+\.db \(\d.*B\)\.\n$/u);
      const again = await run(['copy', file]);
      assert.equal(again.code, 1);
      assertSentence(again.err, /exists already/);
      await ok(['copy', file, '--force']);
      const copy = await SqliteDatabase.open(readFileSync(file));
      assert.deepEqual(copy.get('SELECT count(*) FROM messages'), [80]);
      copy.close();
      const inside = await run(['copy', join(stage.data, 'copy.db')]);
      assertSentence(inside.err, /outside the data folder/);
    } finally {
      rmSync(file, { force: true });
    }
  });

  it('explains an SQL error and a write in one sentence', async () => {
    await add();
    await ok(['sync']);
    const wrong = await run(['query', 'SELECT nmae FROM users']);
    assert.equal(wrong.code, 1);
    assertSentence(wrong.err, /^no such column: nmae\n$/);
    const write = await run(['query', 'DELETE FROM users']);
    assert.equal(write.code, 1);
    assertSentence(write.err, /read-only copy/);
    assert.match(await ok(['status']), /Users: 6/);
  });

  it('reads a key from a file of its owner and refuses one that others can read', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const keyFile = join(stage.data, 'key');
    writeFileSync(keyFile, `${stage.server.apiKey}\n`, { mode: 0o600 });
    const args = ['instances', 'add', 'fasgpt', '--url', stage.server.url, '--key-file', keyFile];
    assert.equal((await run(args)).code, 0);
    await ok(['sync']);
    chmodSync(keyFile, 0o644);
    const { code, err } = await run(['sync']);
    assert.equal(code, 1);
    assertSentence(err, /chmod 600/);
    assert.equal(statSync(join(stage.data, 'instances.json')).mode & 0o077, 0);
  });

  it('fails with the reason when the key is rejected, and tells it in the status', async () => {
    await add();
    const { code, err } = await run(['sync'], { env: { FASGPT_KEY: 'sk-wrong' } });
    assert.equal(code, 3);
    assertSentence(err, /rejects the key/);
    assert.match(await ok(['status']), /Last Run: failed - .*rejects the key/);
  });

  it('syncs all instances, side by side, and says which were left out', async () => {
    await add();
    await add('resgpt');
    await run(['instances', 'set-key', 'resgpt', '--key-env', 'OTHER_KEY']);
    const { code, out, err } = await run(['sync', '--all']);
    assert.equal(code, 3);
    assert.match(out, /^fasgpt: /m);
    assertSentence(err, /resgpt: The environment variable OTHER_KEY/);
    assert.equal((await run(['sync', '--all'], { env: { OTHER_KEY: stage.server.apiKey } })).code, 0);
  });

  it('has an exit code of its own while another process syncs', async () => {
    await add();
    const attempt = await acquireSyncLock(stage.data, { version: 'test' });
    assert.ok(attempt.status === 'acquired');
    const { code, err } = await run(['sync']);
    await attempt.lock.release();
    assert.equal(code, 4);
    assertSentence(err, /is syncing/);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`stops at ${signal} and keeps what was fetched`, async function () {
      if (process.platform === 'win32') {
        this.skip(); // Windows ends a process without asking it.
      }
      await stage.strike();
      await stage.set(100);
      await add();
      const { code, err } = await run(['sync'], {
        onErr: (text, interrupt) => {
          if (text.includes('chats')) {
            interrupt(signal);
          }
        },
      });
      assert.equal(code, 130, err);
      assertSentence(err, /Cancelled\. What was fetched is kept/);
      assert.match(await ok(['status']), /Last Run: cancelled/);
      assert.deepEqual(JSON.parse(await ok(['query', 'SELECT COUNT(*) > 0 AS kept FROM users', '--json'])), [
        { kept: 1 },
      ]);
    });
  }

  for (const [what, args, code, pattern] of [
    ['no command at all', [], 2, /Usage/],
    ['an unknown option', ['status', '--nonsense'], 2, /unknown option/],
    ['an instance that does not exist', ['sync', 'nobody'], 2, /There is no instance "nobody"/],
    ['a sync without an instance', ['sync'], 1, /There is no instance yet/],
    ['a query before the first sync', ['query', 'SELECT 1'], 1, /no database yet/i],
    [
      'a key on the command line',
      ['instances', 'add', 'x', '--url', 'http://h', '--key-env', 'sk-1'],
      2,
      /name of an/,
    ],
    [
      'no place of a key',
      ['instances', 'add', 'x', '--url', 'http://h'],
      2,
      /either --key-env VAR or --key-file/,
    ],
    [
      'an address that is none',
      ['instances', 'add', 'x', '--url', 'h', '--key-env', 'K'],
      1,
      /must start with http/,
    ],
  ] as const) {
    it(`answers ${what} with exit code ${code} and a sentence`, async () => {
      const result = await (args.length === 0 ? runCli([]) : run(args));
      assert.equal(result.code, code);
      assertSentence(result.err, pattern);
      assert.equal(result.out, '');
    });
  }

  it('begins in UTC where the machine names a zone that nobody knows', async () => {
    const data = join(stage.data, 'new');
    const env = { TZ: 'Nonsense/Zone' };
    const args = ['add', 'x', '--url', 'http://h', '--key-env', 'K', '--data', data];
    const { code, err } = await runCli(['instances', ...args], { env });
    assert.equal(code, 0, err);
    assert.equal((await runCli(['zone', '--data', data], { env })).out, 'UTC\n');
  });

  it('refuses a file in the place of a folder', async () => {
    const file = join(stage.data, 'notes.txt');
    writeFileSync(file, '');
    const { code, err } = await runCli(['status', '--data', file]);
    assert.equal(code, 1);
    assertSentence(err, /notes\.txt is not a folder/);
  });

  it('asks for --data where no folder is known', async () => {
    const missing = join(stage.data, 'nowhere');
    const { code, err } = await runCli(['status', '--data', missing]);
    assert.equal(code, 1);
    assertSentence(err, /There is no folder .*nowhere/);
    const unknown = await runCli(['status'], {
      env: { HOME: stage.data, XDG_CONFIG_HOME: stage.data, USERPROFILE: stage.data },
    });
    assert.equal(unknown.code, 1);
    assertSentence(unknown.err, /--data DIR/);
  });

  it('helps', async () => {
    const { code, out } = await runCli(['--help']);
    assert.equal(code, 0);
    assert.match(out, /Exit codes: 0 done, 1 failed/);
  });
});
