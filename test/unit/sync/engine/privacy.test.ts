import assert from 'node:assert/strict';
import type { StoreWriter } from '../../../../src/store/mirrorWriter';
import { PRIVACY_MODES } from '../../../../src/store/instances/privacy';
import { inProcessWriter, useMirroring, type Mirroring } from './harness';

const CHAT = '/api/v1/chats/share/';
const LIST = '/api/v1/chats/list/user/';
const RECONCILE = { walk: 'complete' } as const;
const TABLES = [
  ...['users', 'user_groups', 'group_members', 'chats', 'message', 'message_text', 'feedback'],
  ...['models', 'knowledge_bases', 'files', 'sync_state', 'quarantine', 'sync_runs', 'sync_run_streams'],
];

/** Everything that the mirror's tables hold, as one text. */
async function contentOf(m: Mirroring): Promise<string> {
  const rows = await Promise.all(TABLES.map((table) => m.rows(`SELECT * FROM ${table}`)));
  return JSON.stringify(rows);
}

describe('a mirror with privacy', () => {
  const mirroring = useMirroring();

  /** Bob has everything that can point to him: chats, a file, a base, a model, a group and a rating. */
  async function withBob(
    privacy: Mirroring['privacy'],
  ): Promise<{ m: Mirroring; bob: string; chatIds: string[] }> {
    const m = await mirroring().start();
    m.privacy = privacy;
    const { id, chatIds } = m.addUser('Bob Builder', 2);
    m.addUser('Eve', 1);
    m.at(-86_400, () => {
      const { library, users, chats } = m.world;
      chats.rename(chatIds[0]!, 'Secret title');
      const { turn, answers } = chats.addTurn(chatIds[0]!, { prompt: 'Secret sentence' });
      assert.ok(turn.id);
      chats.rate(chatIds[0]!, answers[0]!.id, 1, { comment: 'Secret comment' });
      const file = library.addFile({ filename: 'secret-file.txt', userId: id });
      library.addKnowledge({
        name: 'Secret base',
        description: 'Secret words',
        userId: id,
        fileIds: [file.id],
      });
      library.addModel({ id: 'bobs-bot', userId: id, baseModelId: 'gpt-x' });
      users.addGroup('Secret group', [id]);
    });
    const run = await m.sync({ kind: 'full' });
    assert.deepEqual([run.status, run.error], ['ok', undefined]);
    return { m, bob: id, chatIds };
  }

  for (const mode of PRIVACY_MODES) {
    it(`(${mode}) counts the same rows, each with its owner, and finds nothing new the second time`, async () => {
      const { m } = await withBob(mode);
      const counts = ['users', 'chats', 'message', 'feedback', 'files', 'knowledge_bases', 'user_groups'];
      assert.deepEqual(await Promise.all(counts.map((table) => m.count(table))), [3, 3, 8, 1, 1, 1, 1]);
      const owned = ['chats', 'feedback', 'files', 'knowledge_bases', 'group_members'];
      const owners = owned.map((table) => `SELECT user_id FROM ${table}`).join(' UNION ');
      assert.deepEqual(
        await m.rows(`SELECT count(*) FROM users WHERE is_deleted = 0 AND id IN (${owners})`),
        [[2]],
      );
      const second = await m.sync(RECONCILE);
      const { inserted, updated, deleted, restored } = second.counts;
      assert.deepEqual([second.status, inserted, updated, deleted, restored], ['ok', 0, 0, 0, 0]);
    });
  }

  it('of counts holds no name, no word and no id of a user, but still asks the server by its ids', async () => {
    const { m, bob } = await withBob('counts');
    const refuse = { kind: 'reply', status: 500, body: 'Internal Server Error' } as const;
    m.server.fail(LIST + bob, refuse, 4);
    await m.sync({ kind: 'full' });
    assert.ok(m.requests.some((path) => path.startsWith(LIST + bob)));
    const content = await contentOf(m);
    for (const secret of ['Bob', 'Secret', 'secret', 'example.org', bob, m.world.users.admin().id]) {
      assert.ok(!content.includes(secret), secret);
    }
    const again = await m.sync();
    assert.equal(again.status, 'ok');
    assert.ok(
      m.requests.some((path) => path.startsWith(LIST + bob)),
      'the list that failed is read again',
    );
  });

  it('of counts finds deleted users by a second list, as they cannot be asked for', async () => {
    const { m, bob } = await withBob('counts');
    m.world.deleteUser(bob);
    const run = await m.sync();
    assert.equal(run.status, 'ok');
    assert.deepEqual([await m.count('users'), await m.count('chats')], [2, 1]);
    assert.equal(m.requests.filter((path) => path === '/api/v1/users/all').length, 2);
    assert.ok(!m.requests.some((path) => path.includes('person-')));
  });

  it('without text takes a new title for no change', async () => {
    const { m, bob, chatIds } = await withBob('names');
    m.world.chats.rename(chatIds[1]!, 'Another title');
    m.world.users.markActive(bob);
    await m.sync();
    assert.ok(!m.requests.some((path) => path.startsWith(CHAT)));
  });

  it('that is given up gets its titles back with the next look at each list', async () => {
    const { m } = await withBob('names');
    m.privacy = 'full';
    await m.sync(RECONCILE);
    assert.equal(await m.count('chats', "title = 'Secret title'"), 1);
    assert.equal(await m.count('messages', "content = 'Secret sentence'"), 1);
  });
});

describe('a person who was erased', () => {
  const mirroring = useMirroring();

  for (const privacy of ['full', 'counts'] as const) {
    it(`(${privacy}) is not mirrored again, nor anything of his`, async () => {
      const m = await mirroring().start();
      m.privacy = privacy;
      const bob = m.addUser('Bob', 2);
      m.addUser('Eve', 1);
      await m.sync({ kind: 'full' });
      const [row] = await m.rows(
        'SELECT u.remote_id FROM users u JOIN chats c ON c.user_id = u.id GROUP BY 1 HAVING count(*) = 2',
      );
      const writer = (await inProcessWriter(m.folder, m.clock)) as StoreWriter;
      await writer.erasePerson(1, String(row?.[0]));
      await writer.close();
      m.at(0, () => {
        const { library, users, chats } = m.world;
        library.addFile({ filename: 'a.txt', userId: bob.id });
        users.addGroup('Sales', [bob.id]);
        const { answers } = chats.addTurn(bob.chatIds[0]!);
        chats.rate(bob.chatIds[0]!, answers[0]!.id, 1, { comment: 'Bob was here' });
      });
      for (const request of [{}, RECONCILE, { kind: 'full' }] as const) {
        const run = await m.sync(request);
        assert.deepEqual([run.status, run.counts.deleted], ['ok', 0]);
        assert.ok(!m.requests.some((path) => path.includes(bob.id)));
      }
      assert.deepEqual(
        await Promise.all(
          ['users', 'chats', 'feedback', 'group_members', 'files'].map((table) => m.count(table)),
        ),
        [2, 1, 0, 0, 1],
      );
      assert.deepEqual(await m.rows('SELECT user_id FROM files'), [[null]]);
      assert.ok(!(await contentOf(m)).includes(bob.id));
    });
  }
});
