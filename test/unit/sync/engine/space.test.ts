import assert from 'node:assert/strict';
import type { MirrorWriter, StoreWriter } from '../../../../src/store/mirrorWriter';
import { inProcessWriter, Mirroring } from './harness';

/** A mirroring whose database may not grow beyond a size. */
class Limited extends Mirroring {
  maxPages: number | undefined;

  /** Lets a person free space. */
  async freeUp(textMonths: number): Promise<void> {
    const writer = (await this.openWriter()) as StoreWriter;
    await writer.freeUp({ textMonths, runDays: 90 });
    await writer.close();
  }

  protected override openWriter(): Promise<MirrorWriter> {
    return inProcessWriter(this.folder, this.clock, { maxPages: this.maxPages });
  }
}

const YEARS = 3 * 366 * 86_400;

describe('a mirror and its size', () => {
  let m: Limited;
  beforeEach(async () => {
    m = new Limited();
    await m.start();
  });
  afterEach(() => m.close());

  /** A user with as many chats, three years old, each with so much text. */
  function addOldUser(name: string, chats: number, characters: number): string {
    return m.at(-YEARS, () => {
      const user = m.world.users.add({ name, email: `${name}@example.org` });
      for (let index = 0; index < chats; index++) {
        const chat = m.world.chats.add(user.id, { title: `Chat ${index}`, models: ['gpt-x'] });
        m.world.chats.addTurn(chat.id, {
          prompt: `old question ${index}`,
          answers: [{ model: 'gpt-x', content: 'x'.repeat(characters) }],
        });
      }
      return user.id;
    });
  }
  const withText = async (): Promise<number> =>
    Number((await m.rows('SELECT count(*) FROM message_text'))[0]?.[0]);

  it('case 42: pauses the run with one sentence when it is full, keeps what was fetched, and goes on once there is room', async () => {
    m.maxPages = 220;
    const total = 30;
    addOldUser('bob', total, 40_000);
    const run = await m.sync();
    assert.equal(run.errorCode, 'mirrorFull');
    assert.match(run.error ?? '', /has reached its largest size\. .* Free up space, then sync again\./);
    assert.ok(run.status === 'partial' || run.status === 'failed');
    const kept = await m.count('chats');
    assert.ok(kept > 3 && kept < total, `${kept} chats`);
    assert.equal(await m.count('message'), kept * 2);
    assert.deepEqual(await m.rows('SELECT status, error_code FROM sync_runs'), [[run.status, 'mirrorFull']]);
    const asked = m.requests.filter((path) => path.startsWith('/api/v1/chats/')).length;
    assert.ok(asked < total, 'the server is left alone');

    await m.freeUp(12);
    assert.equal(await withText(), 0);
    const next = await m.sync();
    assert.ok((await m.count('chats')) > kept, next.error);
  });

  it('does not fetch text again that was removed, neither incrementally nor as a whole', async () => {
    const bob = addOldUser('bob', 3, 100);
    await m.sync();
    assert.equal(await withText(), 6);
    await m.freeUp(12);
    assert.equal(await withText(), 0);
    await m.sync();
    await m.sync({ kind: 'full' });
    assert.equal(await withText(), 0);
    assert.equal(await m.count('message', 'content_chars > 0 AND is_deleted = 0'), 6);

    const [chat] = m.world.chats.of(bob);
    assert.ok(chat);
    m.at(0, () =>
      m.world.chats.addTurn(chat.id, { prompt: 'new', answers: [{ model: 'gpt-x', content: 'newer' }] }),
    );
    await m.sync();
    assert.deepEqual(await m.rows('SELECT content FROM message_text ORDER BY id'), [['new'], ['newer']]);
  });
});
