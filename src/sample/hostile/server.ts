import type { LoggedRequest } from '../faults';
import type { SampleServer } from '../server';
import type { SampleWorld } from '../world';
import { chatOf, forGood, onTheServer, type HostileBehaviour } from './behaviour';
import { CHAT_LIST } from './places';

const DAY = 86_400;
const HOUR = 3_600;

/** What operators do, and what happens to the data. */
export const SERVER_BEHAVIOURS = {
  'chat access off': onTheServer('The operator lets no administrator read chats any more.', (server) => {
    server.setGates({ adminChatAccess: false });
    return () => server.setGates({ adminChatAccess: true });
  }),
  'keys switched off': onTheServer('The operator allows no API keys any more.', (server) => {
    server.setGates({ apiKeys: false });
    return () => server.setGates({ apiKeys: true });
  }),
  "another user's key": forGood('The key is that of an account without rights.', (server) => {
    giveKey(server, server.world.users.all().find(({ role }) => role === 'user')?.id);
  }),
  "another administrator's key": forGood('The key is that of a second administrator.', (server) => {
    const second = server.world.users.add({ name: 'Second Admin', role: 'admin' });
    giveKey(server, second.id);
  }),
  '500 for good': forGood('One chat can never be served again.', (server, aim) => {
    server.world.chats.damage(chatOf(server, aim));
  }),
  'restored backup': forGood('Brings the last backup of the world back.', ({ world }) => {
    world.restore();
  }),
  'emptied server': forGood('A new installation under the old address, with the old key.', ({ world }) => {
    world.reinstall();
  }),
  'clock skew': onTheServer('The clock is an hour ahead.', ({ world }) => {
    world.skew = HOUR;
    return () => {
      world.skew = 0;
    };
  }),
  'future-dated item': forGood('A chat was changed in 30 days.', (server, aim) => {
    const { world } = server;
    world.runAt(world.now() + 30 * DAY, () => world.chats.addTurn(chatOf(server, aim)));
  }),
  'rows move while paging': onTheServer(
    'Between two pages the newest chat of the list is deleted: the last row of the second page is not shown.',
    (server, aim) =>
      server.fail(
        aim.at ?? /list\/user\/.*page=2/,
        { kind: 'meanwhile', act: (request) => deleteNewest(server.world, request) },
        aim.times ?? 1,
      ),
  ),
  'chat deleted while its list is read': onTheServer(
    'A chat is gone before it is fetched.',
    (server, aim) => {
      const chatId = chatOf(server, aim);
      return server.fail(`/api/v1/chats/share/${chatId}`, {
        kind: 'meanwhile',
        act: () => {
          if (server.world.chats.find(chatId) !== undefined) {
            server.world.chats.remove(chatId);
          }
        },
      });
    },
  ),
  'chat access off before the confirmation': onTheServer(
    'Chats can be listed, but not be read any more when their deletion is to be confirmed.',
    (server, aim) =>
      server.fail(
        aim.at ?? '/api/v1/chats/share/',
        { kind: 'meanwhile', act: () => server.setGates({ adminChatAccess: false }) },
        aim.times ?? 1,
      ),
  ),
  'one message id in two chats': forGood('A chat was copied with the ids of its messages.', (server, aim) => {
    const { chats } = server.world;
    const original = chats.get(chatOf(server, aim));
    chats.add(original.userId, {
      title: 'A copy',
      models: original.models,
      body: structuredClone(original.body),
    });
  }),
  'feedback outlives its user': forGood(
    'The owner of a rated chat is deleted, his rating stays.',
    (server, aim) => {
      const { world } = server;
      world.deleteUser(world.chats.get(chatOf(server, aim)).userId);
    },
  ),
  'archived false in lists': forGood(
    'A chat is archived; lists go on to say that it is not.',
    (server, aim) => {
      server.world.chats.setArchived(chatOf(server, aim), true);
    },
  ),
  'fields added on read': forGood('An upgrade to 0.12.4, which adds fields to all chats.', ({ world }) => {
    world.version = '0.12.4';
  }),
} as const satisfies Record<string, HostileBehaviour>;

function giveKey({ world, apiKey }: SampleServer, userId: string | undefined): void {
  if (userId === undefined) {
    throw new Error('The sample server has nobody else');
  }
  const owner = world.users.findByKey(apiKey);
  if (owner !== undefined) {
    world.users.update(owner.id, { apiKey: null });
  }
  world.users.update(userId, { apiKey });
}

/** Deletes what stands at the top of the list that is being read. */
function deleteNewest({ chats }: SampleWorld, { path }: LoggedRequest): void {
  const [newest] = chats
    .of(decodeURIComponent(path.slice(CHAT_LIST.length)))
    .toSorted((left, right) => right.updatedAt - left.updatedAt || (left.id < right.id ? -1 : 1));
  if (newest !== undefined) {
    chats.remove(newest.id);
  }
}
