import assert from 'node:assert/strict';
import { useMirroring, type Mirroring } from './harness';

describe('deletions', () => {
  const mirroring = useMirroring();

  async function withChats(count: number): Promise<{ m: Mirroring; userId: string; chatIds: string[] }> {
    const m = await mirroring().start();
    const { id, chatIds } = m.addUser('bob', count);
    await m.sync({ kind: 'full' });
    return { m, userId: id, chatIds };
  }

  it('never follow from chat access being switched off', async () => {
    const { m, userId } = await withChats(3);
    m.server.setGates({ adminChatAccess: false });
    m.world.users.markActive(userId);
    const run = await m.sync({ kind: 'full' });
    assert.equal(await m.count('chats'), 3);
    assert.equal(run.status, 'partial');
    const chats = run.streams.find(({ stream }) => stream === 'chats');
    assert.deepEqual([chats?.status, chats?.errorCode], ['skipped', 'chatAccessOff']);
  });

  it('never follow when chat access goes off between the list and the confirmation', async () => {
    const { m, userId, chatIds } = await withChats(3);
    m.world.chats.remove(chatIds[0]!);
    m.world.users.markActive(userId);
    m.server.fail(
      ({ path }) => {
        const isConfirmation = path.startsWith('/api/v1/chats/share/');
        if (isConfirmation) {
          m.server.setGates({ adminChatAccess: false });
        }
        return false;
      },
      { kind: 'reset' },
      1,
    );
    await m.sync();
    assert.equal(await m.count('chats'), 3);
  });

  it('never follow from a list that a chat is missing from, while it can still be read', async () => {
    const { m, userId } = await withChats(3);
    m.world.users.markActive(userId);
    m.server.fail('/api/v1/chats/list/user/', { kind: 'reply', status: 200, body: [] }, 10);
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.deleted], ['ok', 0]);
    assert.equal(await m.count('chats'), 3);
  });

  it('are held back when more than 20 and a tenth of the chats vanish at once, until a person agrees', async () => {
    const { m, userId, chatIds } = await withChats(30);
    chatIds.slice(0, 21).forEach((id) => m.world.chats.remove(id));
    m.world.users.markActive(userId);
    const held = await m.sync();
    assert.deepEqual(
      [held.status, held.counts.heldBack, held.errorCode],
      ['partial', 21, 'deletionsHeldBack'],
    );
    assert.equal(await m.count('chats'), 30);

    m.world.users.markActive(userId);
    const agreed = await m.sync({ acceptMassDeletion: true });
    assert.deepEqual([agreed.status, agreed.counts.deleted], ['ok', 21]);
    assert.equal(await m.count('chats'), 9);
  });

  it('of up to a tenth of all chats need no agreement', async () => {
    const { m, userId, chatIds } = await withChats(25);
    m.addUser('eve', 200);
    await m.sync();
    chatIds.slice(0, 22).forEach((id) => m.world.chats.remove(id));
    m.world.users.markActive(userId);
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.deleted], ['ok', 22]);
  });

  it('are taken back when the chat is there again', async () => {
    const { m, userId, chatIds } = await withChats(2);
    const [chatId] = chatIds;
    const chat = m.world.chats.get(chatId!);
    m.world.chats.remove(chatId!);
    m.world.users.markActive(userId);
    await m.sync();
    assert.equal(await m.count('chats'), 1);
    const back = m.server.fail(
      `/api/v1/chats/list/user/${userId}`,
      {
        kind: 'reply',
        status: 200,
        body: [{ id: chatId, title: chat.title, updated_at: m.world.now(), created_at: m.world.now() }],
      },
      10,
    );
    m.server.fail(
      `/api/v1/chats/share/${chatId}`,
      {
        kind: 'reply',
        status: 200,
        body: { id: chatId, user_id: userId, title: chat.title, chat: {}, updated_at: m.world.now() },
      },
      10,
    );
    m.world.users.markActive(userId);
    const run = await m.sync();
    assert.equal(run.counts.restored, 1);
    back();
  });

  it('of an administrator are found by a full sync', async () => {
    const { m, chatIds } = await withChats(3);
    m.world.chats.remove(chatIds[0]!, 'admin');
    await m.sync();
    assert.equal(await m.count('chats'), 3);
    await m.sync({ kind: 'full' });
    assert.equal(await m.count('chats'), 2);
  });

  it('of models, files and knowledge bases are found when they are looked at', async () => {
    const m = await mirroring().start();
    const { library } = m.world;
    const [file, base] = m.at(-86_400, () => {
      library.addModel({ id: 'legal-bot' });
      return [library.addFile({ filename: 'a.txt' }), library.addKnowledge({ name: 'Base' })];
    });
    await m.sync({ kind: 'full' });
    library.removeModel('legal-bot');
    library.removeFile(file.id);
    library.removeKnowledge(base.id);
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.deleted], ['ok', 3]);
  });

  it('of a model that a provider stops to offer wait for a second look', async () => {
    const m = await mirroring().start();
    m.world.library.addProviderModel('gpt-x');
    m.world.library.addProviderModel('gpt-y');
    await m.sync({ kind: 'full' });
    const offer = (id: string): void =>
      void m.server.fail(
        '/api/models',
        { kind: 'reply', status: 200, body: { data: [{ id, name: id }] } },
        1,
      );
    offer('gpt-x');
    await m.sync({ kind: 'full' });
    assert.equal(await m.count('models'), 2);
    await m.sync();
    assert.equal(await m.count('models'), 2);
    offer('gpt-x');
    await m.sync({ kind: 'full' });
    assert.deepEqual(await m.rows('SELECT model_id FROM models WHERE is_deleted = 0'), [['gpt-x']]);
  });
});
