import assert from 'node:assert/strict';
import { RememberedFiles } from '../../../../../src/extension/sql/language/files/rememberedFiles';

function setup(content: Record<string, unknown> = {}): RememberedFiles {
  return new RememberedFiles({
    get: (key) => content[key],
    update: (key, value) => {
      content[key] = value;
      return Promise.resolve();
    },
  });
}

describe('.sql files that are queries of the mirror', () => {
  it('are remembered until that is undone, each for itself', async () => {
    const files = setup();
    await files.add('file:///a.sql');
    await files.add('file:///b.sql');
    await files.add('file:///a.sql');
    await files.remove('file:///b.sql');
    assert.deepEqual([files.has('file:///a.sql'), files.has('file:///b.sql')], [true, false]);
    await files.remove('file:///a.sql');
    assert.equal(files.has('file:///a.sql'), false);
  });

  it('are none where what is stored cannot be read', () => {
    assert.equal(setup({ 'openwebuiSync.mirrorQueries': { a: 1 } }).has('file:///a.sql'), false);
  });
});
