import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { NoDatabaseError } from '../../../../src/store/errors';
import { createQueryRunner } from '../../../../src/store/queryRunner';
import { rowsOf, SqlError, type QueryRunner } from '../../../../src/store/resultSet';
import { bundle } from '../bundle';
import { openMirror, useTemporaryFolder } from '../builders';
import { messagesOf, publishChat } from '../shards';

const ENDLESS = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';

describe('The query worker', () => {
  const root = useTemporaryFolder();
  const outdir = mkdtempSync(join(tmpdir(), 'openwebui-sync-checks-'));
  let workerPath: string;
  let runner: QueryRunner;
  before(async () => {
    workerPath = (await bundle(outdir, { query: 'src/store/queryWorker.ts' }))('query');
  });
  after(() => {
    rmSync(outdir, { recursive: true, force: true });
  });
  beforeEach(() => {
    runner = createQueryRunner({ folder: root(), workerPath });
  });
  afterEach(() => {
    runner.dispose();
  });
  const publish = async (name: string): Promise<void> => {
    const mirror = await openMirror(root());
    publishChat(mirror, name, messagesOf(name, 3));
    mirror.close();
  };

  it('checks a statement against the schema of the mirror', async () => {
    await publish('c1');
    assert.deepEqual(await runner.check('SELECT role, content FROM messages WHERE day >= :from'), {
      error: undefined,
      parameters: [':from'],
      columns: ['role', 'content'],
    });
    const { error } = await runner.check('SELECT rol FROM messages');
    assert.ok(error instanceof SqlError);
    assert.deepEqual([error.message, error.offset], ['no such column: rol', 7]);
  });

  it('checks all that the mirror holds, views and indexes too', async () => {
    await publish('c1');
    const names = rowsOf(
      await runner.run("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')", { limit: 1000 }),
    ).map(({ name }) => String(name));
    assert.ok(names.length > 20);
    for (const name of names) {
      assert.equal((await runner.check(`SELECT * FROM "${name}"`)).error, undefined, name);
    }
  });

  it('never runs what it checks', async () => {
    await publish('c1');
    assert.equal((await runner.check(ENDLESS)).error, undefined);
    assert.match((await runner.check('DELETE FROM chats')).error?.message ?? '', /read-only/);
    const rows = rowsOf(await runner.run('SELECT count(*) AS n FROM chats', { limit: 1 }));
    assert.deepEqual(rows, [{ n: 1 }]);
  });

  it('lets no PRAGMA of one check meet the next', async () => {
    await publish('c1');
    await runner.check('PRAGMA writable_schema = ON');
    const { error } = await runner.check('DELETE FROM sqlite_schema');
    assert.match(error?.message ?? '', /may not be modified/);
  });

  it('says that there is no database yet, and checks once there is one', async () => {
    await assert.rejects(runner.check('SELECT 1'), NoDatabaseError);
    await publish('c1');
    assert.equal((await runner.check('SELECT id FROM chats')).error, undefined);
  });

  it('is cancelled at once however busy it is, and runs the next statement', async () => {
    await publish('c1');
    await runner.run('SELECT 1', { limit: 1 });
    const abort = new AbortController();
    const endless = runner.run(ENDLESS, { limit: 1, signal: abort.signal });
    // Behind it in the queue of the worker: the statement spins when this has waited for its turn to be refused.
    await assert.rejects(
      runner.run('SELECT 1', { limit: 1, signal: AbortSignal.timeout(50) }),
      /aborted|cancelled/,
    );
    abort.abort();
    // Before anything else gets its turn.
    await assert.rejects(Promise.race([endless, setImmediate()]), { name: 'AbortError' });
    assert.deepEqual(rowsOf(await runner.run('SELECT 2 AS n', { limit: 1 })), [{ n: 2 }]);
  });
});
