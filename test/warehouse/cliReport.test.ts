import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { REPORTS } from '../../src/reports/catalogue';
import { generateCompany } from '../../src/sample/company/company';
import { CliStage } from '../unit/cli/cliStage';
import { CLI, runCli } from '../unit/cli/runCli';
import { assertSame } from './support/assertSame';
import { createOddDatabase, type TestDatabase } from './support/oddDatabase';
import { postgresPassword, warehouseAt } from './support/warehouses';

const company = () => generateCompany({ name: 'fasgpt', users: 6, chats: 24, messages: 80 });

/** What differs between two runs, and between two databases: of a report, and of its rows. */
const OF_THE_RUN = new Set(['writtenAt', 'generation', 'queries', 'warehouse', 'hours_since_sync']);

describe('reports of a warehouse at the command line', function () {
  this.timeout(300_000);
  const stage = new CliStage(company);
  const schema = `report_${randomUUID().replaceAll('-', '')}`;
  const env = { LAKE_PASSWORD: postgresPassword() };
  let elsewhere: string;
  /** What the server or its administrator prefers changes no number. */
  let odd: TestDatabase;

  before(async () => {
    odd = await createOddDatabase();
    elsewhere = mkdtempSync(join(tmpdir(), 'no-mirror-'));
    await stage.set();
    await stage.add();
    await stage.ok(['sync', '--full']);
    await addWarehouse('Lake', schema);
  });
  after(async () => {
    rmSync(elsewhere, { recursive: true, force: true });
    await stage.strike();
    await odd.drop();
  });

  async function addWarehouse(name: string, place: string): Promise<void> {
    const { host, port, database, user } = warehouseAt(place, { database: odd.name });
    const url = `postgres://${user}@${host}:${port}/${database}`;
    const args = ['--url', url, '--schema', place, '--password-env', 'LAKE_PASSWORD'];
    await stage.ok(['warehouse', 'add', name, ...args]);
  }

  async function ok(...args: readonly string[]): Promise<string> {
    const { code, out, err } = await stage.run(args, { env });
    assert.equal(code, 0, err);
    return out;
  }

  async function fails(args: readonly string[], expected: number, pattern: RegExp): Promise<void> {
    const { code, err } = await stage.run(args, { env });
    assert.equal(code, expected, err);
    assert.match(err, pattern);
    assert.doesNotMatch(err, /\n\s+at /u);
  }

  const inside = (...names: string[]): string => join(elsewhere, ...names);

  it('say that nothing was pushed yet', () =>
    fails(
      ['report', 'overview', '--source', 'Lake'],
      1,
      /Nothing was pushed to the warehouse Lake yet\. Push to it first\. Next: push Lake\n$/u,
    ));

  describe('once it was pushed to', () => {
    before(() => ok('push', 'Lake'));

    for (const { id } of REPORTS) {
      it(`${id}: the same as of the local database`, async () => {
        const args = ['report', id, '--period', 'all', '--format', 'json'];
        const there = document(await ok(...args, '--source', 'lake'));
        const here = document(await ok(...args));
        assert.notEqual(there['queries'], undefined);
        assertSame(withoutRun(there), withoutRun(here));
      });
    }

    it('say which database they are of, in every format', async () => {
      const json = document(await ok('report', 'overview', '--source', 'Lake', '--format', 'json'));
      const { name, pushedAt } = json['warehouse'] as { name: string; pushedAt: string };
      assert.equal(name, 'Lake');
      assert.match(pushedAt, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/u);
      assert.match(await ok('report', 'overview', '--source', 'Lake'), /Warehouse Lake, pushed \d{4}-/u);
      await ok('report', 'overview', '--source', 'Lake', '--output', inside('overview.html'));
      assert.match(readFileSync(inside('overview.html'), 'utf8'), /Warehouse Lake, pushed \d{4}-/u);
    });

    it('can be of one instance', async () => {
      const args = ['report', 'FASGPT', '--report', 'users', '--format', 'json', '--period', 'all'];
      const there = document(await ok(...args, '--source', 'Lake'));
      assertSame(withoutRun(there), withoutRun(document(await ok(...args))));
      assert.equal((there['scope'] as { title: string }).title, 'fasgpt');
    });

    it('can leave the names of people out', async () => {
      const args = [
        'report',
        'users',
        '--period',
        'all',
        '--format',
        'csv',
        '--table',
        'userModels',
        '--pseudonyms',
      ];
      assert.equal(await ok(...args, '--source', 'Lake'), await ok(...args));
    });

    it('give rows of bills under the names of FOCUS', async () => {
      const args = ['report', 'reconciliation', '--period', 'all', '--format', 'focus'];
      assert.equal(await ok(...args, '--source', 'Lake'), await ok(...args));
    });

    it('are written all at once', async () => {
      mkdirSync(inside('all'));
      const out = await ok('report', 'all', '--source', 'Lake', '--output', inside('all'));
      assert.match(out, /^\d+ reports written: .*index\.html\n$/u);
      const [day = ''] = readdirSync(inside('all'));
      assert.equal(readdirSync(inside('all', day)).length, 2 * REPORTS.length + 1);
      assert.match(readFileSync(inside('all', day, 'index.html'), 'utf8'), /Read from the warehouse Lake/u);
    });

    it('need no mirror on this machine', async () => {
      const folder = inside('data');
      mkdirSync(folder);
      copyFileSync(join(stage.data, 'warehouses.json'), join(folder, 'warehouses.json'));
      const args = ['report', 'fasgpt', '--period', 'all', '--format', 'json'];
      const { code, out, err } = await runCli([...args, '--source', 'Lake', '--data', folder], { env });
      assert.equal(code, 0, err);
      assertSame(withoutRun(document(out)), withoutRun(document(await ok(...args))));
      assert.deepEqual(readdirSync(folder), ['warehouses.json']);
    });

    it('end after Ctrl+C also where the warehouse answers only then', async () => {
      const client = new Client({ connectionString: odd.address });
      await client.connect();
      await client.query(`SET statement_timeout TO 0; SET idle_in_transaction_session_timeout TO 0;
        BEGIN; LOCK TABLE ${schema}.warehouse_pushes IN ACCESS EXCLUSIVE MODE`);
      const args = [CLI, 'report', 'overview', '--source', 'Lake', '--data', stage.data];
      const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
      const ended = once(child, 'exit');
      await client.query(`DO $$ BEGIN
        WHILE NOT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND relation = '${schema}.warehouse_pushes'::regclass)
          LOOP PERFORM pg_sleep(0.05); END LOOP; END $$`);
      const told = once(child.stderr, 'data');
      child.kill('SIGINT');
      await told;
      await client.query('COMMIT');
      await client.end();
      assert.deepEqual(await ended, [130, null]);
    });

    it('write nothing there', async () => {
      const before = await writtenRows();
      await ok('report', 'overview', '--source', 'Lake');
      assert.equal(await writtenRows(), before);
    });

    it('say what is wrong with the source', async () => {
      await fails(
        ['report', 'overview', '--source', 'Pond'],
        2,
        /There is no warehouse "Pond"\. There is: Lake/u,
      );
      await fails(['report', 'XX', '--source', 'Lake'], 2, /no report "XX", nor an instance.*fasgpt/u);
      const { code, err } = await stage.run(['report', 'overview', '--source', 'Lake']);
      assert.equal(code, 1);
      assert.match(err, /LAKE_PASSWORD, which holds the password of Lake, is not set/u);
      const wrong = await stage.run(['report', 'overview', '--source', 'Lake'], {
        env: { LAKE_PASSWORD: 'wrong' },
      });
      assert.equal(wrong.code, 1);
      assert.match(wrong.err, /The warehouse Lake refuses the user/u);
    });

    it('ask for a push, or for an update, where the schema is another one', async () => {
      const [fact] = await odd.run(`SELECT value FROM ${schema}.warehouse_meta WHERE key = 'schema'`);
      const own = Number(fact?.['value']);
      const set = (version: number) =>
        odd.run(`UPDATE ${schema}.warehouse_meta SET value = '${version}' WHERE key = 'schema'`);
      try {
        await set(own - 1);
        await fails(
          ['report', 'overview', '--source', 'Lake'],
          1,
          /Lake was pushed to by an older version.* Next: push Lake\n$/u,
        );
        await set(own + 1);
        await fails(['report', 'overview', '--source', 'Lake'], 1, /newer version.*Update this one/u);
      } finally {
        await set(own);
      }
    });
  });

  async function writtenRows(): Promise<string> {
    const [row] = await odd.run(
      `SELECT SUM(n_tup_ins + n_tup_upd + n_tup_del)::text AS rows FROM pg_stat_user_tables WHERE schemaname = '${schema}'`,
    );
    return String(row?.['rows']);
  }
});

function document(text: string): Readonly<Record<string, unknown>> {
  return JSON.parse(text) as Record<string, unknown>;
}

/** What a report says. */
function withoutRun(report: unknown): unknown {
  return JSON.parse(
    JSON.stringify(report, (key, value: unknown) => (OF_THE_RUN.has(key) ? undefined : value)),
  );
}
