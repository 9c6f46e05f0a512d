import fc from 'fast-check';

/** Four people, two on each of two instances, with two chats each. */
const person = fc.nat({ max: 3 });
const place = fc.nat({ max: 1 });
export const ZONES = ['Europe/Berlin', 'America/New_York'] as const;
const DAMAGED = ['chats', 'message', 'message_text', 'chat_models', 'users', 'meta'] as const;

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      ...{ kind: fc.constant('sync' as const), person, place, version: fc.nat({ max: 2 }) },
      ...{ rating: fc.constantFrom(1 as const, -1 as const), messages: fc.integer({ min: 1, max: 9 }) },
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), person, place }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('letGo' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('erase' as const), person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tighten' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('restore' as const), backup: fc.nat({ max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('zone' as const), place }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('damage' as const), table: fc.constantFrom(...DAMAGED) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('drop' as const), table: fc.constantFrom(...DAMAGED) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('break' as const),
      bytes: fc.integer({ min: 100, max: 60_000 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('push' as const) }) },
);

export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

export const histories = fc.array(step, { minLength: 10, maxLength: 18 });

/** Everybody's first chat. */
export const BEGINNING: readonly Step[] = [0, 1, 2, 3].map((who) => ({
  ...{ kind: 'sync', person: who, place: 0, version: 0, rating: 1, messages: 3 },
}));
