import { messagesOf } from '../messageTree';
import type { SampleChat, SampleMessage } from '../model';
import type { SampleWorld } from '../world';

const DAY_MS = 86_400_000;
/** Above this a time is in milliseconds. */
const MILLISECONDS_FROM = 1e11;

/** One message as the server's own statistics see it. */
export interface CountedMessage {
  readonly chat: SampleChat;
  readonly message: SampleMessage;
}

export interface ModelCount {
  readonly modelId: string;
  readonly count: number;
  readonly users: number;
  readonly chats: number;
  readonly input: number;
  readonly output: number;
}

export interface UserCount {
  readonly userId: string;
  readonly count: number;
  readonly input: number;
  readonly output: number;
}

/** Answers within a time, both ends included; seconds since 1970. */
export function countedAnswers(world: SampleWorld, from: number, to: number): CountedMessage[] {
  return world.chats.all().flatMap((chat) =>
    messagesOf(chat.body)
      .filter((message) => message.role === 'assistant' && isBetween(chat, message, from, to))
      .map((message) => ({ chat, message })),
  );
}

export function byModel(answers: readonly CountedMessage[]): ModelCount[] {
  const groups = grouped(
    answers.filter(({ message }) => message.model !== undefined),
    ({ message }) => message.model ?? '',
  );
  return [...groups].map(([modelId, rows]) => ({
    modelId,
    count: rows.length,
    users: new Set(rows.map(({ chat }) => chat.userId)).size,
    chats: new Set(rows.map(({ chat }) => chat.id)).size,
    ...tokenSum(rows),
  }));
}

export function byUser(answers: readonly CountedMessage[]): UserCount[] {
  return [...grouped(answers, ({ chat }) => chat.userId)].map(([userId, rows]) => ({
    userId,
    count: rows.length,
    ...tokenSum(rows),
  }));
}

/** Answers by day (UTC) and model, oldest day first. */
export function byDay(
  answers: readonly CountedMessage[],
): { date: string; models: Record<string, number> }[] {
  const days = grouped(answers, ({ chat, message }) =>
    new Date(Math.floor((secondsOf(chat, message) * 1000) / DAY_MS) * DAY_MS).toISOString().slice(0, 10),
  );
  return [...days]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([date, rows]) => ({
      date,
      models: Object.fromEntries(byModel(rows).map((row) => [row.modelId, row.count])),
    }));
}

/** When a message was written, seconds since 1970; the chat's time when it says nothing. */
function secondsOf(chat: SampleChat, message: SampleMessage): number {
  const time = message.timestamp ?? chat.createdAt;
  return time > MILLISECONDS_FROM ? Math.floor(time / 1000) : time;
}

function grouped<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [row]);
    } else {
      group.push(row);
    }
  }
  return groups;
}

function isBetween(chat: SampleChat, message: SampleMessage, from: number, to: number): boolean {
  const time = secondsOf(chat, message);
  return time >= from && time <= to;
}

function tokenSum(rows: readonly CountedMessage[]): { input: number; output: number } {
  const sum = (...names: string[]): number =>
    rows.reduce((total, { message }) => total + firstNumber(message.usage ?? {}, names), 0);
  return {
    input: sum('input_tokens', 'prompt_tokens', 'prompt_eval_count', 'prompt_n'),
    output: sum('output_tokens', 'completion_tokens', 'eval_count', 'predicted_n'),
  };
}

function firstNumber(usage: Readonly<Record<string, unknown>>, names: readonly string[]): number {
  const found = names.map((name) => usage[name]).find((value) => typeof value === 'number');
  return typeof found === 'number' ? found : 0;
}
