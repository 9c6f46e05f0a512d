import assert from 'node:assert/strict';
import { useMirroring } from './harness';

describe('a chat that was set aside', () => {
  const mirroring = useMirroring();

  it('is set aside no more once it is deleted', async () => {
    const m = await mirroring('0.9.6').start();
    const { chatIds } = m.addUser('bob', 3);
    const [chatId = ''] = chatIds;
    await m.sync({ kind: 'full' });
    m.world.chats.damage(chatId);
    await m.sync({ kind: 'full' });
    assert.equal(await m.count('quarantine'), 1);
    m.world.chats.remove(chatId);
    await m.sync();
    assert.equal(await m.count('chats', 'is_deleted = 1'), 1);
    assert.equal(await m.count('quarantine'), 0);
  });
});
