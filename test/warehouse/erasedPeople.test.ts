import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../../src/store/files/dataFolder';
import type { MirrorDatabase } from '../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, message, NOON, runEnd, user } from '../unit/store/builders';
import { publishedRows } from '../unit/store/published';
import { grepWarehouse } from './support/grepWarehouse';
import { assertEqualToMirror } from './support/pushed';
import { usePushes } from './support/warehouses';

const OLD = NOON - 400 * 86_400;

describe('Somebody who was erased, where ids of users were given again', function () {
  this.timeout(600_000);
  const { root, open, close, schema, push } = usePushes();
  const { values } = schema;
  let runs = 0;

  /** A run that meets people, each with a chat that has an old text, and fails with a sentence that names the last one. */
  const sync = (mirror: MirrorDatabase, ...names: readonly string[]): void => {
    const run = begin(mirror, `run ${++runs}`);
    mirror.applyUsers(
      run,
      names.map((name) => user(`id-of-${name}`, { name: `${name} Example`, email: `${name}@example.org` })),
    );
    for (const name of names) {
      const messages = [message(`m-${name}`, { createdAt: OLD, content: `secret of ${name}` })];
      mirror.applyChat(
        run,
        fetched(chat(`c-${name}`, { userRemoteId: `id-of-${name}`, title: `Plan of ${name}`, messages })),
      );
    }
    mirror.endRun(runEnd({ runId: run, status: 'partial', error: `No files of ${names.at(-1)} Example` }));
    mirror.publish();
  };
  const letGo = (mirror: MirrorDatabase): unknown => mirror.freeUp({ textMonths: 6, runDays: 365 });
  const texts = (): Promise<unknown[]> => values('SELECT content FROM message_text ORDER BY content');
  const ids = (): Promise<unknown[]> => values(`SELECT id || ' ' || remote_id FROM users ORDER BY id`);
  const nothingOf = async (name: string): Promise<void> =>
    assert.deepEqual(await grepWarehouse(schema.client, name), []);

  /** Runs work with the folder as it is now, and with what `aside` puts back: an older copy of it. */
  const withCopy = async (work: (putBack: () => void) => Promise<void>): Promise<void> => {
    const copy = `${root()}-copy`;
    cpSync(root(), copy, { recursive: true });
    try {
      await work(() => {
        rmSync(root(), { recursive: true });
        cpSync(copy, root(), { recursive: true });
      });
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  };
  /** Goes back to the first generation, as if a backup of then had been kept. */
  const restoreFirst = async (mirror: MirrorDatabase, aside: string): Promise<void> => {
    cpSync(aside, join(dataFolderAt(root()).daily, '2025-11-10.db'));
    await mirror.restore('daily/2025-11-10.db');
  };
  const keepFirst = (): string => {
    const aside = join(root(), 'aside');
    cpSync(join(dataFolderAt(root()).generations, '00000001.db'), aside);
    return aside;
  };

  it('takes nothing of whoever has the id by now, where he is erased in an older copy too', async () => {
    const first = await open();
    sync(first, 'bob', 'ann');
    await push();
    close(first);
    await withCopy(async (putBack) => {
      const mirror = await open();
      await mirror.erasePerson(1, 'id-of-ann');
      sync(mirror, 'cem');
      await push();
      assert.deepEqual(await ids(), ['1 id-of-bob', '2 id-of-cem']);
      close(mirror);
      putBack();
    });
    const older = await open();
    await older.erasePerson(1, 'id-of-ann');
    sync(older, 'cem');
    letGo(older);
    await push({ afterRestore: true });
    assert.deepEqual(await texts(), ['secret of bob', 'secret of cem']);
    await nothingOf('ann');
  });

  it('goes under the id that the warehouse knows him by, and nobody else goes', async () => {
    const mirror = await open();
    sync(mirror, 'bob');
    const aside = keepFirst();
    sync(mirror, 'ann');
    sync(mirror, 'dora');
    // A run that the restored mirror does not come to again.
    sync(mirror, 'ann');
    await push();
    assert.deepEqual(await ids(), ['1 id-of-bob', '2 id-of-ann', '3 id-of-dora']);
    await restoreFirst(mirror, aside);
    // Dora has the id that Ann had, and Ann the one that Dora had.
    sync(mirror, 'dora');
    sync(mirror, 'ann');
    letGo(mirror);
    await mirror.erasePerson(1, 'id-of-ann');
    assert.equal((await push({ afterRestore: true })).tombstones, 1);
    await nothingOf('ann');
    assert.deepEqual(await ids(), ['1 id-of-bob', '2 id-of-dora']);
  });

  it('goes from where only the warehouse knows him', async () => {
    const mirror = await open();
    sync(mirror, 'bob');
    const aside = keepFirst();
    for (const name of ['ann', 'dora']) {
      sync(mirror, name);
    }
    await push();
    await restoreFirst(mirror, aside);
    await mirror.erasePerson(1, 'id-of-ann');
    await push({ afterRestore: true });
    await nothingOf('ann');
    assert.notDeepEqual(
      await grepWarehouse(schema.client, 'No files of dora'),
      [],
      'runs that only it has stay',
    );
  });

  it('is told from somebody else under his id, where an older copy is put back', async () => {
    const first = await open();
    sync(first, 'bob');
    await push();
    close(first);
    await withCopy(async (putBack) => {
      const mirror = await open();
      sync(mirror, 'ann');
      await push();
      await mirror.erasePerson(1, 'id-of-ann');
      await push();
      close(mirror);
      putBack();
    });
    const older = await open();
    sync(older, 'cem');
    await push({ afterRestore: true });
    assert.deepEqual(await ids(), ['1 id-of-bob', '2 id-of-cem']);
    // That copy does not know that she was erased: it takes her in, under another id.
    sync(older, 'ann');
    for (const afterRestore of [false, true]) {
      await assert.rejects(push({ afterRestore }), /has removed for good .* users\.id 3\. Remove it here/u);
    }
    await nothingOf('ann');
    await older.erasePerson(1, 'id-of-ann');
    await push();
    await nothingOf('ann');
    assert.deepEqual(await ids(), ['1 id-of-bob', '2 id-of-cem']);
  });

  it('goes where a stricter mode made the warehouse forget who is who in the same push', async () => {
    const mirror = await open();
    sync(mirror, 'bob', 'ann');
    await push();
    await mirror.tightenPrivacy(1, 'counts');
    const known = publishedRows(root(), 'SELECT remote_id FROM users WHERE id = 2');
    await mirror.erasePerson(1, String((await known)[0]?.[0]));
    assert.equal((await push()).tombstones, 2);
    await assertEqualToMirror(schema.client, root());
    assert.deepEqual(await values('SELECT id::int FROM users'), [1]);
    assert.deepEqual(await values('SELECT count(*)::int FROM message'), [1]);
  });
});
