import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { WarehousePasswords } from '../../../../src/extension/warehouses/warehousePasswords';
import type { Log } from '../../../../src/extension/log';

const ADDRESS = {
  host: 'db.example.test',
  port: 5432,
  database: 'usage',
  user: 'sync',
  ssl: 'verify-full',
} as const;

describe('Passwords of warehouses', () => {
  let kept: Map<string, string>;
  let hidden: string[];
  let passwords: WarehousePasswords;
  beforeEach(() => {
    kept = new Map();
    hidden = [];
    const secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'> = {
      get: (key) => Promise.resolve(kept.get(key)),
      store: (key, value) => Promise.resolve(void kept.set(key, value)),
      delete: (key) => Promise.resolve(void kept.delete(key)),
    };
    const log: Pick<Log, 'protect'> = { protect: (secret) => void hidden.push(secret) };
    passwords = new WarehousePasswords(secrets as vscode.SecretStorage, log as Log);
  });

  it('are kept, hidden from the log, and forgotten', async () => {
    await passwords.set(ADDRESS, 'secret');
    assert.equal(await passwords.get(ADDRESS), 'secret');
    assert.deepEqual(hidden, ['secret', 'secret']);
    await passwords.delete(ADDRESS);
    assert.equal(await passwords.get(ADDRESS), undefined);
  });

  for (const [name, change] of Object.entries({
    host: { host: 'evil.example.test' },
    port: { port: 5433 },
    database: { database: 'other' },
    user: { user: 'root' },
    protection: { ssl: 'disable' },
  } as const)) {
    it(`are never given to another ${name}`, async () => {
      await passwords.set(ADDRESS, 'secret');
      assert.equal(await passwords.get({ ...ADDRESS, ...change }), undefined);
    });
  }
});
