import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOSTILE, turnHostile, type HostileName } from '../../../src/sample/hostile/catalogue';
import type { SampleServer } from '../../../src/sample/server';
import { get, getJson, withServer } from './sampleClient';
import { emptyWorld } from './worlds';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly updated_at: number;
}

/** A server with one user and so many chats of one turn each. */
async function withChats(
  count: number,
  check: (server: SampleServer, chatIds: readonly string[], userId: string) => Promise<void>,
): Promise<void> {
  const { world } = emptyWorld();
  const user = world.users.add({ name: 'Bob' });
  const chatIds = Array.from({ length: count }, (_, index) => {
    const chat = world.chats.add(user.id, { title: `Chat ${index}`, models: ['gpt-x'] });
    world.chats.addTurn(chat.id, { answers: [{ usage: { prompt_tokens: 10, completion_tokens: 5 } }] });
    return chat.id;
  });
  await withServer({ world }, (server) => check(server, chatIds, user.id));
}

const listOf = (userId: string, page = 1): string => `/api/v1/chats/list/user/${userId}?page=${page}`;
const chatAt = (chatId: string | undefined): string => `/api/v1/chats/share/${chatId}`;

describe('The hostile sample server', () => {
  it('is described in the README, every behaviour by its name', () => {
    const readme = readFileSync(join(__dirname, '../../../src/sample/README.md'), 'utf8');
    for (const [name, { does }] of Object.entries(HOSTILE)) {
      assert.ok(readme.includes(`| ${name} | ${does} |`), `| ${name} | ${does} |`);
    }
  });

  const statuses: readonly [HostileName, string, number][] = [
    ['key rejected', '/api/v1/users/', 401],
    ['listing refused', '/api/v1/models/export', 401],
    ['endpoint not on the list', '/api/v1/models/export', 403],
    ['endpoint missing', '/api/v1/models/export', 404],
    ['item gone looks like 401', '/api/v1/chats/share/x', 401],
    ['500 everywhere', '/api/version', 500],
    ['502 from a proxy', '/api/v1/chats/share/x', 502],
    ['503', '/api/version', 503],
    ['429 without Retry-After', '/api/version', 429],
    ['HTML with status 200', '/api/v1/models/export', 200],
    ['truncated NDJSON', '/api/v1/chats/list/user/x', 200],
  ];
  for (const [name, path, status] of statuses) {
    it(`answers with ${status}: ${name}`, async () => {
      await withServer({ world: emptyWorld().world }, async (server) => {
        const end = turnHostile(server, name, { times: 1 });
        assert.equal((await get(server, path)).status, status);
        end();
      });
    });
  }

  it('goes on until it is ended, or as often as told', async () => {
    await withServer({ world: emptyWorld().world }, async (server) => {
      const end = turnHostile(server, '503');
      for (const status of [503, 503]) {
        assert.equal((await get(server, '/api/version')).status, status);
      }
      end();
      turnHostile(server, '503', { times: 1, at: '/health' });
      assert.equal((await get(server, '/api/version')).status, 200);
      assert.equal((await get(server, '/health')).status, 503);
      assert.equal((await get(server, '/health')).status, 200);
    });
  });

  it('asks to wait until a date of its own clock', async () => {
    await withServer({ world: emptyWorld().world }, async (server) => {
      turnHostile(server, 'clock skew');
      turnHostile(server, '429 with Retry-After date');
      const { headers } = await get(server, '/api/version');
      const until = Date.parse(headers.get('retry-after') ?? '');
      assert.equal(until - Date.parse(headers.get('date') ?? ''), 30_000);
    });
  });

  it('ignores the page, or invents pages without end', async () => {
    await withChats(70, async (server, _chatIds, userId) => {
      const end = turnHostile(server, 'page ignored');
      const first = await getJson<Row[]>(server, listOf(userId));
      assert.deepEqual(await getJson(server, listOf(userId, 2)), first);
      end();
      assert.equal((await getJson<Row[]>(server, listOf(userId, 2))).length, 10);
      turnHostile(server, 'endless pages');
      const invented = await Promise.all(
        [1, 2, 3].map((page) => getJson<Row[]>(server, listOf(userId, page))),
      );
      assert.equal(new Set(invented.flat().map(({ id }) => id)).size, 180);
    });
  });

  it('leaves rows out, repeats them and spoils their ids', async () => {
    await withChats(3, async (server, chatIds, userId) => {
      const rowsWith = async (name: HostileName): Promise<Row[]> => {
        turnHostile(server, name, { times: 1 });
        return getJson<Row[]>(server, listOf(userId));
      };
      assert.equal((await rowsWith('empty list')).length, 0);
      assert.equal((await rowsWith('short list')).length, 2);
      const twice = await rowsWith('duplicate ids');
      assert.deepEqual(
        [twice.length, twice[3]?.id, twice[3]?.updated_at],
        [6, twice[0]?.id, (twice[0]?.updated_at ?? 0) - 3_600],
      );
      assert.ok((await rowsWith('unusable ids')).every(({ id }) => typeof id !== 'string'));
      const rows = await getJson<Row[]>(server, listOf(userId));
      assert.deepEqual(rows.map(({ id }) => id).sort(), [...chatIds].sort());
    });
  });

  it('changes what a chat holds, but not the chat', async () => {
    await withChats(1, async (server, [chatId]) => {
      const textWith = async (name: HostileName): Promise<string> => {
        turnHostile(server, name, { times: 1, at: '/api/v1/chats/share/' });
        return (await get(server, chatAt(chatId))).text;
      };
      const right = (await get(server, chatAt(chatId))).text;
      assert.match(await textWith('wrong types'), /"title":4711/);
      assert.match(await textWith('big integers'), /"prompt_tokens":9007199254740993/);
      assert.match(await textWith('unknown fields'), /"brand_new":true/);
      assert.match(await textWith('another chat than asked for'), /^\{"id":"another-chat"/);
      assert.equal((await get(server, chatAt(chatId))).text, right);
    });
  });

  it('sends a chat of more than 64 MB, which is JSON all the same', async () => {
    await withChats(1, async (server, [chatId]) => {
      turnHostile(server, '64 MB chat', { times: 1 });
      const answer = await get(server, chatAt(chatId));
      assert.ok(answer.text.length > 64 * 1024 * 1024 && answer.headers.get('content-length') === null);
      assert.equal((answer.json() as Row).id, chatId);
    });
  });

  it('gives its key to somebody without rights', async () => {
    await withChats(1, async (server) => {
      turnHostile(server, "another user's key");
      assert.equal((await get(server, '/api/v1/users/')).status, 401);
      assert.equal((await get(server, '/api/models')).status, 200);
    });
  });

  it('deletes a row between two pages, so that another one is never shown', async () => {
    await withChats(70, async (server, chatIds, userId) => {
      turnHostile(server, 'rows move while paging');
      const first = await getJson<Row[]>(server, listOf(userId));
      const second = await getJson<Row[]>(server, listOf(userId, 2));
      const shown = new Set([...first, ...second].map(({ id }) => id));
      const hidden = chatIds.filter((id) => !shown.has(id));
      assert.equal(hidden.length, 1);
      assert.equal((await get(server, chatAt(hidden[0]))).status, 200);
      assert.equal(server.world.chats.find(first[0]?.id ?? ''), undefined);
    });
  });

  it('brings a backup back, as often as it is asked', async () => {
    await withChats(2, (server, [first, second]) => {
      const { world } = server;
      world.backUp();
      for (let round = 0; round < 2; round++) {
        world.chats.remove(first!);
        world.chats.rename(second!, 'Renamed');
        world.users.add({ name: 'Late' });
        turnHostile(server, 'restored backup');
        assert.deepEqual(
          world.chats.all().map(({ title }) => title),
          ['Chat 0', 'Chat 1'],
        );
        assert.equal(world.users.all().length, 2);
        assert.equal(world.chats.of(world.chats.get(first!).userId).length, 2);
      }
      return Promise.resolve();
    });
  });

  it('is set up anew and still knows the key', async () => {
    await withChats(2, async (server) => {
      const before = server.world.users.admin().id;
      turnHostile(server, 'emptied server');
      assert.deepEqual([server.world.users.all().length, server.world.chats.all().length], [1, 0]);
      assert.notEqual(server.world.users.admin().id, before);
      assert.equal((await get(server, '/api/v1/users/')).status, 200);
    });
  });

  it('copies a chat with the ids of its messages', async () => {
    await withChats(1, async (server, [chatId]) => {
      turnHostile(server, 'one message id in two chats');
      const copy = server.world.chats.all().find(({ id }) => id !== chatId);
      const ids = (text: string): string[] => text.match(/"parentId":"[^"]+"/g) ?? [];
      const [one, other] = await Promise.all([chatId, copy?.id].map((id) => get(server, chatAt(id))));
      assert.deepEqual(ids(other!.text), ids(one!.text));
      assert.ok(ids(one!.text).length > 0);
    });
  });
});
