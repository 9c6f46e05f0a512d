import assert from 'node:assert/strict';
import { isLocalHost, parseWarehouseUrl } from '../../../src/warehouse/warehouseUrl';

describe('the address of a warehouse', () => {
  it('names user, host, port and database', () => {
    assert.deepEqual(parseWarehouseUrl('postgres://sync@db.example.org:6432/usage'), {
      host: 'db.example.org',
      port: 6432,
      database: 'usage',
      user: 'sync',
    });
  });

  it('needs no port, and may write what is special as percent signs', () => {
    assert.deepEqual(parseWarehouseUrl('postgresql://some%40one@[2001:db8::1]/my%20base'), {
      host: '2001:db8::1',
      port: 5432,
      database: 'my base',
      user: 'some@one',
    });
  });

  it('must not hold a password, and the refusal does not repeat it', () => {
    assert.throws(
      () => parseWarehouseUrl('postgres://sync:hunter2@db.example.org/usage'),
      (error: Error) =>
        error.name === 'WarehouseError' &&
        error.message === 'Leave the password out of the address. It is given apart.',
    );
  });

  it('does not repeat a password either that its own signs make unreadable', () => {
    for (const sign of '@:/?#%[]\\ "') {
      for (const password of [`${sign}hunter2`, `hunter2${sign}`, `12${sign}hunter2`]) {
        const typed = `postgres://sync:${password}@db.example.org/usage`;
        assert.throws(
          () => parseWarehouseUrl(typed),
          (error: Error) => error.name === 'WarehouseError' && !error.message.includes('hunter2'),
          typed,
        );
      }
    }
  });

  it('may be the folder of a socket', () => {
    assert.equal(parseWarehouseUrl('postgres://sync@%2Frun%2Fpostgresql/usage').host, '/run/postgresql');
  });

  const wrong = {
    'no address': 'db.example.org',
    'of something else': 'mysql://sync@db.example.org/usage',
    'without a user': 'postgres://db.example.org/usage',
    'without a database': 'postgres://sync@db.example.org',
    'without a host': 'postgres://sync@/usage',
    'with options': 'postgres://sync@db.example.org/usage?sslmode=disable',
    'with a sign that is none': 'postgres://50%@db.example.org/usage',
    'with a folder too many': 'postgres://sync@db.example.org/usage/more',
  };
  for (const [name, typed] of Object.entries(wrong)) {
    it(`is refused ${name}`, () => {
      assert.throws(() => parseWarehouseUrl(typed), { name: 'WarehouseError' });
    });
  }

  it('is of this machine or of another one', () => {
    assert.deepEqual(['localhost', '127.0.0.1', '::1', '/run/postgresql'].map(isLocalHost), [
      true,
      true,
      true,
      true,
    ]);
    assert.deepEqual(['db.example.org', '10.0.0.1', 'localhost.example.org'].map(isLocalHost), [
      false,
      false,
      false,
    ]);
  });
});
