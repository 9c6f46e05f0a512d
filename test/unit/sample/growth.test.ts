import assert from 'node:assert/strict';
import { generateCompany } from '../../../src/sample/company/company';
import { Growth, type GrowthState } from '../../../src/sample/growth';
import { messagesOf } from '../../../src/sample/messageTree';
import type { SampleServer } from '../../../src/sample/server';
import { DEFAULT_NOW, type SampleWorld } from '../../../src/sample/world';
import { get, withServer } from './sampleClient';

function company(time: { now: number } = { now: DEFAULT_NOW }): SampleWorld {
  return generateCompany({ seed: 5, users: 20, chats: 120, messages: 300, clock: () => time.now });
}

/** All that a mirror would see. */
function picture(world: SampleWorld): unknown {
  return {
    users: world.users.all().map(({ id, name, lastActiveAt }) => ({ id, name, lastActiveAt })),
    chats: world.chats.all().map((chat) => ({
      id: chat.id,
      title: chat.title,
      updatedAt: chat.updatedAt,
      messages: messagesOf(chat.body).map((message) => message.id),
    })),
  };
}

async function walk(server: SampleServer): Promise<void> {
  const { id } = server.world.users.admin();
  await get(server, `/api/v1/chats/list/user/${id}?page=1`);
}

describe('The growth of a sample server', () => {
  it('waits until the chats were read once', async () => {
    const world = company();
    const before = picture(world);
    await withServer({ world, growth: true }, async (server) => {
      await get(server, '/api/version', null);
      await get(server, '/api/version', null);
      assert.deepEqual(picture(world), before);
      await walk(server);
      await get(server, '/api/version', null);
      assert.notDeepEqual(picture(world), before);
    });
  });

  it('happens once for each walk', async () => {
    const world = company();
    await withServer({ world, growth: true }, async (server) => {
      await walk(server);
      await walk(server);
      await get(server, '/api/version', null);
      const grown = picture(world);
      await get(server, '/api/version', null);
      assert.deepEqual(picture(world), grown);
    });
  });

  it('brings the same for the same number of visits, and goes on from a remembered state', () => {
    const visits = [DEFAULT_NOW + 100, DEFAULT_NOW + 5_000, DEFAULT_NOW + 5_001, DEFAULT_NOW + 90_000];
    const straight = company();
    const growth = new Growth(straight, { state: { visits, isWalked: true } });
    const time = { now: DEFAULT_NOW };
    const resumed = company(time);
    const states: GrowthState[] = [];
    const second = new Growth(resumed, {
      state: { visits: visits.slice(0, 3), isWalked: true },
      onChange: (state) => states.push(state),
    });
    time.now = DEFAULT_NOW + 90_000;
    second.visit();
    assert.deepEqual(picture(resumed), picture(straight));
    assert.deepEqual(growth.state.visits, visits);
    assert.deepEqual(states, [{ visits, isWalked: false }]);
  });

  it('adds chats and people, renames and now and then deletes', () => {
    const world = company();
    const chats = new Map(world.chats.all().map((chat) => [chat.id, chat.title]));
    const users = world.users.all().length;
    const ratings = world.chats.feedback().length;
    const visits = Array.from({ length: 12 }, (_, index) => DEFAULT_NOW + 1_000 * (index + 1));
    new Growth(world, { state: { visits, isWalked: false } });
    const after = new Map(world.chats.all().map((chat) => [chat.id, chat.title]));
    assert.equal(world.users.all().length, users + 3);
    assert.ok(
      [...after.keys()].some((id) => !chats.has(id)),
      'new chats',
    );
    assert.ok(
      [...chats.keys()].some((id) => !after.has(id)),
      'deleted chats',
    );
    assert.ok(
      [...after].some(([id, title]) => chats.has(id) && chats.get(id) !== title),
      'renamed chats',
    );
    assert.ok(world.chats.feedback().length > ratings, 'ratings');
  });

  it('marks the people who did something as active now', () => {
    const world = company();
    new Growth(world, { state: { visits: [DEFAULT_NOW + 700], isWalked: false } });
    const active = world.users.all().filter((user) => user.lastActiveAt === DEFAULT_NOW + 700);
    assert.ok(active.length >= 2 && active.length <= 4);
  });
});
