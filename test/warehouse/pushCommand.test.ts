import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCompany } from '../../src/sample/company/company';
import type { PushResult } from '../../src/warehouse/warehouseTypes';
import { CliStage } from '../unit/cli/cliStage';
import type { CliOptions, CliResult } from '../unit/cli/runCli';
import { createSchema, postgresAddress, type TestSchema } from './support/postgres';
import { assertEqualToMirror } from './support/pushed';
import { postgresPassword } from './support/warehouses';

const company = () => generateCompany({ name: 'fasgpt', users: 4, chats: 10, messages: 40 });

/** The address of the server for tests without its password. */
function address(): string {
  const url = new URL(postgresAddress());
  url.password = '';
  return url.href;
}

describe('The command push', function () {
  this.timeout(600_000);
  const stage = new CliStage(company);
  let schema: TestSchema;
  beforeEach(async () => {
    schema = await createSchema();
    await stage.set();
  });
  afterEach(async () => {
    await stage.strike();
    await schema.drop();
  });

  const run = (args: readonly string[], options: CliOptions = {}): Promise<CliResult> =>
    stage.run(args, { ...options, env: { LAKE_PASSWORD: postgresPassword(), ...options.env } });
  const ok = async (args: readonly string[]): Promise<string> => {
    const { code, out, err } = await run(args);
    assert.equal(code, 0, err);
    return out;
  };
  const addLake = (name = 'Lake', ...more: readonly string[]): Promise<string> =>
    ok([
      ...['warehouse', 'add', name, '--url', address(), '--schema', schema.name],
      ...['--password-env', 'LAKE_PASSWORD', ...more],
    ]);
  const sync = async (): Promise<void> => {
    await stage.add();
    await stage.ok(['sync', '--full']);
  };

  it('pushes to the only warehouse, says what it did, and nothing when there is nothing', async () => {
    await sync();
    assert.match(
      await addLake(),
      /^Added Lake \(postgres:\/\/sync@127\.0\.0\.1:\d+\/postgres, schema test_/u,
    );
    assert.match(
      await ok(['warehouse', 'test']),
      /^Lake answers: PostgreSQL .*Nothing was pushed yet\. Next: push Lake\n$/u,
    );
    const { code, out, err } = await run(['push']);
    assert.equal(code, 0, err);
    assert.match(out, /^Pushed to Lake in [\d.]+ s: \d+ rows added\.\n$/u);
    assert.match(err, /^Lake: chats, 10\nLake: message, 40\n/u);
    await assertEqualToMirror(schema.client, stage.data);
    assert.match(await ok(['push', 'lake']), /^Lake is up to date \(file generation \d+\)\.\n$/u);
    assert.match(
      await ok(['warehouse', 'list']),
      /TLS: disable {2}password: \$LAKE_PASSWORD {2}last push: 2/u,
    );
    assert.match(
      await ok(['warehouse', 'test', 'LAKE']),
      /Last push: .*, \d+ rows, file generation \d+\.\n$/u,
    );
  });

  it('tells as JSON what became of which table', async () => {
    await sync();
    await addLake();
    const result = JSON.parse(await ok(['push', '--json'])) as PushResult & { warehouse: string };
    assert.deepEqual(
      [result.warehouse, result.hadNews, result.isFull, result.tombstones],
      ['Lake', true, true, 0],
    );
    assert.deepEqual(result.tables['message'], { inserted: 40, updated: 0, marked: 0, deleted: 0 });
    assert.ok(result.requests > 0 && result.ms >= 0);
    const full = JSON.parse(await ok(['push', '--full', '--json'])) as PushResult;
    assert.deepEqual([full.isFull, full.tables], [true, {}]);
  });

  it('carries an erased person over', async () => {
    await sync();
    await addLake();
    await ok(['push']);
    const { rows } = await schema.client.query<{ id: string; email: string }>(
      'SELECT u.id, u.email FROM users u JOIN chats c ON c.user_id = u.id ORDER BY u.id LIMIT 1',
    );
    const [person] = rows;
    assert.ok(person !== undefined);
    await stage.ok(['erase-person', 'fasgpt', person.email, '--yes']);
    const result = JSON.parse(await ok(['push', '--json'])) as PushResult;
    assert.equal(result.tombstones, 1);
    await assertEqualToMirror(schema.client, stage.data);
    const left = await schema.client.query('SELECT 1 FROM chats WHERE user_id = $1', [person.id]);
    assert.equal(left.rows.length, 0);
  });

  it('keeps no password: not in the address, nor in a file of ours', async () => {
    await sync();
    const refused = await run(['warehouse', 'add', 'Lake', '--url', postgresAddress()]);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /^Leave the password out of the address\./u);
    assert.ok(!refused.err.includes(postgresPassword()));
    await addLake();
    await ok(['push']);
    for (const name of ['warehouses.json', 'instances.json']) {
      assert.ok(!readFileSync(join(stage.data, name), 'utf8').includes(postgresPassword()), name);
    }
    const unset = await run(['push', '--full'], { env: { LAKE_PASSWORD: '' } });
    assert.equal(unset.code, 1);
    assert.equal(
      unset.err,
      'The environment variable LAKE_PASSWORD, which holds the password of Lake, is not set.\n',
    );
  });

  it('reads the password of a file that is its owner’s alone', async () => {
    await sync();
    const path = join(stage.data, 'lake.password');
    writeFileSync(path, `${postgresPassword()}\n`, { mode: 0o600 });
    await ok([
      'warehouse',
      'add',
      'Lake',
      '--url',
      address(),
      '--schema',
      schema.name,
      '--password-file',
      path,
    ]);
    await ok(['push']);
    chmodSync(path, 0o644);
    const { code, err } = await run(['push', '--full']);
    assert.equal(code, 1);
    assert.match(err, /Others can read the key file/u);
  });

  it('wants to know which of several, or pushes to all of them', async () => {
    await sync();
    await addLake();
    await ok([
      'warehouse',
      'add',
      'Nowhere',
      '--url',
      'postgres://sync@127.0.0.1:1/none',
      '--schema',
      'none',
    ]);
    const unnamed = await run(['push']);
    assert.equal(unnamed.code, 2);
    assert.match(unnamed.err, /There are several warehouses\. Name one, or give --all: Lake, Nowhere/u);
    const unknown = await run(['push', 'Sea']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /There is no warehouse "Sea"\. There is: Lake, Nowhere/u);
    const all = await run(['push', '--all', '--json']);
    assert.equal(all.code, 1);
    assert.match(
      all.err,
      /Nowhere is not reachable at 127\.0\.0\.1, port 1\..*\nNot every warehouse was pushed to\.\n$/su,
    );
    const results = JSON.parse(all.out) as { warehouse: string; error?: string }[];
    assert.deepEqual(
      results.map(({ warehouse, error }) => [warehouse, error === undefined]),
      [
        ['Lake', true],
        ['Nowhere', false],
      ],
    );
    await assertEqualToMirror(schema.client, stage.data);
    assert.match(await ok(['warehouse', 'remove', 'nowhere']), /^Removed Nowhere\./u);
    await ok(['push']);
  });

  it('says what comes first', async () => {
    await stage.add();
    const none = await run(['push']);
    assert.equal(none.code, 1);
    assert.match(none.err, /^There is no warehouse yet\. Next: warehouse add NAME --url/u);
    await addLake();
    const unsynced = await run(['push']);
    assert.equal(unsynced.code, 1);
    assert.match(unsynced.err, /There is no database yet\. Add an instance and run a sync first\./u);
  });

  it('ends with 4 while another push is under way', async () => {
    await sync();
    await addLake();
    await ok(['push']);
    await schema.client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [
      `openwebui-sync ${schema.name}`,
    ]);
    const { code, err } = await run(['push', '--full']);
    await schema.client.query('SELECT pg_advisory_unlock_all()');
    assert.equal(code, 4);
    assert.match(err, /^Another push to the warehouse Lake is under way\./u);
  });

  it('stops at Ctrl+C behind the running batch, and ends with 130', async () => {
    await sync();
    await addLake();
    await ok(['push']);
    // The push waits at this table until somebody has pressed the keys.
    await schema.client.query('BEGIN; LOCK TABLE chat_models IN ACCESS EXCLUSIVE MODE');
    let released: Promise<unknown> | undefined;
    const stopped = await run(['push', '--full'], {
      onErr: (text, interrupt) => {
        if (text.includes('Lake: chats')) {
          interrupt();
          released ??= schema.client.query('COMMIT');
        }
      },
    });
    await released;
    assert.equal(stopped.code, 130, stopped.err);
    assert.match(stopped.err, /Cancelled\. What was pushed stays; push again to go on from there\.\n$/u);
    await ok(['push', '--full']);
    await assertEqualToMirror(schema.client, stage.data);
  });
});
