import assert from 'node:assert/strict';
import { privacyItems } from '../../../src/extension/privacy/privacyItems';
import { PRIVACY_MODES } from '../../../src/store/instances/privacy';

describe('the privacy modes in words', () => {
  it('are offered from most to least, each with one line, the one in force marked', () => {
    const items = privacyItems('names');
    assert.deepEqual(
      items.map(({ value }) => value),
      PRIVACY_MODES,
    );
    assert.deepEqual(
      items.filter(({ description }) => description !== undefined).map(({ value }) => value),
      ['names'],
    );
    for (const { detail } of items) {
      assert.doesNotMatch(detail, /\n/);
    }
  });
});
