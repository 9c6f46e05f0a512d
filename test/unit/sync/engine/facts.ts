import type { InstanceFacts } from '../../../../src/store/mirrorFacts';

/** Facts about an instance that was read before and is well. */
export function someFacts(overrides: Partial<InstanceFacts>): InstanceFacts {
  return {
    users: 38,
    chats: 482,
    knowledgeBases: 3,
    files: 12,
    recentlyActiveUsers: 9,
    hasBeenRead: true,
    failures: 0,
    ...overrides,
  };
}
