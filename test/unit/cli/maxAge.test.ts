import assert from 'node:assert/strict';
import { maxAge, staleInstances, staleText } from '../../../src/cli/maxAge';
import { anInstance, aStatus, HALF_PAST_TWO } from '../extension/builders';

const HOUR = 3_600_000;

describe('status --max-age', () => {
  const at = HALF_PAST_TWO * 1000;
  const shown = [
    aStatus(),
    aStatus({ instanceId: 2, name: 'off', lastSyncEpoch: undefined }),
    aStatus({ instanceId: 3, name: 'new', lastSyncEpoch: undefined }),
  ];
  const instances = [
    anInstance(),
    anInstance({ id: 2, name: 'off', enabled: false }),
    anInstance({ id: 3, name: 'new' }),
  ];
  const names = (now: number): readonly string[] =>
    staleInstances(instances, shown, maxAge('26h'), now).map(({ name }) => name);

  it('reads minutes, hours and days, and nothing else', () => {
    assert.deepEqual(
      ['90min', '26h', '2d'].map((text) => maxAge(text).ms),
      [1.5 * HOUR, 26 * HOUR, 48 * HOUR],
    );
    for (const text of ['', '26', 'h', '-1h', '0h', '1.5h', '26 h', '1w']) {
      assert.throws(() => maxAge(text), /90min, 26h or 2d/);
    }
  });

  it('counts what was not synced for longer, or never, and nothing that is switched off', () => {
    assert.deepEqual(names(at + 26 * HOUR), ['new']);
    assert.deepEqual(names(at + 26 * HOUR + 1), ['fasgpt', 'new']);
  });

  it('names them with their last sync', () => {
    const stale = staleInstances(instances, shown, maxAge('26h'), at + 30 * HOUR);
    assert.equal(
      staleText(stale, maxAge('26h'), 'UTC'),
      'Not synced for 26h: fasgpt (last 2025-11-16 14:30:15), new (never).',
    );
  });
});
