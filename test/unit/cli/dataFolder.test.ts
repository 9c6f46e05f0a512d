import assert from 'node:assert/strict';
import { join } from 'node:path';
import { extensionFolders } from '../../../src/cli/dataFolder';

const storage = join('User', 'globalStorage', 'openwebui-sync.openwebui-sync');

function found(platform: NodeJS.Platform, existing: string[], env: Record<string, string> = {}): string[] {
  return extensionFolders({ platform, home: '/home/ada', env, exists: (path) => existing.includes(path) });
}

describe('the default data folder', () => {
  it("is the extension's storage in VS Code on Linux", () => {
    const folder = join('/home/ada', '.config', 'Code', storage);
    assert.deepEqual(found('linux', [folder]), [folder]);
  });

  it('follows XDG_CONFIG_HOME', () => {
    const folder = join('/xdg', 'Code', storage);
    assert.deepEqual(found('linux', [folder], { XDG_CONFIG_HOME: '/xdg' }), [folder]);
  });

  it('is found on a Mac, on Windows and beside code-server', () => {
    const mac = join('/home/ada', 'Library', 'Application Support', 'Code', storage);
    assert.deepEqual(found('darwin', [mac]), [mac]);
    const windows = join('/roaming', 'Code', storage);
    assert.deepEqual(found('win32', [windows], { APPDATA: '/roaming' }), [windows]);
    const server = join('/home/ada', '.local', 'share', 'code-server', storage);
    assert.deepEqual(found('linux', [server]), [server]);
  });

  it('is none where no editor holds data', () => {
    assert.deepEqual(found('linux', []), []);
  });
});
