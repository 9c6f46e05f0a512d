import assert from 'node:assert/strict';
import { useMirroring } from './harness';

const CHAT = '/api/v1/chats/share/';
const LIST = '/api/v1/chats/list/user/';
/** Streams of every run. */
const ALWAYS: readonly string[] = ['users', 'chats', 'messages'];

describe('an incremental sync', () => {
  const mirroring = useMirroring();

  it('notices a new title though newer servers move no time for it', async () => {
    const m = await mirroring('0.12.4').start();
    const { id, chatIds } = m.addUser('bob', 3);
    await m.sync({ kind: 'full' });
    m.world.chats.rename(chatIds[1]!, 'Renamed');
    m.world.users.markActive(id);
    await m.sync();
    assert.deepEqual(
      m.requests.filter((path) => path.startsWith(CHAT)),
      [CHAT + chatIds[1]!],
    );
    assert.equal(await m.count('chats', "title = 'Renamed'"), 1);
  });

  it('reads the lists of active users only', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 1);
    for (let index = 0; index < 20; index++) {
      m.addUser(`user${index}`, 1);
    }
    await m.sync({ kind: 'full' });
    m.world.users.markActive(bob.id);
    await m.sync();
    const lists = m.requests.filter((path) => path.startsWith(LIST));
    assert.equal(lists.length, 2, 'bob and the account that syncs');
  });

  it('stops reading a long list where it is known', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 400);
    await m.sync({ kind: 'full' });
    m.world.chats.addTurn(bob.chatIds[0]!);
    m.world.users.markActive(bob.id);
    await m.sync();
    assert.equal(m.requests.filter((path) => path.startsWith(LIST + bob.id)).length, 1);
    assert.equal(m.requests.filter((path) => path.startsWith(CHAT)).length, 1);
  });

  it('looks again at an answer that was still being written', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 1);
    const [chatId] = bob.chatIds;
    const { answers } = m.world.chats.addTurn(chatId!, { answers: [{ model: 'gpt-x' }] });
    const answer = answers[0]!.id;
    m.world.chats.editMessage(chatId!, answer, { done: false, content: 'Half' });
    await m.sync();
    const chat = m.world.chats.get(chatId!);
    Object.assign(m.world.chats.message(chatId!, answer), { done: true, content: 'Whole' });
    assert.equal(chat.id, chatId);
    await m.sync();
    assert.equal(m.requests.filter((path) => path.startsWith(CHAT)).length, 1);
    assert.equal(await m.count('messages', "content = 'Whole'"), 1);
  });

  it('without a complete walk before reads everybody', async () => {
    const m = await mirroring().start();
    m.addUser('bob', 2);
    const run = await m.sync();
    assert.equal(run.status, 'ok');
    assert.equal(await m.count('chats'), 2);
  });

  it('updates a user whom an administrator renamed', async () => {
    const m = await mirroring('0.9.6').start();
    const { id } = m.addUser('bob', 0);
    await m.sync({ kind: 'full' });
    m.world.users.update(id, { name: 'Robert' });
    await m.sync();
    assert.equal(await m.count('users', "name = 'Robert' AND created_at_epoch IS NOT NULL"), 1);
  });

  it('by the timer looks at what rarely changes every six hours only, a part of it in each run', async () => {
    const m = await mirroring().start();
    m.at(-86_400, () => ['Sales', 'Legal', 'Labs'].map((name) => m.world.users.addGroup(name, [])));
    await m.sync({ kind: 'full' });
    assert.deepEqual((await m.sync({ trigger: 'schedule' })).streams.length, 3);
    m.clock.seconds += 6 * 3_600;
    const looked: string[] = [];
    for (let run = 0; run < 3; run += 1) {
      const { streams } = await m.sync({ trigger: 'schedule' });
      looked.push(...streams.map(({ stream }) => stream).filter((name) => !ALWAYS.includes(name)));
      assert.ok(m.requests.length <= 10, m.requests.join('\n'));
    }
    assert.deepEqual(looked.sort(), ['feedback', 'files', 'groups', 'knowledge_bases', 'models']);
    assert.equal((await m.sync({ trigger: 'schedule' })).streams.length, 3);
  });

  it('finds files that joined or left a knowledge base when a person asks', async () => {
    const m = await mirroring().start();
    const { library } = m.world;
    const base = m.at(-86_400, () => library.addKnowledge({ name: 'Base' }));
    await m.sync({ kind: 'full' });
    library.setKnowledgeFiles(base.id, [library.addFile({ filename: 'new.txt' }).id]);
    await m.sync();
    assert.deepEqual(await m.rows('SELECT file_count FROM knowledge_bases'), [[1]]);
    library.setKnowledgeFiles(base.id, []);
    await m.sync();
    assert.deepEqual(await m.rows('SELECT file_count FROM knowledge_bases'), [[0]]);
  });

  it('by the timer reads the files of a knowledge base only when its row changed', async () => {
    const m = await mirroring().start();
    const base = m.at(-86_400, () => m.world.library.addKnowledge({ name: 'Base' }));
    await m.sync({ kind: 'full' });
    m.clock.seconds += 6 * 3_600;
    const asked: string[] = [];
    for (let run = 0; run < 3; run += 1) {
      await m.sync({ trigger: 'schedule' });
      asked.push(...m.requests);
    }
    assert.ok(asked.some((path) => path.startsWith('/api/v1/knowledge/')));
    assert.ok(!asked.some((path) => path.includes(`${base.id}/files`)));
  });

  it('marks a message that vanished from its chat', async () => {
    const m = await mirroring().start();
    const bob = m.addUser('bob', 1);
    await m.sync({ kind: 'full' });
    const [chatId] = bob.chatIds;
    const { turn } = m.world.chats.addTurn(chatId!);
    m.world.users.markActive(bob.id);
    await m.sync();
    const before = await m.count('message');
    m.clock.seconds += 60;
    m.world.chats.deleteMessage(chatId!, turn.id);
    m.world.users.markActive(bob.id);
    await m.sync();
    assert.ok((await m.count('message')) < before);
    assert.ok((await m.count('message', 'is_deleted = 1')) >= 1);
  });
});
