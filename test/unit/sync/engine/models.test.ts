import assert from 'node:assert/strict';
import { withRows } from '../../../../src/sample/hostile/lists';
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

  it('of providers are kept while their list has rows without a usable id', async () => {
    const m = await mirroring().start();
    m.world.library.addProviderModel('gpt-a');
    m.world.library.addProviderModel('gpt-b');
    await m.sync({ kind: 'full' });
    const before = await m.count('models');
    assert.equal(before, 2);
    const [[lost] = []] = await m.rows('SELECT model_id FROM models ORDER BY 1');
    m.server.fail(
      '/api/models',
      {
        kind: 'rewrite',
        change: (body) =>
          withRows(body, (rows) => rows.map((row) => ({ ...row, id: row['id'] === lost ? {} : row['id'] }))),
      },
      Infinity,
    );
    await m.sync({ kind: 'full' });
    const run = await m.sync({ kind: 'full' });
    assert.deepEqual([run.counts.deleted, await m.count('models')], [0, before]);
  });
});
