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

  it('is unknown without such a header, or with one that is no time', () => {
    assert.equal(wait({ [`${COST}-qpu-remaining`]: 'QueriesPerHour:0' }), undefined);
    assert.equal(wait({ 'retry-after': 'later' }), undefined);
  });
});
