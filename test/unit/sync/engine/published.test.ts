import assert from 'node:assert/strict';
import { WorkerGoneError } from '../../../../src/store/errors';
import type { MirrorWriter } from '../../../../src/store/mirrorWriter';
import { Mirroring } from './harness';

/** A mirroring whose copies for other programs cannot be written. */
class WithoutCopies extends Mirroring {
  failure = new Error('EACCES: permission denied');

  protected override async openWriter(): Promise<MirrorWriter> {
    const writer = await super.openWriter();
    return new Proxy(writer, {
      get: (target, name) =>
        name === 'refreshCopies'
          ? () => Promise.reject(this.failure)
          : (Reflect.get(target, name) as unknown),
    });
  }
}

describe('a run whose rows are published', () => {
  let m: WithoutCopies;
  beforeEach(async () => {
    m = new WithoutCopies();
    await m.start();
    m.addUser('bob', 2);
  });
  afterEach(() => m.close());

  it('is ok although the copy for other programs cannot be written, and says so', async () => {
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.inserted], ['ok', 8]);
    assert.deepEqual(await m.rows('SELECT status FROM sync_runs'), [['ok']]);
    assert.ok(m.log.lines.some((line) => line.startsWith('warn') && line.includes('openwebui_sync.db')));
  });

  it('is not done again when its writer is lost only then', async () => {
    m.failure = new WorkerGoneError('The worker ended');
    const run = await m.sync();
    assert.deepEqual([run.status, run.counts.inserted], ['ok', 8]);
    assert.equal(m.requests.filter((path) => path === '/api/version').length, 1);
  });
});
