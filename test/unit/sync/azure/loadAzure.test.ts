import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAzure } from '../../../../src/sync/azure/loadAzure';

describe('the bundle with the clients of Azure', () => {
  it('is loaded by its path when it is asked for, and once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dist-'));
    try {
      writeFileSync(join(folder, 'azure.js'), 'exports.openCostClient = () => "opened";');
      const azure = loadAzure(folder);
      assert.equal(azure.openCostClient('', undefined as never), 'opened');
      assert.equal(loadAzure(folder), azure);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is missed where it is not', () => {
    assert.throws(() => loadAzure(join(tmpdir(), 'no-such-dist')), { code: 'MODULE_NOT_FOUND' });
  });
});
