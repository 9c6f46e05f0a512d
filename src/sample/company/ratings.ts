import { answeringModel, siblingsOf } from '../messageTree';
import type { SampleChat, SampleMessage } from '../model';
import type { SeededRandom } from '../random';
import type { SampleWorld } from '../world';

/** How often an answer gets a thumb: those of two models side by side, those of the arena, and all others. */
const COMPARED = 0.5;
const ARENA = 0.3;
const ALONE = 0.03;

/** How often a thumb points up, by the model that answered. */
const PLEASING: Readonly<Record<string, number>> = {
  'gpt-5-mini': 0.84,
  'gpt-4o': 0.78,
  'gpt-4o-mini': 0.62,
  'llama3.1:8b': 0.5,
};
const PLEASING_ELSE = 0.75;

/** The owner of a chat rates some of its answers. */
export function rateSome(world: SampleWorld, random: SeededRandom, chat: SampleChat): void {
  if (chat.body.kind !== 'tree') {
    return;
  }
  for (const message of chat.body.messages.values()) {
    if (
      message.role === 'assistant' &&
      message.error === undefined &&
      random.chance(shareRated(chat, message))
    ) {
      const isGood = random.chance(PLEASING[answeringModel(message)] ?? PLEASING_ELSE);
      world.chats.rate(chat.id, message.id, isGood ? 1 : -1, {
        comment: isGood ? '' : 'Numbers do not add up',
      });
    }
  }
}

function shareRated(chat: SampleChat, message: SampleMessage): number {
  const beside = siblingsOf(chat.body, message);
  if ([message, ...beside].some(({ modelIdx }) => modelIdx === 1)) {
    return COMPARED;
  }
  return message['arena'] === true ? ARENA : ALONE;
}
