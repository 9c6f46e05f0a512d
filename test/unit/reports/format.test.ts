import assert from 'node:assert/strict';
import { createFormatter } from '../../../src/reports/format';

describe('numbers in reports', () => {
  const format = createFormatter('en');

  it('are written in full below 10,000 and short above', () => {
    assert.equal(format.number(9_873, 'compact'), '9,873');
    assert.equal(format.number(1_234_567, 'compact'), '1.23M');
    assert.equal(format.number(1_234_567, 'integer'), '1,234,567');
  });

  it('are a dash when unknown, never a zero', () => {
    assert.equal(format.number(null, 'integer'), '–');
    assert.equal(format.number(0, 'integer'), '0');
  });

  it('are bytes in the unit of which there is at least one', () => {
    assert.deepEqual(
      [0, 999, 1_000, 12_345, 1_234_567, 5e9, 7e15].map((bytes) => format.number(bytes, 'bytes')),
      ['0B', '999B', '1kB', '12.3kB', '1.23MB', '5GB', '7,000TB'],
    );
    assert.equal(createFormatter('de').number(1_234_567, 'bytes'), '1,23 MB');
  });

  it('tell their sign in a difference', () => {
    assert.equal(format.signed(0.125, 'percent'), '+12.5%');
    assert.equal(format.signed(-3, 'integer'), '-3');
    assert.equal(format.signed(0, 'integer'), '0');
  });

  it('follow the locale; one that does not exist falls back to English', () => {
    assert.equal(createFormatter('de').number(1_234, 'integer'), '1.234');
    assert.equal(createFormatter('not a locale').number(1_234, 'integer'), '1,234');
  });
});
