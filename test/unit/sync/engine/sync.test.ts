import assert from 'node:assert/strict';
import { SAMPLE_VERSIONS } from '../../../../src/sample/versions';
import { useMirroring } from './harness';

describe('a sync', () => {
  const mirroring = useMirroring();

  for (const version of SAMPLE_VERSIONS) {
    describe(`of Open WebUI ${version}`, () => {
      it('mirrors users, chats, messages, models, knowledge bases and files', async () => {
        const m = await mirroring(version).start();
        const user = m.addUser('bob', 3);
        m.addUser('eve', 0);
        m.at(-86_400, () => {
          m.world.library.addProviderModel('gpt-x');
          m.world.library.addModel({ id: 'team/legal-bot', baseModelId: 'gpt-x' });
          const file = m.world.library.addFile({ filename: 'handbook.txt' });
          m.world.library.addFile({ filename: 'other.txt' });
          m.world.library.addKnowledge({ name: 'Base', fileIds: [file.id] });
          m.world.chats.setArchived(user.chatIds[0]!, true);
        });
        const run = await m.sync({ kind: 'full' });

        assert.deepEqual([run.status, run.error], ['ok', undefined]);
        assert.equal(run.serverVersion, version);
        assert.deepEqual(
          await Promise.all(
            ['users', 'chats', 'message', 'models', 'knowledge_bases', 'files'].map((table) =>
              m.count(table),
            ),
          ),
          [3, 3, 6, 2, 1, 2],
        );
        assert.deepEqual(await m.rows('SELECT filename FROM files WHERE knowledge_base_id IS NOT NULL'), [
          ['handbook.txt'],
        ]);
        assert.equal(await m.count('chats', 'archived = 1'), 1);
      });

      it('finds nothing the second time, with few calls', async () => {
        const m = await mirroring(version).start();
        m.addUser('bob', 3);
        m.at(-86_400, () => m.world.library.addKnowledge({ name: 'Base' }));
        await m.sync({ kind: 'full' });
        const manual = await m.sync();
        assert.equal(manual.status, 'ok');
        assert.deepEqual(
          [manual.counts.inserted, manual.counts.deleted, manual.counts.restored],
          [0, 0, 0],
          m.requests.join('\n'),
        );
        // The account that syncs is seen at work by the server.
        assert.ok(manual.counts.updated <= 1);
        assert.ok(m.requests.length <= 15, m.requests.join('\n'));
        await m.sync({ trigger: 'schedule' });
        assert.ok(m.requests.length <= 10, m.requests.join('\n'));
      });

      it('fetches only what changed', async () => {
        const m = await mirroring(version).start();
        const { chatIds } = m.addUser('bob', 5);
        m.addUser('eve', 5);
        await m.sync({ kind: 'full' });
        const [changed] = chatIds;
        m.world.chats.addTurn(changed!, { answers: [{ model: 'gpt-x' }] });
        m.world.users.markActive(m.world.chats.get(changed!).userId);
        const run = await m.sync();

        assert.deepEqual(
          m.requests.filter((path) => path.startsWith('/api/v1/chats/share/')),
          [`/api/v1/chats/share/${changed}`],
        );
        const messages = run.streams.find(({ stream }) => stream === 'messages');
        assert.equal(messages?.counts.inserted, 2);
      });

      it('marks a chat that its owner deleted, with its messages', async () => {
        const m = await mirroring(version).start();
        const user = m.addUser('bob', 3);
        await m.sync({ kind: 'full' });
        m.world.chats.remove(user.chatIds[0]!);
        m.world.users.markActive(user.id);
        const run = await m.sync();
        assert.deepEqual([run.status, run.counts.deleted], ['ok', 1]);
        assert.equal(await m.count('chats'), 2);
        assert.equal(await m.count('message'), 4);
        assert.equal(await m.count('chats', 'is_deleted = 1'), 1);
      });

      it('marks a deleted user with his chats', async () => {
        const m = await mirroring(version).start();
        const bob = m.addUser('bob', 3);
        m.addUser('eve', 1);
        await m.sync({ kind: 'full' });
        m.world.deleteUser(bob.id);
        const run = await m.sync();
        assert.equal(run.status, 'ok');
        assert.equal(await m.count('users'), 2);
        assert.equal(await m.count('chats'), 1);
      });

      it('reads all chats of a new user', async () => {
        const m = await mirroring(version).start();
        m.addUser('bob', 1);
        await m.sync({ kind: 'full' });
        m.addUser('eve', 70);
        const run = await m.sync();
        assert.equal(run.status, 'ok');
        assert.equal(await m.count('chats'), 71);
        assert.deepEqual(await m.rows("SELECT created_at_epoch IS NULL FROM users WHERE name = 'eve'"), [
          [0],
        ]);
      });
    });
  }
});
