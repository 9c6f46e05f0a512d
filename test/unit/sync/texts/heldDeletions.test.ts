import assert from 'node:assert/strict';
import type { HeldDeletion } from '../../../../src/sync/texts/heldDeletions';
import { heldAmounts, heldDeletionsText } from '../../../../src/sync/texts/heldDeletions';

function held(overrides: Partial<HeldDeletion> = {}): HeldDeletion {
  return {
    stream: 'chats',
    label: 'Holiday plans',
    owner: 'Ada Admin',
    reason: 'many',
    since: '2026-11-01 14:30:12',
    ...overrides,
  };
}

describe('deletions that were held back', () => {
  const deletions = [
    held(),
    held({ label: 'Recipes' }),
    held({ stream: 'users', label: 'Bob', owner: null }),
  ];

  it('are shown by stream and name, with since when and why', () => {
    const text = heldDeletionsText('fasgpt', deletions);
    assert.match(text, /^Deletions of fasgpt that were held back\n=+\n/);
    assert.match(text, /Users \(1\), since 2026-11-01 14:30: .*\n {2}Bob\n/);
    assert.match(text, /Chats \(2\), since .*vanished at once\n {2}Holiday plans \(Ada Admin\)\n {2}Recipes/);
  });

  it('are counted in the words of the tree', () => {
    assert.equal(heldAmounts(deletions), '1 user, 2 chats');
  });
});
