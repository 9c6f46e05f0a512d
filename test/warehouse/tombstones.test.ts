import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../../src/store/files/dataFolder';
import { isPersonHash } from '../../src/store/instances/people';
import { PRIVACY_MODES, type PrivacyMode } from '../../src/store/instances/privacy';
import type { MirrorDatabase } from '../../src/store/writer/mirrorDatabase';
import { INSTANCE_STEPS } from '../../src/store/writer/instanceSteps';
import { begin, runEnd, user } from '../unit/store/builders';
import { contentOf, grepWarehouse, tablesOf } from './support/grepWarehouse';
import { createSchema } from './support/postgres';
import { assertEqualToMirror } from './support/pushed';
import { pushTo, usePushes, warehouseAt } from './support/warehouses';
import { addForgottenRows, ANN, IDENTITIES, nameAccounts, NAMES } from './support/writtenMirror';
import { OF_ANN, TEXT, writeEverything } from './support/writtenMirror';

const EXCLUDED: Readonly<Record<Exclude<PrivacyMode, 'full'>, Readonly<Record<string, string>>>> = {
  names: TEXT,
  pseudonyms: { ...TEXT, ...NAMES },
  counts: { ...TEXT, ...NAMES, ...IDENTITIES },
};
const EVERYTHING: Readonly<Record<string, string>> = { ...TEXT, ...NAMES, ...IDENTITIES };

