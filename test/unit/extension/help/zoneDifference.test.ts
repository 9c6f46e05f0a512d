import assert from 'node:assert/strict';
import { zonesToTell } from '../../../../src/extension/help/zoneDifference';

const NOVEMBER = Date.UTC(2025, 10, 16);

describe('a time zone that differs from the computer’s', () => {
  it('is worth a word, each pair once', () => {
    assert.equal(zonesToTell('Europe/Berlin', 'UTC', NOVEMBER), 'Europe/Berlin UTC');
    assert.notEqual(
      zonesToTell('Europe/Berlin', 'UTC', NOVEMBER),
      zonesToTell('Europe/Berlin', 'Asia/Tokyo', NOVEMBER),
    );
  });

  it('is none under two names', () => {
    assert.equal(zonesToTell('UTC', 'UTC', NOVEMBER), undefined);
    assert.equal(zonesToTell('Europe/Berlin', 'Europe/Paris', NOVEMBER), undefined);
  });

  it('is one when the clocks differ in summer only', () => {
    assert.equal(zonesToTell('Europe/London', 'UTC', NOVEMBER), 'Europe/London UTC');
  });
});
