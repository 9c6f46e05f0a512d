import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCompany } from '../../../../src/sample/company/company';
import { startSampleServer } from '../../../../src/sample/server';
import { openWriter } from '../../../../src/store/openWriter';
import { createFolderLocker } from '../../../../src/sync/engine/folderLocker';
import { SyncCoordinator } from '../../../../src/sync/engine/syncCoordinator';
import { systemClock } from '../../../../src/sync/engine/systemClock';
import { bundle } from '../../store/bundle';
import { publishedRows } from '../../store/published';
import { FAST, LogLines } from './harness';

describe('the writer worker', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'openwebui-sync-bundle-'));
  const folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-'));
  let path = '';
  before(async function () {
    this.timeout(120_000);
    path = (await bundle(outdir, { writer: 'src/sync/writerWorker.ts' }))('writer');
  });
  after(() => {
    rmSync(outdir, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  it('mirrors a whole company, row by row', async () => {
    const world = generateCompany();
    const server = await startSampleServer({ world });
    const writer = { folder, workerPath: path, zone: 'Europe/Berlin' };
    const coordinator = new SyncCoordinator({
      openWriter: () => openWriter(writer),
      openDryWriter: () => openWriter({ ...writer, isDryRun: true }),
      reconcileHours: () => 24,
      salt: () => Promise.resolve('salt'),
      locker: createFolderLocker(folder, 'test'),
      credentials: { get: () => Promise.resolve({ kind: 'apiKey', value: server.apiKey }) },
      clock: systemClock,
      log: new LogLines(),
      policy: () => FAST,
      clientVersion: 'test',
    });
    const instance = { id: 1, name: 'FASGPT', url: server.url, enabled: true };
    try {
      const [full] = await coordinator.sync([instance], { kind: 'full', trigger: 'manual' });
      assert.deepEqual([full?.status, full?.error], ['ok', undefined]);
      const messages = world.chats.all().flatMap(({ id, body }) => {
        const tree = body.kind === 'raw' ? [] : [...body.messages.values()];
        return tree.map((message) => [id, message.id, message.role]);
      });
      assert.deepEqual(
        await publishedRows(
          folder,
          'SELECT c.remote_id, m.remote_id, m.role FROM message m JOIN chats c ON c.id = m.chat_id ORDER BY 1, 2',
        ),
        messages.sort(([a, b], [c, d]) => (`${a} ${b}` < `${c} ${d}` ? -1 : 1)),
      );
      const calls = server.requests.length;
      server.clearRequests();
      const [second] = await coordinator.sync([instance], { kind: 'incremental', trigger: 'manual' });
      assert.equal(second?.status, 'ok');
      assert.ok(server.requests.length <= 0.03 * calls, `${server.requests.length} of ${calls}`);
    } finally {
      await server.close();
    }
  });
});
