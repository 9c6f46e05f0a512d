import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(__dirname, '..', '..', 'docs');
const page = readFileSync(join(DOCS, 'features.md'), 'utf8');

/** A test that the page names: the link to its file and the names behind it. */
const PROOF = /\[[^\]]+\]\((\.\.\/test\/[^)]+\.ts)\)((?:,? "[^"]+")+)/g;

describe('the page of features', () => {
  it('names only tests that are there', () => {
    const proofs = [...page.matchAll(PROOF)];
    assert.ok(proofs.length > 60, `${proofs.length} tests are named`);
    for (const [, file = '', names = ''] of proofs) {
      const source = readFileSync(join(DOCS, file), 'utf8');
      for (const [, name = ''] of names.matchAll(/"([^"]+)"/g)) {
        assert.ok(source.includes(name), `${file} has no test "${name}"`);
      }
    }
  });

  it('has a proof or a reason for each feature and complaint', () => {
    const rows = page.split('\n').filter((line) => /^\| \d+ \|/.test(line));
    assert.equal(rows.length, 33 + 15 + 23);
    for (const row of rows) {
      const [, , , what = '', proof = ''] = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
      assert.ok(proof !== '' || /^not /.test(what), row);
    }
  });
});
