import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { dataFolderAt } from '../../src/store/files/dataFolder';
import { ensureSalt } from '../../src/store/instances/instancesFile';
import { assertEqualToMirror } from './support/pushed';
import { useSchema } from './support/postgres';
import { pushTo, waitForOtherPush, warehouseAt } from './support/warehouses';
import { push } from '../../src/warehouse/push/push';
import { exchange, message, NOON, useMirrors, useTemporaryFolder, openMirror } from '../unit/store/builders';
import { messagesOf, SMALL_LIMITS, writeChat } from '../unit/store/shards';
import type { MirrorDatabase } from '../../src/store/writer/mirrorDatabase';

describe('A push that meets trouble', function () {
  this.timeout(180_000);
  const { root, open, close } = useMirrors();
  const otherRoot = useTemporaryFolder();
  const schema = useSchema();
  const { values } = schema;

  /** A mirror whose texts lie in the image and in sealed files. */
  const writeMirror = async (): Promise<void> => {
    const mirror = await open({ shardLimits: SMALL_LIMITS });
    writeChat(mirror, 'old', messagesOf('old', 20));
    writeChat(mirror, 'new', exchange('new'));
    mirror.publish();
    close(mirror);
  };

  /** Ends the server's side of the push that is under way. */
  const breakConnection = (): Promise<unknown> =>
    schema.client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'openwebui-sync' AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')`,
    );

  for (const table of ['chats', 'message', 'message_text', 'sync_runs', 'chat_models', 'meta']) {
    it(`says so when the connection breaks at ${table}, and goes on from there`, async () => {
      await writeMirror();
      let broken: Promise<unknown> | undefined;
      const failing = pushTo(schema.name, root(), {
        onProgress: (progress) => {
          if (progress.table === table) {
            broken ??= breakConnection();
          }
        },
      });
      await assert.rejects(failing, {
        name: 'WarehouseError',
        message: 'The connection to the warehouse Lake broke. What was pushed stays. Push again.',
      });
      await broken;
      const again = await pushTo(schema.name, root());
      assert.equal(again.hadNews, true);
      await assertEqualToMirror(schema.client, root());
      assert.deepEqual((await pushTo(schema.name, root(), { isFull: true })).tables, {});
    });
  }

  it('keeps what was pushed when it is stopped, and shows no half of what is replaced', async () => {
    await writeMirror();
    const stop = new AbortController();
    const stopped = pushTo(schema.name, root(), {
      signal: stop.signal,
      onProgress: ({ table }) => {
        if (table === 'chat_models') {
          stop.abort();
        }
      },
    });
    await assert.rejects(stopped, { name: 'AbortError' });
    assert.deepEqual(await values('SELECT count(*)::int FROM message'), [22]);
    assert.deepEqual(await values('SELECT count(*)::int FROM sync_state'), [0]);
    assert.deepEqual(await values("SELECT value FROM warehouse_meta WHERE key = 'generation'"), []);
    await pushTo(schema.name, root());
    await assertEqualToMirror(schema.client, root());
  });

  it('refuses a second push to the same warehouse meanwhile', async () => {
    await writeMirror();
    let second: Promise<unknown> | undefined;
    await pushTo(schema.name, root(), {
      onProgress: () => {
        second ??= assert.rejects(pushTo(schema.name, root()), {
          name: 'WarehouseBusyError',
          message: 'Another push to the warehouse Lake is under way. Wait for its end, or push again later.',
        });
      },
    });
    await second;
    await assertEqualToMirror(schema.client, root());
  });

  it('goes on after a process that was killed in the middle', async () => {
    await writeMirror();
    const script = `
      const { pushTo } = require('./test/warehouse/support/warehouses');
      pushTo(${JSON.stringify(schema.name)}, ${JSON.stringify(root())}, {
        onProgress: ({ table }) => table === 'message_text' && process.kill(process.pid, 'SIGKILL'),
      }).then(() => process.exit(0), () => process.exit(1));`;
    const child = spawn(
      process.execPath,
      ['--require', 'tsx/cjs', '--require', './test/register.cjs', '-e', script],
      { stdio: 'inherit' },
    );
    const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    assert.equal(signal, 'SIGKILL');
    await waitForOtherPush();
    await pushTo(schema.name, root());
    await assertEqualToMirror(schema.client, root());
  });

  it('takes a column that a later version of the mirror has', async () => {
    await writeMirror();
    await pushTo(schema.name, root());
    // As it was when an earlier version pushed.
    await schema.client.query(`DROP VIEW IF EXISTS v_chats CASCADE; ALTER TABLE chats DROP COLUMN has_sources;
      UPDATE chats SET warehouse_digest = 1;
      UPDATE warehouse_meta SET value = '3' WHERE key = 'schema';
      DELETE FROM warehouse_meta WHERE key IN ('client', 'definitions')`);
    const result = await pushTo(schema.name, root());
    assert.equal(result.isFull, true);
    await assertEqualToMirror(schema.client, root());
    assert.deepEqual(await values('SELECT count(*)::int FROM v_chats'), [2]);
  });

  it('keeps what others have made of its views', async () => {
    await writeMirror();
    await pushTo(schema.name, root());
    await schema.client.query('CREATE VIEW mine AS SELECT chat_id, turns FROM v_chats');
    await schema.client.query("DELETE FROM warehouse_meta WHERE key IN ('client', 'definitions')");
    await pushTo(schema.name, root());
    assert.deepEqual(await values('SELECT count(*)::int FROM mine'), [2]);
  });

  it('refuses a warehouse that a newer version has pushed to', async () => {
    await writeMirror();
    await pushTo(schema.name, root());
    await schema.client.query("UPDATE warehouse_meta SET value = '999' WHERE key = 'schema'");
    await assert.rejects(pushTo(schema.name, root()), {
      name: 'WarehouseError',
      message:
        'The warehouse Lake was pushed to by a newer version of OpenWebUI Sync. Update this one, then push again.',
    });
  });

  it('refuses the mirror of another folder, and leaves the warehouse as it is', async () => {
    await writeMirror();
    await pushTo(schema.name, root());
    const before = await values('SELECT remote_id FROM chats ORDER BY 1');
    await publishElsewhere(otherRoot(), (mirror) => writeChat(mirror, 'foreign', exchange('foreign')));
    await assert.rejects(pushTo(schema.name, otherRoot()), {
      name: 'WarehouseError',
      message: /belongs to the mirror of another data folder.*Add the warehouse again with another schema/u,
    });
    assert.deepEqual(await values('SELECT remote_id FROM chats ORDER BY 1'), before);
  });

  it('refuses a schema that holds something else', async () => {
    await writeMirror();
    await schema.client.query('CREATE TABLE users (name text)');
    await assert.rejects(pushTo(schema.name, root()), {
      message: `The schema ${schema.name} of the warehouse Lake holds something else. Add the warehouse again with a schema of its own.`,
    });
  });

  it('refuses a mirror that was made anew until it is told to follow', async () => {
    await writeMirror();
    await pushTo(schema.name, root());
    rmSync(dataFolderAt(root()).generations, { recursive: true });
    rmSync(dataFolderAt(root()).daily, { recursive: true });
    rmSync(dataFolderAt(root()).fixedName, { force: true });
    const anew = await open();
    writeChat(anew, 'other', messagesOf('other', 30));
    anew.publish();
    const lost = {
      name: 'WarehouseError',
      message: /restored from a backup or made anew. A push can make the warehouse follow it/u,
      remedy: 'pushAfterRestore',
    };
    await assert.rejects(pushTo(schema.name, root()), lost);
    // Also when it has more chats than before.
    writeChat(anew, 'another', exchange('another'));
    writeChat(anew, 'one more', exchange('more'));
    anew.publish();
    await assert.rejects(pushTo(schema.name, root()), lost);
    assert.deepEqual(await values("SELECT count(*)::int FROM message WHERE remote_id LIKE 'old%'"), [20]);
    close(anew);
    await pushTo(schema.name, root(), { afterRestore: true });
    assert.deepEqual(await values('SELECT remote_id FROM chats ORDER BY 1'), [
      'another',
      'one more',
      'other',
    ]);
    assert.deepEqual(
      await values("SELECT count(*)::int FROM message_text WHERE content LIKE 'text of old%'"),
      [0],
    );
    assert.deepEqual((await pushTo(schema.name, root())).hadNews, false);
  });

  it('refuses a copy of the folder that is older than what was pushed', async () => {
    await writeMirror();
    await ensureSalt(root());
    cpSync(root(), otherRoot(), { recursive: true });
    const mirror = await open({ now: () => NOON + 60, shardLimits: SMALL_LIMITS });
    writeChat(mirror, 'new', [message('new-q', { content: 'an edit' }), ...exchange('new').slice(1)]);
    mirror.publish();
    close(mirror);
    await pushTo(schema.name, root());
    await assert.rejects(pushTo(schema.name, otherRoot()), { message: /restored from a backup/u });
    await assertEqualToMirror(schema.client, root());
  });

  it('refuses a mirror that went back to a backup, and follows it when told to', async () => {
    const mirror = await open();
    writeChat(mirror, 'one', exchange('one'));
    mirror.publish();
    close(mirror);
    const later = await open({ now: () => NOON + 86_400 });
    writeChat(later, 'two', exchange('two'));
    later.publish();
    await pushTo(schema.name, root());
    close(later);
    const restoring = await open({ now: () => NOON + 90_000 });
    await restoring.restore('db/00000001.db');
    close(restoring);
    await assert.rejects(pushTo(schema.name, root()), { message: /restored from a backup/u });
    await pushTo(schema.name, root(), { afterRestore: true });
    assert.deepEqual(await values('SELECT remote_id FROM chats'), ['one']);
    assert.deepEqual(await values('SELECT count(*)::int FROM message_text'), [2]);
  });

  it('says who may not create what', async () => {
    await writeMirror();
    const name = `${schema.name}_reader`;
    await schema.client.query(`CREATE ROLE ${name} LOGIN PASSWORD 'reader'`);
    try {
      const asReader = push({
        ...{ root: root(), warehouse: warehouseAt(schema.name, { user: name }), password: 'reader' },
        ...{ clientVersion: '0.1.0', signal: new AbortController().signal },
      });
      await assert.rejects(asReader, {
        name: 'WarehouseError',
        message: new RegExp(
          `^The user ${name} may not .* CREATE on the schema ${schema.name}, or make this user its owner`,
          'u',
        ),
      });
    } finally {
      await schema.client.query(`DROP ROLE ${name}`);
    }
  });

  it('knows its mirror by what is not secret', async () => {
    await writeMirror();
    await pushTo(schema.name, root());
    const salt = await ensureSalt(root());
    const [mirror] = await values("SELECT value FROM warehouse_meta WHERE key = 'mirror'");
    assert.match(String(mirror), /^[0-9a-f]{32}$/u);
    assert.ok(!String(mirror).includes(salt));
  });
});

async function publishElsewhere(root: string, work: (mirror: MirrorDatabase) => void): Promise<void> {
  const mirror = await openMirror(root);
  work(mirror);
  mirror.publish();
  mirror.close();
}
