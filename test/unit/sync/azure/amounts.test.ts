import assert from 'node:assert/strict';
import fc from 'fast-check';
import { e8Of } from '../../../../src/sync/azure/amounts';

describe('amounts of Azure', () => {
  it('are integers of 1e-8, by their decimal digits', () => {
    assert.equal(e8Of(0), 0n);
    assert.equal(e8Of(1.23456789), 123_456_789n);
    assert.equal(e8Of(-3.1), -310_000_000n);
    assert.equal(e8Of(0.1 + 0.2), 30_000_000n);
    assert.equal(e8Of(1_000_000.01), 100_000_001_000_000n);
    assert.equal(e8Of('12.5'), 1_250_000_000n);
  });

  it('are rounded half away from zero', () => {
    assert.equal(e8Of('0.000000005'), 1n);
    assert.equal(e8Of('-0.000000005'), -1n);
    assert.equal(e8Of('0.0000000049999'), 0n);
    assert.equal(e8Of(0.123456785), 12_345_679n);
  });

  it('may be written with an exponent, as JSON writes small and large numbers', () => {
    assert.equal(e8Of(1.5e-7), 15n);
    assert.equal(e8Of(5e-9), 1n);
    assert.equal(e8Of(4e-9), 0n);
    assert.equal(e8Of(1e21), 10n ** 29n);
  });

  it('are nothing when they are no decimal numbers', () => {
    for (const text of ['n/a', '', '1,5', '0x10', '1.2.3', '--1']) {
      assert.equal(e8Of(text), undefined, text);
    }
    assert.equal(e8Of(Number.NaN), undefined);
    assert.equal(e8Of(Number.POSITIVE_INFINITY), undefined);
  });

  it('come back from the doubles of JSON without drift', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), (e8) => {
        assert.equal(e8Of(Number(decimal(e8))), e8);
      }),
    );
  });
});

/** What the service writes for an amount. */
function decimal(e8: bigint): string {
  const digits = (e8 < 0n ? -e8 : e8).toString().padStart(9, '0');
  return `${e8 < 0n ? '-' : ''}${digits.slice(0, -8)}.${digits.slice(-8)}`;
}
