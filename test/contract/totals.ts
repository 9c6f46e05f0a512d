import type { Fields, Picture } from './picture';

export const totalNames = [
  'messagesByRole',
  'messagesByModel',
  'inputTokensByModel',
  'outputTokensByModel',
  'ratingsByModel',
  'feedbackByModel',
  'tokensSpent',
] as const;
export type TotalName = (typeof totalNames)[number];

/** Sums by what they are of, such as a role or a model. */
export type Totals = Readonly<Record<TotalName, ReadonlyMap<string, number>>>;

/** The sums that the server's own rows give. */
export function totalsOf({ messages, feedback, chats }: Picture): Totals {
  const rows = [...messages.values()];
  return {
    messagesByRole: count(rows, (row) => row['role']),
    messagesByModel: count(rows, (row) => row['model']),
    inputTokensByModel: sum(rows, 'inputTokens'),
    outputTokensByModel: sum(rows, 'outputTokens'),
    ratingsByModel: count(rows, thumb),
    feedbackByModel: count([...feedback.values()], thumb),
    tokensSpent: spent(messages, chats),
  };
}

function count(rows: readonly Fields[], keyOf: (row: Fields) => unknown): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of rows.map(keyOf)) {
    if (typeof key === 'string') {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

function sum(rows: readonly Fields[], column: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { model, [column]: value } of rows) {
    if (typeof value === 'number') {
      sums.set(String(model), (sums.get(String(model)) ?? 0) + value);
    }
  }
  return sums;
}

function thumb({ model, rating }: Fields): string | undefined {
  return typeof rating === 'number' ? `${String(model)} ${rating === 1 ? 'up' : 'down'}` : undefined;
}

/** A message whose id several chats hold counts once, in the oldest of them. */
function spent(messages: Picture['messages'], chats: Picture['chats']): Map<string, number> {
  const oldestFirst = [...messages].sort(
    ([left], [right]) => createdAt(chats, left) - createdAt(chats, right),
  );
  const counted = new Map<string, Fields>();
  for (const [key, row] of oldestFirst) {
    const [, id = ''] = key.split('/');
    if (!counted.has(id)) {
      counted.set(id, row);
    }
  }
  const total = (column: string): number =>
    [...counted.values()].reduce(
      (all, { [column]: value }) => all + (typeof value === 'number' ? value : 0),
      0,
    );
  return new Map([
    ['input', total('inputTokens')],
    ['output', total('outputTokens')],
  ]);
}

function createdAt(chats: Picture['chats'], key: string): number {
  return Number(chats.get(key.split('/')[0] ?? '')?.['createdAt'] ?? 0);
}
