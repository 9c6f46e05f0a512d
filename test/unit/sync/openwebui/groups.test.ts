import assert from 'node:assert/strict';
import { SAMPLE_VERSIONS } from '../../../../src/sample/versions';
import { isFailure } from '../../../../src/sync/openwebui/failures';
import { groupExists, readGroups } from '../../../../src/sync/openwebui/groups';
import { useSampleSide, type SampleSide } from './sampleClient';

const EXPORT = /\/export$/;

describe('reading groups', () => {
  const start = useSampleSide();

  function addUsers(side: SampleSide, count: number): string[] {
    return Array.from(
      { length: count },
      (_, index) => side.world.users.add({ name: `U${index}`, email: `u${index}@example.org` }).id,
    );
  }

  for (const version of SAMPLE_VERSIONS) {
    it(`tells who belongs to which group on ${version}`, async () => {
      const side = await start(version);
      const [ann = '', bob = '', cem = ''] = addUsers(side, 3);
      side.world.users.addGroup('Finance', [ann, bob]);
      side.world.users.addGroup('Legal', [bob, cem]);
      side.world.users.addGroup('Nobody', []);
      const { rows, skipped } = await readGroups(side.client());
      assert.equal(skipped, 0);
      assert.deepEqual(
        new Map(rows.map(({ name, memberRemoteIds }) => [name, [...(memberRemoteIds ?? [])].sort()])),
        new Map([
          ['Finance', [ann, bob].sort()],
          ['Legal', [bob, cem].sort()],
          ['Nobody', []],
        ]),
      );
      assert.ok(rows.every(({ createdAt, updatedAt, remoteId }) => createdAt && updatedAt && remoteId));
    });

    it(`tells whether a group still exists on ${version}`, async () => {
      const side = await start(version);
      const { id } = side.world.users.addGroup('Finance', []);
      assert.equal(await groupExists(side.client(), id), true);
      assert.equal(await groupExists(side.client(), 'other'), false);
    });
  }

  it('asks for no members of a group without any', async () => {
    const side = await start('0.7.2');
    side.world.users.addGroup('Nobody', []);
    const { rows } = await readGroups(side.client());
    assert.deepEqual(rows[0]?.memberRemoteIds, []);
    assert.deepEqual(side.takeRequests(), ['/api/v1/groups/']);
  });

  it('needs one call up to 0.6.36', async () => {
    const side = await start('0.6.36');
    const [ann = ''] = addUsers(side, 1);
    side.world.users.addGroup('Finance', [ann]);
    await readGroups(side.client());
    assert.deepEqual(side.takeRequests(), ['/api/v1/groups/']);
  });

  it('reads pages of users where these are fewer than groups', async () => {
    const side = await start();
    const users = addUsers(side, 35);
    for (let group = 0; group < 4; group++) {
      side.world.users.addGroup(`Group ${group}`, users.slice(group, group + 8));
    }
    const { rows } = await readGroups(side.client(), 36);
    for (const { name, memberRemoteIds = [] } of rows) {
      const first = Number(name?.at(-1));
      assert.deepEqual([...memberRemoteIds].sort(), users.slice(first, first + 8).sort());
    }
    const requests = side.takeRequests();
    assert.equal(requests.length, 3);
    assert.ok(!requests.some((path) => EXPORT.test(path)));
  });

  it('asks for a group by itself when the pages of users show another number of members', async () => {
    const side = await start();
    const users = addUsers(side, 3);
    const moved = side.world.users.addGroup('Moved', users);
    side.world.users.addGroup('Other', users);
    side.server.fail(
      '/api/v1/users/',
      { kind: 'reply', status: 200, body: { users: users.map((id) => ({ id, group_ids: [] })), total: 3 } },
      1,
    );
    const { rows } = await readGroups(side.client(), 4);
    assert.deepEqual(
      [...(rows.find(({ remoteId }) => remoteId === moved.id)?.memberRemoteIds ?? [])].sort(),
      [...users].sort(),
    );
    assert.equal(side.takeRequests().filter((path) => EXPORT.test(path)).length, 2);
  });

  it('leaves the members of a group open that cannot be exported', async () => {
    const side = await start();
    const [ann = ''] = addUsers(side, 1);
    side.world.users.addGroup('Finance', [ann]);
    side.server.fail(EXPORT, { kind: 'reply', status: 500, body: 'Internal Server Error' }, 1);
    const { rows } = await readGroups(side.client());
    assert.deepEqual(
      rows.map(({ name, memberRemoteIds }) => [name, memberRemoteIds]),
      [['Finance', undefined]],
    );
  });

  for (const version of ['0.7.2', '0.12.4'] as const) {
    it(`says when the key may not read groups on ${version}`, async () => {
      const side = await start(version);
      side.server.setGates({ keyPaths: ['/api/v1/users'] });
      await assert.rejects(readGroups(side.client()), (error) => isFailure(error, 'endpointNotAllowed'));
    });
  }
});
