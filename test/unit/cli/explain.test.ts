import assert from 'node:assert/strict';
import { explain } from '../../../src/cli/explain';
import { WarehouseError } from '../../../src/warehouse/warehouseErrors';

const terminal = { signal: new AbortController().signal };

describe('What the command line says of a failure', () => {
  it('names the command or option that helps a warehouse', () => {
    const said = (error: Error): string => explain(error, terminal).sentence;
    assert.equal(
      said(new WarehouseError('Push to it first.', { remedy: 'push' })),
      'Push to it first. Next: push',
    );
    assert.equal(
      said(new WarehouseError('It was restored.', { remedy: 'pushAfterRestore' })),
      'It was restored. Next: push --after-restore',
    );
    assert.equal(said(new WarehouseError('Not reachable.')), 'Not reachable.');
  });
});
