import type { SampleChat } from '../model';
import type { SeededRandom } from '../random';
import type { SampleWorld } from '../world';
import { Conversation } from './conversation';
import { otherModel, pickModel } from './models';
import { rateSome } from './ratings';
import { messageItem } from './sourceFields';
import { addSources } from './sources';
import { title, topic } from './texts';
import { FOLDER_NAMES, TAGS } from './words';

const DAY = 86_400;
const TINY_PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** How a question is answered, where the planned number of messages allows all of them. */
const REPLIES = { one: 70, sideBySide: 20, again: 10 } as const;
/** How often somebody goes on with another model. */
const SWITCHING = 0.12;
/** How often an answer is asked for again from another model. */
const OTHER_MODEL = 0.3;

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
  addSources(world, random, chat);
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
      answerAgain(talk, random, later(random.logNormal(40, 0.5)));
      return;
    }
    if (talk.last !== null && random.chance(SWITCHING)) {
      talk.switchModel();
    }
    const asked = at;
    const answeredAt = later(random.logNormal(14, 0.7));
    const replies = !isFlat && left >= 3 ? random.weighted(REPLIES) : 'one';
    if (replies === 'sideBySide') {
      talk.askSideBySide(asked, answeredAt);
    } else {
      talk.ask(asked);
      talk.answer(answeredAt);
    }
    if (replies === 'again') {
      answerAgain(talk, random, later(random.logNormal(40, 0.5)));
    }
    left -= replies === 'one' ? 2 : 3;
    const pause = random.chance(0.06) ? random.integer(1, 6) * DAY : random.logNormal(110, 0.9);
    later(at + pause < now ? pause : 60);
  }
}

/** A regeneration: by the same model, or by another one that is tried. */
function answerAgain(talk: Conversation, random: SeededRandom, at: number): void {
  talk.answer(at, random.chance(OTHER_MODEL) ? otherModel(random, talk.model) : talk.model);
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
      firstAnswer['output'] = [messageItem(firstAnswer.content)];
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
