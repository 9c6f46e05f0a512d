import assert from 'node:assert/strict';
import type { SampleVersion } from '../../../src/sample/versions';
import type { SampleServer } from '../../../src/sample/server';
import { get, getJson, withServer } from './sampleClient';
import { emptyWorld, fullWorld } from './worlds';

interface Envelope {
  readonly id: string;
  readonly user_id: string;
  readonly chat: {
    readonly params?: unknown;
    readonly history: {
      readonly currentId: string;
      readonly messages: Record<string, Record<string, unknown>>;
    };
  };
}

async function readFirst(server: SampleServer): Promise<Envelope> {
  const [chat] = server.world.chats.all();
  return getJson<Envelope>(server, `/api/v1/chats/share/${chat?.id}`);
}

describe('A chat of the sample server', () => {
  it('names its authors and hides the params of others from 0.12', async () => {
    await withServer({ world: fullWorld('0.12.4') }, async (server) => {
      const { chat, user_id } = await readFirst(server);
      const [question] = Object.values(chat.history.messages);
      assert.deepEqual(question?.['user'], { id: user_id, name: 'User 001' });
      assert.equal('params' in chat, false);
    });
    await withServer({ world: fullWorld('0.9.6') }, async (server) => {
      const { chat } = await readFirst(server);
      assert.equal('user' in (Object.values(chat.history.messages)[0] ?? {}), false);
      assert.deepEqual(chat.params, {});
    });
  });

  it('is shown to its end by 0.12 although the stored end dangles', async () => {
    const stored = '11111111-1111-4111-8111-111111111111';
    for (const [version, isRepaired] of [
      ['0.9.6', false],
      ['0.12.4', true],
    ] as const) {
      const world = fullWorld(version);
      const body = world.chats.all()[0]?.body;
      assert.ok(body?.kind === 'tree');
      body.currentId = stored;
      await withServer({ world }, async (server) => {
        const { history } = (await readFirst(server)).chat;
        assert.equal(history.currentId in history.messages, isRepaired);
      });
    }
  });

  it('loses NUL characters from 0.7, but not on 0.9', async () => {
    for (const [version, content] of [
      ['0.6.36', 'a\u0000b'],
      ['0.7.2', 'ab'],
      ['0.9.6', 'a\u0000b'],
    ] as const) {
      const world = fullWorld(version);
      const [chat] = world.chats.all();
      assert.ok(chat);
      const { turn } = world.chats.addTurn(chat.id, { prompt: 'a\u0000b' });
      await withServer({ world }, async (server) => {
        const { history } = (await readFirst(server)).chat;
        assert.equal(history.messages[turn.id]?.['content'], content);
      });
    }
  });

  it('fails for ever when it is damaged, and fails the export of all', async () => {
    const world = fullWorld('0.12.4');
    const [chat] = world.chats.all();
    assert.ok(chat);
    world.chats.damage(chat.id);
    await withServer({ world }, async (server) => {
      for (const path of [`/api/v1/chats/share/${chat.id}`, '/api/v1/chats/all/db']) {
        const answer = await get(server, path);
        assert.deepEqual([answer.status, answer.text], [500, 'Internal Server Error']);
      }
    });
  });

  it('keeps a frozen copy under its share link', async () => {
    const world = fullWorld('0.8.12');
    const [chat] = world.chats.all();
    assert.ok(chat);
    const shareId = world.chats.share(chat.id);
    world.chats.addTurn(chat.id);
    await withServer({ world }, async (server) => {
      const copy = await getJson<Envelope>(server, `/api/v1/chats/share/${shareId}`, 'sk-user');
      assert.equal(copy.id, shareId);
      assert.equal(copy.user_id, `shared-${chat.id}`);
      assert.equal(Object.keys(copy.chat.history.messages).length, 4);
    });
  });

  it('is served untouched when it is raw JSON', async () => {
    const { world } = emptyWorld();
    const user = world.users.add();
    world.chats.add(user.id, { body: { kind: 'raw', chat: { history: 'nonsense' } } });
    await withServer({ world }, async (server) => {
      assert.deepEqual((await readFirst(server)).chat, { history: 'nonsense' });
    });
  });

  it('is read by id by its owner, and by administrators from 0.9', async () => {
    const cases: readonly [SampleVersion, number][] = [
      ['0.8.12', 401],
      ['0.9.6', 200],
    ];
    for (const [version, status] of cases) {
      const world = fullWorld(version);
      const path = `/api/v1/chats/${world.chats.all()[0]?.id}`;
      await withServer({ world }, async (server) => {
        assert.equal((await get(server, path, 'sk-user')).status, 200);
        assert.equal((await get(server, path)).status, status);
      });
    }
  });
});
