import assert from 'node:assert/strict';
import { largeSyncText } from '../../../src/extension/syncing/largeSyncText';
import type { CallBudget } from '../../../src/sync/engine/coordinatorTypes';

function budget(overrides: Partial<CallBudget> = {}): CallBudget {
  return { instanceId: 1, kind: 'full', walk: 'complete', ...overrides };
}

describe('the question before a large sync', () => {
  it('tells requests and minutes; instances side by side take as long as the longest', () => {
    const text = largeSyncText([budget({ calls: 15_640, minutes: 14 }), budget({ calls: 500, minutes: 1 })]);
    assert.equal(text, 'This makes about 16,140 requests and takes about 14 minutes.');
  });

  it('is not asked for a small one, nor before the first sync', () => {
    assert.equal(largeSyncText([budget({ calls: 560, minutes: 1 })]), undefined);
    assert.equal(largeSyncText([budget()]), undefined);
  });
});
