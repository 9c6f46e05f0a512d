import assert from 'node:assert/strict';
import { explain } from '../../../src/cli/explain';
import { WarehouseError } from '../../../src/warehouse/warehouseErrors';

const terminal = { signal: new AbortController().signal };

describe('What the command line says of a failure', () => {
  it('names the command or option that helps a warehouse', () => {
    const said = (error: Error): string => explain(error, terminal).sentence;
    assert.equal(
      said(new WarehouseError('Push to it first.', { remedy: 'push', warehouse: 'Data Lake' })),
      'Push to it first. Next: push "Data Lake"',
    );
    assert.equal(
      said(new WarehouseError('It was restored.', { remedy: 'pushAfterRestore', warehouse: 'lake' })),
      'It was restored. Next: push lake --after-restore',
    );
    assert.equal(said(new WarehouseError('Not reachable.')), 'Not reachable.');
  });

  it('says what the system refuses, and where', () => {
    const said = (facts: Partial<NodeJS.ErrnoException>): string =>
      explain(Object.assign(new Error('as the system says it'), facts), terminal).sentence;
    assert.equal(
      said({ code: 'EACCES', path: '/data/journal.jsonl' }),
      'This user may not open /data/journal.jsonl. Check its rights.',
    );
    assert.equal(
      said({ code: 'ENOTDIR', path: '/a/file/b' }),
      'A part of the path /a/file/b is no folder. Check the path.',
    );
    assert.equal(
      said({ code: 'ENOENT', syscall: 'uv_cwd' }),
      'The folder that this command was started in is gone. Change to another one.',
    );
    assert.equal(said({ code: 'EACCES' }), 'as the system says it');
    assert.equal(said({ code: 'EIO', path: '/x' }), 'as the system says it');
  });
});
