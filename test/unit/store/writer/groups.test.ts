import assert from 'node:assert/strict';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, counts, NOON, openMirror, user, useTemporaryFolder } from '../builders';
import { publishedRows } from '../published';

describe('The writer, for groups', () => {
  const root = useTemporaryFolder();
  let mirror: MirrorDatabase;
  let now = NOON;
  let run = '';
  beforeEach(async () => {
    now = NOON;
    mirror = await openMirror(root(), { now: () => now });
    run = begin(mirror);
    mirror.applyUsers(run, [user('ann'), user('bob'), user('cy')]);
    mirror.applyGroups(run, [
      { remoteId: 'g1', name: 'Sales', description: 'Who sells', memberRemoteIds: ['ann', 'bob'] },
      { remoteId: 'g2', name: 'Everybody', memberRemoteIds: ['ann', 'bob', 'cy'] },
    ]);
  });
  afterEach(() => {
    mirror.close();
  });
  const published = async (sql: string): Promise<unknown> => {
    mirror.publish();
    return publishedRows(root(), sql);
  };
  const members = (): Promise<unknown> =>
    published(
      `SELECT g.remote_id, u.remote_id, m.is_deleted FROM group_members m JOIN user_groups g ON g.id = m.group_id
       JOIN users u ON u.id = m.user_id WHERE g.remote_id = 'g1' ORDER BY 1, 2`,
    );
  const memberCounts = (): Promise<unknown> =>
    published('SELECT remote_id, member_count, is_deleted FROM user_groups ORDER BY 1');

  it('mirrors them with their members, and how many those are', async () => {
    assert.deepEqual(await published('SELECT name, description FROM user_groups ORDER BY 1'), [
      ['Everybody', null],
      ['Sales', 'Who sells'],
    ]);
    assert.deepEqual(await memberCounts(), [
      ['g1', 2, 0],
      ['g2', 3, 0],
    ]);
  });

  it('keeps a membership that ended, marked, and unmarks it when it begins again', async () => {
    now += 60;
    assert.deepEqual(
      mirror.applyGroups(run, [{ remoteId: 'g1', name: 'Sales', memberRemoteIds: ['bob', 'cy'] }]),
      counts({ seen: 1, updated: 1 }),
    );
    assert.deepEqual(await members(), [
      ['g1', 'ann', 1],
      ['g1', 'bob', 0],
      ['g1', 'cy', 0],
    ]);
    mirror.applyGroups(run, [{ remoteId: 'g1', name: 'Sales', memberRemoteIds: ['ann', 'bob', 'cy'] }]);
    assert.deepEqual(
      await published(
        `SELECT first_seen_at_epoch, m.is_deleted FROM group_members m JOIN users u ON u.id = m.user_id
         JOIN user_groups g ON g.id = m.group_id WHERE g.remote_id = 'g1' ORDER BY u.remote_id`,
      ),
      [
        [NOON, 0],
        [NOON, 0],
        [NOON + 60, 0],
      ],
    );
  });

  it('keeps the members of a group whose members the server did not tell', async () => {
    assert.equal(mirror.applyGroups(run, [{ remoteId: 'g1', name: 'Sales' }]).unchanged, 1);
    assert.deepEqual(await members(), [
      ['g1', 'ann', 0],
      ['g1', 'bob', 0],
    ]);
  });

  it('does not publish when nothing changed', () => {
    mirror.publish();
    const same = { remoteId: 'g1', name: 'Sales', memberRemoteIds: ['bob', 'ann', 'ann'] };
    assert.equal(mirror.applyGroups(run, [same]).unchanged, 1);
    assert.equal(mirror.publish().published, false);
  });

  it('makes no user of a member whom the mirror does not know', async () => {
    mirror.applyGroups(run, [{ remoteId: 'g1', name: 'Sales', memberRemoteIds: ['ann', 'stranger'] }]);
    assert.deepEqual(await published('SELECT remote_id FROM users ORDER BY 1'), [['ann'], ['bob'], ['cy']]);
    assert.deepEqual(await memberCounts(), [
      ['g1', 1, 0],
      ['g2', 3, 0],
    ]);
  });

  it('marks the memberships of a deleted user, and unmarks them when his groups are read again', async () => {
    mirror.markDeleted(run, 'users', ['ann']);
    assert.deepEqual(await memberCounts(), [
      ['g1', 1, 0],
      ['g2', 2, 0],
    ]);
    mirror.applyGroups(run, [{ remoteId: 'g1', name: 'Sales', memberRemoteIds: ['ann', 'bob'] }]);
    assert.deepEqual(await memberCounts(), [
      ['g1', 1, 0],
      ['g2', 2, 0],
    ]);
    mirror.applyUsers(run, [user('ann')]);
    assert.deepEqual(await members(), [
      ['g1', 'ann', 1],
      ['g1', 'bob', 0],
    ]);
    mirror.applyGroups(run, [{ remoteId: 'g1', name: 'Sales', memberRemoteIds: ['ann', 'bob'] }]);
    assert.deepEqual(await members(), [
      ['g1', 'ann', 0],
      ['g1', 'bob', 0],
    ]);
  });

  it('marks a deleted group with its memberships, and brings both back', async () => {
    assert.deepEqual(mirror.markDeleted(run, 'groups', ['g1', 'unknown']), counts({ deleted: 1 }));
    assert.deepEqual(mirror.markDeleted(run, 'groups', ['g1']), counts({}));
    assert.deepEqual(mirror.knownIds(run, 'groups'), ['g2']);
    assert.deepEqual(await members(), [
      ['g1', 'ann', 1],
      ['g1', 'bob', 1],
    ]);
    assert.deepEqual(await memberCounts(), [
      ['g1', 0, 1],
      ['g2', 3, 0],
    ]);
    assert.deepEqual(
      mirror.applyGroups(run, [{ remoteId: 'g1', name: 'Sales', memberRemoteIds: ['ann'] }]),
      counts({ seen: 1, restored: 1 }),
    );
    assert.deepEqual(await memberCounts(), [
      ['g1', 1, 0],
      ['g2', 3, 0],
    ]);
  });
});
