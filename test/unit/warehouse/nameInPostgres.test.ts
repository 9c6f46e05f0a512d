import assert from 'node:assert/strict';
import { nameInPostgres } from '../../../src/warehouse/nameInPostgres';

describe('a name in a statement of PostgreSQL that is shown', () => {
  it('is plain where that is possible', () => {
    for (const name of ['openwebui', '_sync_2', 'usage']) {
      assert.equal(nameInPostgres(name), name);
    }
  });

  it('stands in quotes where it would mean something else', () => {
    for (const name of ['user', 'order', 'Sync', 'sync@corp.example', 'my-user', '1st']) {
      assert.equal(nameInPostgres(name), `"${name}"`);
    }
    assert.equal(nameInPostgres('a"b'), '"a""b"');
  });
});
