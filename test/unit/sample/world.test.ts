import assert from 'node:assert/strict';
import { activeBranch } from '../../../src/sample/messageTree';
import type { SampleChat } from '../../../src/sample/model';
import type { SampleVersion } from '../../../src/sample/versions';
import type { SampleWorld } from '../../../src/sample/world';
import { emptyWorld } from './worlds';

interface Scene {
  readonly world: SampleWorld;
  readonly time: { now: number };
  readonly chat: SampleChat;
  readonly questionId: string;
  readonly answerId: string;
}

function oneChat(version: SampleVersion = '0.12.4'): Scene {
  const { world, time } = emptyWorld(version);
  const user = world.users.add();
  const chat = world.chats.add(user.id, { title: 'Trip' });
  const { turn, answers } = world.chats.addTurn(chat.id);
  return { world, time, chat, questionId: turn.id, answerId: answers[0]?.id ?? '' };
}

type Action = (scene: Scene) => void;

const ACTIONS: Readonly<Record<string, Action>> = {
  'a new turn': ({ world, chat }) => void world.chats.addTurn(chat.id),
  'a regeneration': ({ world, chat, answerId }) => void world.chats.regenerate(chat.id, answerId),
  'an edited message': ({ world, chat, questionId }) =>
    void world.chats.editMessage(chat.id, questionId, { content: 'x' }),
  'a deleted message': ({ world, chat, answerId }) => {
    world.chats.deleteMessage(chat.id, answerId);
  },
  'a rating': ({ world, chat, answerId }) => void world.chats.rate(chat.id, answerId, 1),
  archiving: ({ world, chat }) => {
    world.chats.setArchived(chat.id, true);
  },
  pinning: ({ world, chat }) => {
    world.chats.setPinned(chat.id, true);
  },
  'a move to a folder': ({ world, chat }) => {
    world.chats.moveToFolder(chat.id, world.users.addFolder(chat.userId, 'Ideas').id);
  },
  'a title by hand': ({ world, chat }) => {
    world.chats.rename(chat.id, 'Journey');
  },
  'changed params': ({ world, chat }) => {
    world.chats.setParams(chat.id, { temperature: 0 });
  },
  'a tag': ({ world, chat }) => {
    world.chats.setTags(chat.id, ['travel']);
  },
  sharing: ({ world, chat }) => void world.chats.share(chat.id),
};

const STAYS_ALWAYS = ['a tag', 'sharing'];
const STAYS_ON_0_12 = [...STAYS_ALWAYS, 'a title by hand', 'changed params'];

describe('A sample world', () => {
  for (const [version, still] of [
    ['0.5.20', STAYS_ALWAYS],
    ['0.9.6', STAYS_ALWAYS],
    ['0.12.4', STAYS_ON_0_12],
  ] as const) {
    for (const [name, act] of Object.entries(ACTIONS)) {
      const moves = !still.includes(name);
      it(`${moves ? 'moves' : 'keeps'} updated_at on ${name} (${version})`, () => {
        const scene = oneChat(version);
        const before = scene.chat.updatedAt;
        scene.time.now += 500;
        act(scene);
        assert.equal(scene.chat.updatedAt, moves ? before + 500 : before);
        assert.equal(scene.world.users.get(scene.chat.userId).lastActiveAt, before + 500);
      });
    }
  }

  it('puts a regeneration beside the first answer and shows it', () => {
    const { world, chat, questionId, answerId } = oneChat();
    const second = world.chats.regenerate(chat.id, answerId);
    assert.deepEqual(world.chats.message(chat.id, questionId).childrenIds, [answerId, second.id]);
    assert.deepEqual(
      activeBranch(chat.body).map((message) => message.id),
      [questionId, second.id],
    );
  });

  it('closes the gap when a message in the middle is deleted', () => {
    const { world, chat, questionId, answerId } = oneChat();
    const next = world.chats.addTurn(chat.id);
    world.chats.deleteMessage(chat.id, answerId);
    assert.equal(world.chats.message(chat.id, next.turn.id).parentId, questionId);
    assert.deepEqual(world.chats.message(chat.id, questionId).childrenIds, [next.turn.id]);
  });

  it('keeps ratings when their chat and its owner are gone', () => {
    const { world, chat, answerId } = oneChat();
    world.chats.rate(chat.id, answerId, 1);
    world.deleteUser(chat.userId);
    assert.equal(world.chats.find(chat.id), undefined);
    assert.equal(world.chats.feedback().length, 1);
  });

  it('changes the first rating when a message is rated again', () => {
    const { world, chat, answerId } = oneChat();
    const first = world.chats.rate(chat.id, answerId, 1);
    const second = world.chats.rate(chat.id, answerId, -1);
    assert.equal(second.id, first.id);
    assert.equal(world.chats.message(chat.id, answerId).annotation?.rating, -1);
  });

  it('shows no activity of the owner when an administrator deletes a chat', () => {
    const { world, time, chat } = oneChat();
    const before = time.now;
    time.now += 500;
    world.chats.remove(chat.id, 'admin');
    assert.equal(world.users.get(chat.userId).lastActiveAt, before);
    assert.equal(world.users.admin().lastActiveAt, before + 500);
  });

  it('gives the same ids for the same seed', () => {
    assert.equal(oneChat().chat.id, oneChat().chat.id);
  });
});
