import type { SampleChat } from '../model';
import type { SeededRandom } from '../random';
import type { SampleWorld } from '../world';
import { Conversation } from './conversation';
import { pickModel } from './models';
import { title, topic } from './texts';
import { FOLDER_NAMES, TAGS } from './words';

const DAY = 86_400;
const TINY_PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** What is odd about a chat, and how often; most are plain. */
const TRAITS = {
  plain: 84,
  flat: 2,
  danglingEnd: 2,
  danglingParent: 2,
  blocks: 2,
  image: 2,
  milliseconds: 2,
  outputItems: 2,
  timeless: 2,
} as const;

type Trait = keyof typeof TRAITS;

export interface ChatPlan {
  readonly userId: string;
  /** Seconds since 1970, UTC. */
  readonly startedAt: number;
  /** Turns and answers together, 2 or more. */
  readonly messages: number;
}

/** Writes one chat with exactly the planned number of messages, none later than `now`. */
export function writeChat(world: SampleWorld, random: SeededRandom, plan: ChatPlan, now: number): SampleChat {
  const about = topic(random);
  const trait = random.weighted(TRAITS);
  const chat = world.runAt(plan.startedAt, () =>
    world.chats.add(plan.userId, {
      title: title(random, about),
      models: [pickModel(random)],
      ...(trait === 'flat' ? { body: { kind: 'flat', messages: [] } } : {}),
    }),
  );
  const talk = new Conversation(world, random, chat, null, about);
  writeMessages(talk, random, plan, now, trait === 'flat');
  makeOdd(world, chat, trait);
  world.runAt(Math.min(chat.updatedAt + random.integer(30, 7_200), now), () => {
    decorate(world, random, chat);
  });
  return chat;
}

function writeMessages(
  talk: Conversation,
  random: SeededRandom,
  plan: ChatPlan,
  now: number,
  isFlat: boolean,
): void {
  let at = plan.startedAt;
  const later = (seconds: number): number => {
    at = Math.min(at + Math.max(1, Math.round(seconds)), now);
    return at;
  };
  let left = plan.messages;
  while (left > 0) {
    if (left === 1 && talk.last !== null) {
      // An odd count: one answer more to the last question.
      talk.answer(later(random.logNormal(40, 0.5)));
      return;
    }
    talk.ask(at);
    const answeredAt = later(random.logNormal(14, 0.7));
    if (!isFlat && left >= 3 && random.chance(0.06)) {
      talk.answerSideBySide(answeredAt);
      left -= 3;
    } else if (!isFlat && left >= 3 && random.chance(0.08)) {
      talk.answer(answeredAt);
      talk.answer(later(random.logNormal(40, 0.5)));
      left -= 3;
    } else {
      talk.answer(answeredAt);
      left -= 2;
    }
    const pause = random.chance(0.06) ? random.integer(1, 6) * DAY : random.logNormal(110, 0.9);
    later(at + pause < now ? pause : 60);
  }
}

/** Changes what the clients of that chat sent, not when. */
function makeOdd(world: SampleWorld, chat: SampleChat, trait: Trait): void {
  const { body } = chat;
  if (body.kind !== 'tree') {
    return;
  }
  const messages = [...body.messages.values()];
  const [question, firstAnswer] = messages;
  if (question === undefined || firstAnswer === undefined) {
    return;
  }
  switch (trait) {
    case 'danglingEnd':
      body.currentId = world.newId();
      break;
    case 'danglingParent': {
      const lastQuestion = messages.findLast((message) => message.role === 'user') ?? question;
      lastQuestion.parentId = world.newId();
      break;
    }
    case 'blocks':
      question.content = [
        { type: 'text', text: 'Two parts, please.' },
        { type: 'text', text: typeof question.content === 'string' ? question.content : '' },
      ];
      break;
    case 'image':
      question['files'] = [{ type: 'image', url: TINY_PNG }];
      break;
    case 'milliseconds':
      for (const message of messages) {
        message.timestamp = (message.timestamp ?? chat.createdAt) * 1000 + 7;
      }
      break;
    case 'outputItems':
      firstAnswer['output'] = [
        {
          type: 'message',
          id: 'msg_1',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: firstAnswer.content }],
        },
      ];
      firstAnswer.content = '';
      break;
    case 'timeless':
      delete firstAnswer.timestamp;
      delete firstAnswer.model;
      break;
    case 'plain':
    case 'flat':
      break;
  }
}

/** Ratings and what people do to tidy up. */
function decorate(world: SampleWorld, random: SeededRandom, chat: SampleChat): void {
  rateSome(world, random, chat);
  if (random.chance(0.06)) {
    world.chats.setArchived(chat.id, true);
  }
  if (random.chance(0.05)) {
    world.chats.setPinned(chat.id, true);
  }
  if (random.chance(0.15)) {
    world.chats.setTags(chat.id, [random.pick(TAGS)]);
  }
  if (random.chance(0.06)) {
    const [known] = world.users.foldersOf(chat.userId);
    const folder = known ?? world.users.addFolder(chat.userId, random.pick(FOLDER_NAMES));
    world.chats.moveToFolder(chat.id, folder.id);
  }
  if (random.chance(0.02)) {
    world.chats.share(chat.id);
  }
}

function rateSome(world: SampleWorld, random: SeededRandom, chat: SampleChat): void {
  if (chat.body.kind !== 'tree') {
    return;
  }
  for (const message of chat.body.messages.values()) {
    if (message.role === 'assistant' && message.error === undefined && random.chance(0.08)) {
      const isGood = random.chance(0.75);
      world.chats.rate(chat.id, message.id, isGood ? 1 : -1, {
        comment: isGood ? '' : 'Numbers do not add up',
      });
    }
  }
}
