import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { removeOwnTemporaries, temporaryName } from '../../../../src/store/files/durableFiles';

describe('What an ended write leaves', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'temporaries-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is removed where this process wrote that file; other files stay', () => {
    const path = join(folder, 'usage.db');
    const own = temporaryName(path);
    const kept = [
      path,
      temporaryName(join(folder, 'other.db')),
      own.replace(`-${process.pid}-`, `-${process.pid}1-`),
      `${path}.tmp-mine`,
    ];
    for (const file of [own, ...kept]) {
      writeFileSync(file, 'x');
    }
    removeOwnTemporaries(path);
    assert.deepEqual(readdirSync(folder).sort(), kept.map((file) => basename(file)).sort());
  });
});
