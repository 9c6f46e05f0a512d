import assert from 'node:assert/strict';
import { isOlderVersion } from '../../../../src/sync/engine/serverCheck';

describe('isOlderVersion', () => {
  it('compares number by number', () => {
    const verdicts = [
      ['0.9.6', '0.12.4'],
      ['0.12.4', '0.9.6'],
      ['0.12.4', '0.12.4'],
      ['0.12', '0.12.4'],
      ['0.12.4', '0.12'],
      ['v0.12.3-dev', '0.12.4'],
      ['1.0', '0.12.4'],
    ].map(([version, than]) => isOlderVersion(version!, than));
    assert.deepEqual(verdicts, [true, false, false, true, false, true, false]);
  });

  it('says no of what is no version, and before the first run', () => {
    assert.deepEqual(
      [isOlderVersion('main', '0.12.4'), isOlderVersion('0.12.4', 'main'), isOlderVersion('0.5', undefined)],
      [false, false, false],
    );
  });
});
