import assert from 'node:assert/strict';
import { formatBytes } from '../../../src/sync/words';

describe('words for numbers', () => {
  it('give sizes in the unit that people would use', () => {
    assert.deepEqual([0, 999, 1_000, 4_249, 3_100_000, 1_073_741_824].map(formatBytes), [
      '0 B',
      '999 B',
      '1.0 kB',
      '4.2 kB',
      '3.1 MB',
      '1.1 GB',
    ]);
  });
});
