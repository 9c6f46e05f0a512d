import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoOrder } from '../../../src/demo/protocol';
import { placeDemo } from '../../../src/extension/demo/demoFolder';
import { makeInThread } from '../../../src/extension/demo/demoThread';
import { bundle } from '../store/bundle';

describe('the thread that makes the demo', function () {
  this.timeout(120_000);
  const outdir = mkdtempSync(join(tmpdir(), 'openwebui-sync-bundle-'));
  const root = mkdtempSync(join(tmpdir(), 'openwebui-sync-demo-'));
  let path: (name: string) => string;
  const order = (folder: string): DemoOrder => ({
    folder,
    distFolder: outdir,
    zone: 'UTC',
    clientVersion: 'test',
  });

  before(async () => {
    path = await bundle(outdir, { writer: 'src/sync/writerWorker.ts', demo: 'src/demo/demoWorker.ts' });
  });
  after(() => {
    rmSync(outdir, { recursive: true, force: true });
    rmSync(root, { recursive: true, force: true });
  });

  it('ends at once when cancelled in the middle, and nothing is left on disk', async () => {
    const cancel = new AbortController();
    const told: string[] = [];
    const making = placeDemo(root, (folder) =>
      makeInThread({
        workerPath: path('demo'),
        order: order(folder),
        signal: cancel.signal,
        onProgress: (running) => {
          told.push(...running.map(({ instanceName }) => instanceName));
          cancel.abort();
        },
      }),
    );
    await assert.rejects(making, { name: 'AbortError' });
    assert.ok(told.includes('Demo Sales'));
    assert.deepEqual(readdirSync(root), []);
  });

  it('hands over what went wrong', async () => {
    const notAFolder = join(outdir, 'file');
    writeFileSync(notAFolder, '');
    const making = makeInThread({
      workerPath: path('demo'),
      order: order(notAFolder),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    await assert.rejects(making, (error: Error) => error.message !== '');
  });
});
