import type { ChatBook } from '../../../../../src/sample/chatBook';
import { messagesOf } from '../../../../../src/sample/messageTree';
import type { NewAnswer, SampleChat, SampleMessage } from '../../../../../src/sample/model';
import type { SeededRandom } from '../../../../../src/sample/random';
import { anyOf, newText, onChat, type Change, type Place } from './action';

/** So long after its last change a chat is looked at again, and while an answer is being written. */
const SETTLING = 600;
const DAY = 86_400;

export const MODELS = ['gpt-4o', 'llama3.1:8b', 'acme/claude'];

/** The same counts as three providers name them, or none. */
const USAGES: readonly ((input: number, output: number) => Record<string, number>)[] = [
  (input, output) => ({ prompt_tokens: input, completion_tokens: output, total_tokens: input + output }),
  (input, output) => ({ input_tokens: input, output_tokens: output }),
  (input, output) => ({ prompt_eval_count: input, eval_count: output }),
  () => ({}),
];

/** A question with one to three answers side by side. */
export function addTurn(chats: ChatBook, chat: SampleChat, random: SeededRandom): void {
  const count = chat.body.kind === 'flat' ? 1 : random.weighted({ '1': 6, '2': 2, '3': 1 });
  chats.addTurn(chat.id, {
    prompt: newText('Question', random),
    answers: Array.from({ length: Number(count) }, () => answerOf(random)),
  });
}

export function answerOf(random: SeededRandom): NewAnswer {
  const usage = random.pick(USAGES)(random.integer(1, 5_000), random.integer(1, 2_000));
  const model = random.pick(MODELS);
  return {
    content: newText('Answer', random),
    usage,
    ...(random.chance(0.1) ? { model: 'arena-pool', arena: true, selectedModelId: model } : { model }),
    ...(random.chance(0.1) && { error: random.chance(0.5) ? true : { content: 'Out of tokens' } }),
  };
}

type MessageChange = (place: Place, chat: SampleChat, message: SampleMessage, random: SeededRandom) => void;

/** Something done to some message. */
export function onMessage(act: MessageChange): Change {
  return onMessageThat(() => true, act);
}

/** Something done to some answer. */
export function onAnswer(act: MessageChange): Change {
  return onMessageThat(({ role }) => role === 'assistant', act);
}

function onMessageThat(isOne: (message: SampleMessage) => boolean, act: MessageChange): Change {
  return onChat((place, chat, random) => {
    const message = anyOf(messagesOf(chat.body).filter(isOne), random);
    if (message !== undefined) {
      act(place, chat, message, random);
    }
  });
}

/** An answer begins. */
export const startAnswer: Change = onChat(({ world }, { id }) => {
  world.chats.addTurn(id, { answers: [{ content: 'Half', done: false }] });
});

/** An answer ends, which moves no time. */
export const finishAnswer: Change = onChat((place, chat) => {
  const answer = messagesOf(chat.body).find(({ done }) => done === false);
  if (answer !== undefined) {
    Object.assign(answer, { content: 'Whole', done: true });
    noteIfOld(place, chat, DAY);
  }
});

/** Sources and the like come late and move no time. */
export const addDetails: Change = onMessage((place, chat, message, random) => {
  message.content = newText('With sources', random);
  noteIfOld(place, chat, SETTLING);
});

/** What happens to a chat so long after its last change need not be found. */
function noteIfOld({ world, memory }: Place, { id, updatedAt }: SampleChat, seconds: number): void {
  if (world.now() - updatedAt >= seconds) {
    memory.noteSilentChange(id);
  }
}
