import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { offerSeed } from '../../../scripts/lib/seedFile.mjs';
import { stopEverything } from '../../../scripts/lib/processes.mjs';

describe('offerSeed', () => {
  const instances = [{ name: 'fasgpt', url: 'http://127.0.0.1:1', apiKey: 'sk-1' }];

  it('writes a file that only this user can read, with costs if there are any, and removes it at the end', async () => {
    const { file } = offerSeed(instances);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { version: 1, instances });
    if (process.platform !== 'win32') {
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.equal(statSync(dirname(file)).mode & 0o777, 0o700);
    }
    const costs = { file: '/tmp/costs.csv', resources: [] };
    const other = offerSeed(instances, { costs });
    assert.deepEqual(JSON.parse(readFileSync(other.file, 'utf8')), { version: 1, instances, costs });
    await stopEverything();
    assert.throws(() => statSync(dirname(other.file)), { code: 'ENOENT' });
    assert.throws(() => statSync(dirname(file)), { code: 'ENOENT' });
  });
});
