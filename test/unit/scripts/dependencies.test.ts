import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matchesLockFile } from '../../../scripts/lib/dependencies.mjs';

interface Entry {
  readonly version: string;
  readonly optional?: boolean;
}

describe('matchesLockFile', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-lock-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function write(name: string, packages: Record<string, Entry>): void {
    writeFileSync(join(folder, name), JSON.stringify({ packages }));
  }

  function setUp(locked: Record<string, Entry>, installed?: Record<string, Entry>): void {
    write('package-lock.json', { '': { version: '0.1.0' }, ...locked });
    if (installed !== undefined) {
      mkdirSync(join(folder, 'node_modules'));
      write('node_modules/.package-lock.json', installed);
    }
  }

  it('is false when nothing, or not everything, was installed', () => {
    setUp({ 'node_modules/a': { version: '1.0.0' } });
    assert.equal(matchesLockFile(folder), false);
  });

  it('is true when each package has the version that the lock file names', () => {
    setUp({ 'node_modules/a': { version: '1.0.0' } }, { 'node_modules/a': { version: '1.0.0' } });
    assert.equal(matchesLockFile(folder), true);
  });

  it('is false when a version differs or a package is missing', () => {
    setUp(
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } },
      { 'node_modules/a': { version: '1.0.1' }, 'node_modules/b': { version: '2.0.0' } },
    );
    assert.equal(matchesLockFile(folder), false);
    write('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.0' } });
    assert.equal(matchesLockFile(folder), false);
  });

  it('does not ask for optional packages of other platforms', () => {
    setUp({ 'node_modules/win': { version: '1.0.0', optional: true } }, {});
    assert.equal(matchesLockFile(folder), true);
  });
});
