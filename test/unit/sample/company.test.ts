import assert from 'node:assert/strict';
import { COMPANIES, generateCompany, type CompanyName } from '../../../src/sample/company/company';
import { allocate } from '../../../src/sample/company/rhythm';
import { messagesOf } from '../../../src/sample/messageTree';
import type { SampleMessage } from '../../../src/sample/model';
import { SeededRandom } from '../../../src/sample/random';
import { DEFAULT_NOW, type SampleWorld } from '../../../src/sample/world';

const DAY = 86_400;

function allMessages(world: SampleWorld): SampleMessage[] {
  return world.chats.all().flatMap((chat) => messagesOf(chat.body));
}

/** Everything that must not depend on the day of generation. */
function timeless(world: SampleWorld): unknown {
  return {
    users: world.users.all().map(({ id, name, email, role }) => ({ id, name, email, role })),
    chats: world.chats.all().map(({ id, userId, title, archived, pinned, tags }) => ({
      id,
      userId,
      title,
      archived,
      pinned,
      tags,
    })),
    messages: allMessages(world).map(({ id, parentId, content, model }) => ({
      id,
      parentId,
      content,
      model,
    })),
    feedback: world.chats.feedback().map(({ id, messageId }) => ({ id, messageId })),
  };
}

describe('A generated company', () => {
  for (const name of Object.keys(COMPANIES) as CompanyName[]) {
    it(`has exactly the size that is promised (${name})`, () => {
      const { users, chats, messages } = COMPANIES[name];
      const world = generateCompany({ name, ...COMPANIES[name] });
      assert.equal(world.users.all().length, users);
      assert.equal(world.chats.all().length, chats);
      assert.equal(allMessages(world).length, messages);
    });
  }

  it('is the same for the same seed, whatever the day', () => {
    const first = timeless(generateCompany({ seed: 7, now: DEFAULT_NOW }));
    assert.deepEqual(timeless(generateCompany({ seed: 7, now: DEFAULT_NOW + 45 * DAY })), first);
    assert.notDeepEqual(timeless(generateCompany({ seed: 8, now: DEFAULT_NOW })), first);
  });

  it('has no time in the future, and nobody writes before he joined', () => {
    const world = generateCompany();
    for (const chat of world.chats.all()) {
      assert.ok(chat.updatedAt >= chat.createdAt && chat.updatedAt <= DEFAULT_NOW, chat.title);
      assert.ok(world.users.get(chat.userId).createdAt < chat.createdAt, chat.title);
    }
    for (const user of world.users.all()) {
      assert.ok(user.lastActiveAt <= DEFAULT_NOW);
    }
  });

  it('works on working days and by day', () => {
    const chats = generateCompany().chats.all();
    const share = (test: (start: Date) => boolean): number =>
      chats.filter((chat) => test(new Date(chat.createdAt * 1000))).length / chats.length;
    assert.ok(share((start) => [0, 6].includes(start.getUTCDay())) < 0.08);
    assert.ok(share((start) => start.getUTCHours() >= 6 && start.getUTCHours() < 18) > 0.9);
  });

  it('holds every kind of thing that a mirror must cope with', () => {
    const world = generateCompany({ ...COMPANIES.fasgpt, name: 'fasgpt' });
    const chats = world.chats.all();
    const messages = allMessages(world);
    const kinds: Readonly<Record<string, boolean>> = {
      admin: world.users.all().some((user) => user.role === 'admin'),
      pending: world.users.all().some((user) => user.role === 'pending'),
      groups: world.users.groups().length > 0,
      archived: chats.some((chat) => chat.archived),
      pinned: chats.some((chat) => chat.pinned),
      tagged: chats.some((chat) => chat.tags.length > 0),
      foldered: chats.some((chat) => chat.folderId !== null),
      shared: chats.some((chat) => chat.shareId !== null),
      flat: chats.some((chat) => chat.body.kind === 'flat'),
      danglingEnd: chats.some(
        ({ body }) => body.kind === 'tree' && body.currentId !== null && !body.messages.has(body.currentId),
      ),
      danglingParent: chats.some(
        ({ body }) =>
          body.kind === 'tree' &&
          [...body.messages.values()].some(
            ({ parentId }) => parentId !== null && !body.messages.has(parentId),
          ),
      ),
      siblings: messages.some((message) => message.role === 'user' && message.childrenIds.length > 1),
      errorObject: messages.some((message) => typeof message.error === 'object'),
      errorTrue: messages.some((message) => message.error === true),
      unfinished: messages.some((message) => message.done === false),
      rated: messages.some((message) => message.annotation !== undefined),
      arena: messages.some((message) => message['arena'] === true),
      blocks: messages.some((message) => Array.isArray(message.content)),
      image: messages.some((message) => message['files'] !== undefined),
      outputItems: messages.some((message) => message['output'] !== undefined),
      milliseconds: messages.some((message) => (message.timestamp ?? 0) > 1e11),
      timeless: messages.some((message) => message.timestamp === undefined),
      infoUsage: messages.some((message) => message['info'] !== undefined),
      preset: messages.some((message) => message.model === 'house/policy-helper'),
      feedback: world.chats.feedback().length > 0,
      knowledge: world.library.knowledge().length > 0,
      files: world.library.files().length > 0,
    };
    assert.deepEqual(
      Object.keys(kinds).filter((kind) => kinds[kind] !== true),
      [],
    );
    for (const field of ['prompt_tokens', 'input_tokens', 'prompt_eval_count', 'prompt_n']) {
      assert.ok(
        messages.some((message) => message.usage !== undefined && field in message.usage),
        field,
      );
    }
  });

  it('grows to any size', () => {
    const world = generateCompany({ users: 200, chats: 2_000, messages: 13_333 });
    assert.equal(world.users.all().length, 200);
    assert.equal(allMessages(world).length, 13_333);
  });
});

describe('Shares', () => {
  it('add up to the whole', () => {
    assert.deepEqual(allocate(10, [1, 1, 1]), [4, 3, 3]);
    assert.deepEqual(allocate(3, [0, 0]), [2, 1]);
  });
});

describe('Seeded random numbers', () => {
  it('repeat for the same seed and differ for another', () => {
    const draw = (seed: number | string): number[] => {
      const random = new SeededRandom(seed);
      return Array.from({ length: 5 }, () => random.next());
    };
    assert.deepEqual(draw('a'), draw('a'));
    assert.notDeepEqual(draw('a'), draw('b'));
  });

  it('make valid UUIDs', () => {
    const random = new SeededRandom(3);
    for (let count = 0; count < 100; count++) {
      assert.match(random.uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});
