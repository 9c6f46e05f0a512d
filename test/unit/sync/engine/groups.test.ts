import assert from 'node:assert/strict';
import { SAMPLE_VERSIONS } from '../../../../src/sample/versions';
import { useMirroring } from './harness';

const GROUPS = '/api/v1/groups/';
const MEMBERS = `SELECT g.name, u.name, m.is_deleted FROM group_members m
  JOIN user_groups g ON g.id = m.group_id JOIN users u ON u.id = m.user_id ORDER BY 1, 2`;

describe('groups', () => {
  const mirroring = useMirroring();

  for (const version of SAMPLE_VERSIONS) {
    it(`of Open WebUI ${version} are mirrored with their members, who may leave`, async () => {
      const m = await mirroring(version).start();
      const [bob, eve] = [m.addUser('bob', 0), m.addUser('eve', 0)];
      const sales = m.at(-86_400, () => m.world.users.addGroup('Sales', [bob.id, eve.id]));
      const run = await m.sync({ kind: 'full' });
      assert.deepEqual([run.status, run.error], ['ok', undefined]);
      assert.deepEqual(await m.rows(MEMBERS), [
        ['Sales', 'bob', 0],
        ['Sales', 'eve', 0],
      ]);
      sales.userIds = [eve.id];
      assert.equal((await m.sync()).status, 'ok');
      assert.deepEqual(await m.rows(MEMBERS), [
        ['Sales', 'bob', 1],
        ['Sales', 'eve', 0],
      ]);
      assert.deepEqual(await m.rows('SELECT member_count FROM user_groups'), [[1]]);
    });
  }

  it('that are gone from list and server are marked', async () => {
    const m = await mirroring().start();
    const [sales] = m.at(-86_400, () => ['Sales', 'Legal'].map((name) => m.world.users.addGroup(name, [])));
    await m.sync({ kind: 'full' });
    const kept = m.world.users.groups().filter(({ id }) => id !== sales!.id);
    m.server.fail(/\/groups\/(\?|$)/, {
      kind: 'rewrite',
      change: (rows) => (rows as { id: string }[]).filter(({ id }) => id !== sales!.id),
    });
    assert.equal((await m.sync()).counts.deleted, 0, 'it can still be read by its id');
    m.world.users.groups = () => kept;
    m.world.users.findGroup = (id) => kept.find((group) => group.id === id);
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.deleted], ['ok', 1]);
    assert.deepEqual(await m.rows('SELECT name FROM user_groups WHERE is_deleted = 0'), [['Legal']]);
  });

  it('may be refused to the key without harm to the other streams', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 1);
    m.server.fail(GROUPS, { kind: 'reply', status: 403, body: { detail: 'Not allowed' } }, 100);
    const run = await m.sync({ kind: 'full' });
    assert.equal(run.status, 'partial');
    assert.deepEqual([await m.count('chats'), run.streams[1]?.status], [1, 'skipped']);
  });
});
