import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useWords } from '../../../src/language/workerWords';
import { createReader } from '../../../src/store/reader';
import { bundle } from '../store/bundle';

describe('the language of workers', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'openwebui-sync-language-'));
  let workerPath = '';

  before(async () => {
    workerPath = (await bundle(outdir, { reader: 'src/store/readerWorker.ts' }))('reader');
  });

  after(() => {
    useWords({});
    rmSync(outdir, { recursive: true, force: true });
  });

  it('is that of the thread that starts them', async () => {
    useWords({ 'There is no database yet. Add an instance and run a sync first.': 'Noch keine Datenbank.' });
    const folder = join(outdir, 'data');
    mkdirSync(folder);
    const reader = createReader({ folder, workerPath });
    try {
      await assert.rejects(reader.query('SELECT 1'), {
        name: 'NoDatabaseError',
        message: 'Noch keine Datenbank.',
      });
    } finally {
      reader.dispose();
    }
  });
});
