import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Cases of crash, disk, size and several windows: those of the failure catalogue that concern the store. */
const CASES = [...range(31, 46), 48, 52];

const UNIT_TESTS = join(__dirname, '..', '..');

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

describe('The failure catalogue of the store', () => {
  it('has a test for every case', () => {
    const texts = readdirSync(UNIT_TESTS, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(UNIT_TESTS, name), 'utf8'));
    const named = new Set(
      texts.flatMap((text) =>
        [...text.matchAll(/\bit\(\s*['"`]case (\d+): /gu)].map((match) => Number(match[1])),
      ),
    );
    assert.deepEqual(
      CASES.filter((number) => !named.has(number)),
      [],
    );
  });
});