describe('What was removed for good', function () {
  this.timeout(600_000);
  const { root, open, close, schema, push } = usePushes();
  const { values } = schema;

  const grep = (text: string): Promise<readonly string[]> => grepWarehouse(schema.client, text);
  /** A mirror with everything of Ann and Bob that was pushed, and a run that only the warehouse will know. */
  const pushed = async (): Promise<MirrorDatabase> => {
    const mirror = await open();
    writeEverything(mirror, 'run-1');
    writeEverything(mirror, 'run-2');
    await nameAccounts(root(), mirror);
    await push();
    // As autovacuum does once there are enough rows.
    await schema.client.query(`ANALYZE ${(await tablesOf(schema.client)).join(', ')}`);
    for (const [what, text] of Object.entries(EVERYTHING)) {
      assert.notDeepEqual(await grep(text), [], `${what}: the warehouse is full of it`);
    }
    return mirror;
  };
  const assertNothingOf = async (texts: readonly string[]): Promise<void> => {
    for (const text of texts) {
      assert.deepEqual(await grep(text), [], text);
    }
  };

  it('is not what the mirror lets go to save space: the warehouse stays as it is', async () => {
    const mirror = await pushed();
    const before = await contentOf(schema.client);
    const { items } = mirror.freeUp({ textMonths: 12, runDays: 1 });
    assert.equal(items.find(({ kind }) => kind === 'text')?.rows, 1);
    assert.equal((await push()).tombstones, 0);
    const after = await contentOf(schema.client);
    // Facts about the mirror's own file.
    for (const [table, rows] of [...before].filter(([name]) => name !== 'meta')) {
      assert.deepEqual(after.get(table), rows, table);
    }
    assert.notDeepEqual(await grep(TEXT['text that the mirror lets go']), []);
  });

  describe('of a person', () => {
    it('goes from every table, and the rest is as in the mirror', async () => {
      const mirror = await pushed();
      await mirror.erasePerson(1, ANN);
      assert.equal((await push()).tombstones, 1);
      await assertNothingOf(OF_ANN);
      await assertEqualToMirror(schema.client, root());
      assert.deepEqual(await values('SELECT name FROM users'), [NAMES['names of others']]);
      assert.deepEqual(await values('SELECT DISTINCT is_copy FROM message'), ['0'], 'the copies count now');
      assert.notDeepEqual(await grep(NAMES['names of files']), [], 'files stay, without an owner');
    });

    it('goes as well where the mirror has let it go before', async () => {
      const mirror = await pushed();
      await addForgottenRows(schema.client);
      mirror.freeUp({ textMonths: 12, runDays: 1 });
      await push();
      await mirror.erasePerson(1, ANN);
      await push();
      await assertNothingOf(OF_ANN);
      assert.deepEqual(await values('SELECT id FROM chats ORDER BY 1'), ['-1', '1'], "Bob's stay");
      assert.deepEqual(await values('SELECT count(*) FROM message_text WHERE id < 0'), ['2']);
      assert.deepEqual(await values('SELECT DISTINCT user_id FROM files'), [null]);
      assert.deepEqual(await values('SELECT DISTINCT row_hash FROM files WHERE id < 0'), ['']);
    });

    it('is carried over once', async () => {
      const mirror = await pushed();
      await mirror.erasePerson(1, ANN);
      assert.equal((await push()).tombstones, 1);
      assert.equal((await push()).tombstones, 0);
      await mirror.erasePerson(1, 'never mirrored');
      assert.equal((await push({ isFull: true })).tombstones, 0);
    });

    it('takes nothing of somebody who has got the same ids since', async () => {
      const mirror = await pushed();
      await mirror.erasePerson(1, ANN);
      begin(mirror, 'run-3');
      mirror.applyUsers('run-3', [user('cem', { name: 'Cem' })]);
      mirror.endRun(runEnd({ runId: 'run-3' }));
      mirror.publish();
      await push();
      await assertNothingOf(OF_ANN);
      await assertEqualToMirror(schema.client, root());
      assert.deepEqual(await values(`SELECT id FROM users WHERE name = 'Cem'`), ['2'], 'the id that Ann had');
    });

    it('stays away from a warehouse that comes later', async () => {
      const mirror = await pushed();
      await mirror.erasePerson(1, ANN);
      const later = await createSchema();
      try {
        await pushTo(later.name, root());
        await assertEqualToMirror(later.client, root());
        assert.deepEqual(await grepWarehouse(later.client, ANN), []);
      } finally {
        await later.drop();
      }
    });

    it('is carried over after a backup from before him was restored', async () => {
      const mirror = await open();
      begin(mirror, 'run-0');
      mirror.applyUsers('run-0', [user('bob')]);
      mirror.endRun(runEnd({ runId: 'run-0' }));
      mirror.publish();
      const { generations, daily } = dataFolderAt(root());
      const aside = join(root(), 'aside');
      cpSync(join(generations, '00000001.db'), aside);
      writeEverything(mirror, 'run-1');
      await push();
      await mirror.erasePerson(1, ANN);
      cpSync(aside, join(daily, '2025-11-10.db'));
      await mirror.restore('daily/2025-11-10.db');
      assert.equal((await push({ afterRestore: true })).tombstones, 1);
      await assertNothingOf(OF_ANN);
      assert.deepEqual(await values('SELECT remote_id FROM users'), ['bob']);
    });

    it('is not brought back by an older copy of the data folder, until he is erased there too', async () => {
      const mirror = await pushed();
      const copy = `${root()}-copy`;
      try {
        cpSync(root(), copy, { recursive: true });
        await mirror.erasePerson(1, ANN);
        await push();
        close(mirror);
        rmSync(root(), { recursive: true });
        cpSync(copy, root(), { recursive: true });
        for (const afterRestore of [false, true]) {
          await assert.rejects(
            push({ afterRestore }),
            /has removed for good .* users\.id 2\. Remove it here/u,
          );
        }
        await assertNothingOf(OF_ANN);
        const again = await open();
        await again.erasePerson(1, ANN);
        await push();
        begin(again, 'run-3');
        again.applyUsers('run-3', [user('cem', { name: 'Cem' })]);
        again.endRun(runEnd({ runId: 'run-3' }));
        again.publish();
        await push({ isFull: true });
        await assertNothingOf(OF_ANN);
        assert.deepEqual(await values('SELECT name FROM users ORDER BY id'), [
          NAMES['names of others'],
          'Cem',
        ]);
      } finally {
        rmSync(copy, { recursive: true, force: true });
      }
    });

    it('does not stay unseen where a policy hides rows from their owner', async () => {
      const user = `${schema.name}_owner`;
      await schema.client.query(`CREATE ROLE ${user} LOGIN PASSWORD 'secret';
        ALTER SCHEMA ${schema.name} OWNER TO ${user}`);
      const asOwner = { warehouse: warehouseAt(schema.name, { user }), password: 'secret' };
      try {
        const mirror = await open();
        writeEverything(mirror, 'run-1');
        await push(asOwner);
        await schema.client.query(`CREATE POLICY none ON message_text USING (false);
          ALTER TABLE message_text ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
        await mirror.erasePerson(1, ANN);
        await assert.rejects(push(asOwner), /row-level security policy for table "message_text"/u);
        await schema.client.query('ALTER TABLE message_text NO FORCE ROW LEVEL SECURITY');
        assert.equal((await push(asOwner)).tombstones, 1);
        await assertNothingOf(OF_ANN);
      } finally {
        await schema.client.query(`REASSIGN OWNED BY ${user} TO CURRENT_USER; DROP ROLE ${user}`);
      }
    });

    it('is all gone or not at all', async () => {
      const mirror = await pushed();
      await mirror.erasePerson(1, ANN);
      await schema.client.query(
        `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is full'; END $$`,
      );
      await schema.client.query(
        'CREATE TRIGGER refuse BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION refuse()',
      );
      await assert.rejects(push(), /the disk is full/u);
      assert.notDeepEqual(await grep(TEXT['text of messages']), []);
      await schema.client.query('DROP TRIGGER refuse ON users');
      assert.equal((await push()).tombstones, 1);
      await assertNothingOf(OF_ANN);
    });
  });

  describe('by a privacy mode', () => {
    for (const mode of PRIVACY_MODES.filter((each) => each !== 'full')) {
      it(`"${mode}" goes from every table, and the rest is as in the mirror`, async () => {
        const mirror = await pushed();
        await mirror.tightenPrivacy(1, mode);
        assert.equal((await push()).tombstones, 1);
        for (const [what, text] of Object.entries(EVERYTHING)) {
          assert.equal((await grep(text)).length === 0, what in EXCLUDED[mode], what);
        }
        await assertEqualToMirror(schema.client, root());
        assert.deepEqual(await values('SELECT count(*) FROM message'), ['6']);
      });

      it(`"${mode}" goes as well where the mirror has let it go before`, async () => {
        const mirror = await pushed();
        await addForgottenRows(schema.client);
        mirror.freeUp({ textMonths: 12, runDays: 1 });
        await push();
        await mirror.tightenPrivacy(1, mode);
        await push();
        await assertNothingOf(Object.values(EXCLUDED[mode]));
        for (const table of ['chats', 'message', 'feedback', 'files', 'user_groups', 'models']) {
          assert.deepEqual(await values(`SELECT DISTINCT row_hash FROM ${table} WHERE id < 0`), [''], table);
        }
        assert.deepEqual(await values('SELECT count(*) FROM message WHERE id < 0'), ['6'], 'numbers stay');
      });
    }

    it('goes on with the hashes that the mirror has of people', async () => {
      const mirror = await pushed();
      await addForgottenRows(schema.client);
      await mirror.tightenPrivacy(1, 'counts');
      await push();
      const ids = await values('SELECT remote_id FROM users');
      assert.ok(ids.length === 2 && ids.every((id) => isPersonHash(String(id))));
      assert.deepEqual(await values('SELECT scope FROM sync_state WHERE scope <> $$$$'), [ids[1]]);
      // Of a row that only the warehouse has nobody can tell who it was.
      const owners = await values(`SELECT owner FROM models ORDER BY id`);
      assert.ok(isPersonHash(String(owners[0])) && owners[0] !== ids[1]);
      assert.equal(owners[1], ids[1]);
    });

    it('comes back where a looser mode followed before the push', async () => {
      const mirror = await pushed();
      await mirror.tightenPrivacy(1, 'pseudonyms');
      await mirror.tightenPrivacy(1, 'full');
      writeEverything(mirror, 'run-3');
      await push();
      await assertEqualToMirror(schema.client, root());
      assert.notDeepEqual(await grep(NAMES['names of users']), []);
    });

    it('is not brought back by an older copy of the data folder', async () => {
      const mirror = await pushed();
      const copy = `${root()}-copy`;
      try {
        cpSync(root(), copy, { recursive: true });
        await mirror.tightenPrivacy(1, 'pseudonyms');
        await push();
        close(mirror);
        rmSync(root(), { recursive: true });
        cpSync(copy, root(), { recursive: true });
        await assert.rejects(push(), /what the privacy mode pseudonyms excludes of instance 1/u);
        await assertNothingOf(Object.values(EXCLUDED.pseudonyms));
      } finally {
        rmSync(copy, { recursive: true, force: true });
      }
    });
  });

  it('of the only instance leaves nothing of anybody', async () => {
    const mirror = await pushed();
    await mirror.removeInstance(1, 'delete');
    await push();
    await assertNothingOf(Object.values(EVERYTHING));
    await assertEqualToMirror(schema.client, root());
  });

  it('of an instance leaves none of its rows, and those of others as they are', async () => {
    const mirror = await pushed();
    writeEverything(mirror, 'other', 2);
    await push();
    await addForgottenRows(schema.client);
    await mirror.removeInstance(1, 'delete');
    assert.equal((await push()).tombstones, 1);
    for (const { table, rows } of INSTANCE_STEPS) {
      assert.deepEqual(await values(`SELECT 1 FROM ${table} WHERE ${rows.replaceAll('?1', '1')}`), [], table);
    }
    assert.deepEqual(await values('SELECT count(*) FROM excluded_accounts'), ['0']);
    assert.deepEqual(await values('SELECT DISTINCT instance_id FROM message'), ['2']);
    assert.deepEqual(await values('SELECT count(*) FROM message_text'), ['12']);
  });
});
