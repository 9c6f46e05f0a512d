import assert from 'node:assert/strict';
import { SHARES, shareOf } from '../../../../src/sync/engine/slowRefetch';

describe('the shares of the slow refetch', () => {
  const ids = Array.from({ length: 2_800 }, (_, index) => `chat-${index * 7919}-${index}`);

  it('are as many as days in four weeks, and each chat stays in its own', () => {
    assert.ok(ids.every((id) => shareOf(id) === shareOf(id) && shareOf(id) >= 0 && shareOf(id) < SHARES));
    assert.equal(shareOf('a'), 0xe40c292c % SHARES);
  });

  it('are about equal', () => {
    const sizes = new Map<number, number>();
    ids.forEach((id) => sizes.set(shareOf(id), (sizes.get(shareOf(id)) ?? 0) + 1));
    assert.equal(sizes.size, SHARES);
    assert.ok([...sizes.values()].every((size) => size > 50 && size < 200));
  });
});
