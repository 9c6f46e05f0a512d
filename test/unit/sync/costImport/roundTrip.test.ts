import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXACT_PER_E8, exactIn, roundTogether, utcDayIn } from '../../../../src/sync/costImport/fields';
import { readCostFile } from '../../../../src/sync/costImport/readCostFile';
import { exportOf, NOW } from './importHarness';

describe('Amounts of imported files', () => {
  it('are read without loss, with or without exponent', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.integer({ min: 0, max: 12 }),
        (digits, places) => {
          const exact = exactIn(`${digits}E-${places}`);
          assert.equal(exact, digits * 10n ** BigInt(24 - places));
        },
      ),
    );
  });

  it('are rounded so that they add up to their rounded sum, each by less than 1e-8', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -(10n ** 26n), max: 10n ** 26n }), { maxLength: 40 }),
        (amounts) => {
          const rounded = roundTogether(amounts);
          const total = amounts.reduce((sum, amount) => sum + amount, 0n);
          const kept = rounded.reduce((sum, amount) => sum + amount, 0n) * EXACT_PER_E8;
          assert.ok(abs(total - kept) * 2n <= EXACT_PER_E8);
          rounded.forEach((amount, index) => {
            assert.ok(abs(amount * EXACT_PER_E8 - (amounts[index] ?? 0n)) < EXACT_PER_E8);
          });
        },
      ),
    );
  });

  it('of a whole file add up to the rows that are kept', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'costs-'));
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(lineOfFile, { minLength: 1, maxLength: 60 }), async (lines) => {
          const path = join(folder, 'costs.csv');
          writeFileSync(path, exportOf(lines.map(({ e8, ...line }) => ({ ...line, cost: decimal(e8) }))));
          const file = await readCostFile({ paths: [path] }, NOW, new AbortController().signal);
          const kept = file.scopes.flatMap(({ months }) => months.flatMap(({ rows }) => rows));
          for (const currency of ['EUR', 'USD']) {
            assert.equal(
              sum(kept.filter((row) => row.currency === currency).map(({ costE8 }) => costE8)),
              sum(lines.filter((line) => line.currency === currency).map(({ e8 }) => e8)),
            );
          }
        }),
        { numRuns: 50 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('Dates of imported files', () => {
  it('are days of the calendar', () => {
    assert.equal(utcDayIn('2025-10-01', undefined), 20_362);
    assert.equal(utcDayIn('20251001', undefined), 20_362);
    assert.equal(utcDayIn('1.10.2025', undefined), 20_362);
    assert.equal(utcDayIn('2025-02-29', undefined), undefined);
    assert.equal(utcDayIn('', undefined), undefined);
  });

  it('are UTC days where they name an offset', () => {
    assert.equal(utcDayIn('2025-10-02T01:30:00+02:00', undefined), 20_362);
    assert.equal(utcDayIn('2025-09-30T22:30:00-04:00', undefined), 20_362);
    assert.equal(utcDayIn('2025-10-01T23:59:59Z', undefined), 20_362);
  });

  it('with the year at their end are read in the order of the file, and by none as nothing', () => {
    assert.equal(utcDayIn('10/01/2025', false), 20_362);
    assert.equal(utcDayIn('01-10-2025', true), 20_362);
    assert.equal(utcDayIn('10/01/2025', undefined), undefined);
    assert.equal(utcDayIn('13/01/2025', false), undefined);
  });
});

const lineOfFile = fc.record({
  date: fc.constantFrom('2025-09-30', '2025-10-01', '2025-10-02'),
  e8: fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }),
  meter: fc.constantFrom('in', 'out', '"a, ""b"""'),
  currency: fc.constantFrom('EUR', 'USD'),
});

function decimal(e8: bigint): string {
  const digits = abs(e8).toString().padStart(9, '0');
  return `${e8 < 0n ? '-' : ''}${digits.slice(0, -8)}.${digits.slice(-8)}`;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

function abs(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}
