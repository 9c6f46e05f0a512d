import assert from 'node:assert/strict';
import { retryAfterMs } from '../../../../src/sync/azure/retryAfter';
import { NOW } from './azureHarness';

const COST = 'x-ms-ratelimit-microsoft.costmanagement';

function wait(headers: Readonly<Record<string, string>>): number | undefined {
  return retryAfterMs(Object.entries(headers), NOW);
}

describe('how long an answer asks to wait', () => {
  it('is the largest of all headers that end in retry-after', () => {
    assert.equal(
      wait({
        [`${COST}-entity-retry-after`]: '7',
        'Retry-After': '2',
        [`${COST}-qpu-retry-after`]: '53',
        [`${COST}-client-retry-after`]: '11',
      }),
      53_000,
    );
  });

  it('may be a date', () => {
    assert.equal(wait({ 'retry-after': 'Wed, 15 Oct 2025 12:01:30 GMT' }), 90_000);
  });

  it('is at least a second, so that 0 makes no storm', () => {
    assert.equal(wait({ 'retry-after': '0' }), 1000);
    assert.equal(wait({ 'retry-after': 'Wed, 15 Oct 2025 11:00:00 GMT' }), 1000);
  });

  it('may have decimals, or be several numbers that a proxy joined', () => {
    assert.equal(wait({ 'retry-after': '2.5' }), 2500);
    assert.equal(wait({ 'retry-after': ' 7, 30 , 2' }), 30_000);
  });

  it('is unknown without such a header, or with one that is no time', () => {
    assert.equal(wait({ [`${COST}-qpu-remaining`]: 'QueriesPerHour:0' }), undefined);
    for (const value of [
      'later',
      '',
      '-5',
      '-0.5',
      '1e3',
      'NaN',
      '12:30',
      'Infinity',
      '5 s',
      'May 5',
      'GMT',
    ]) {
      assert.equal(wait({ 'retry-after': value }), undefined, value);
    }
  });

  it('is taken from the headers that can be read, beside one that cannot', () => {
    assert.equal(wait({ 'retry-after': '-5', [`${COST}-entity-retry-after`]: '12' }), 12_000);
  });

  it('is a day at most: nobody asks for more, and a time must come of it', () => {
    const day = 86_400_000;
    for (const value of ['90000', '9'.repeat(30), '9'.repeat(400), 'Fri, 15 Oct 2055 12:00:00 GMT']) {
      assert.equal(wait({ 'retry-after': value }), day, value);
    }
  });
});
