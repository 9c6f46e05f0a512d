import assert from 'node:assert/strict';
import { useMirroring } from './harness';

describe('models', () => {
  const mirroring = useMirroring();

  it('of the workspace are kept while the providers cannot be asked, and the run says so', async () => {
    const m = await mirroring().start();
    m.world.library.addModel({ id: 'legal-bot' });
    m.server.fail('/api/models', { kind: 'html' }, 1);
    const run = await m.sync({ kind: 'full' });
    assert.deepEqual(await m.rows('SELECT model_id FROM models'), [['legal-bot']]);
    const models = run.streams.find(({ stream }) => stream === 'models');
    assert.deepEqual(
      [run.status, models?.status, models?.errorCode],
      ['partial', 'failed', 'htmlInsteadOfJson'],
    );
    assert.equal((await m.sync()).status, 'ok');
  });
});
