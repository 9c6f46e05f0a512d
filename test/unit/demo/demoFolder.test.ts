import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoMark, placeDemo, removeDemoFolder } from '../../../src/extension/demo/demoFolder';
import { watchDataFolder } from '../../../src/store/files/folderWatcher';

/** Makes the least that counts as a demo. */
async function fill(folder: string, content = '{}'): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, 'status.json'), content);
}

describe('the folder of the demo', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'openwebui-sync-demo-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is there whole or not at all', async () => {
    await placeDemo(root, async (folder) => {
      await fill(folder);
      assert.equal(await demoMark(root), undefined);
    });
    assert.notEqual(await demoMark(root), undefined);
    assert.deepEqual(readdirSync(root), ['demo']);
  });

  it('leaves nothing behind when it cannot be made', async () => {
    const failing = placeDemo(root, async (folder) => {
      await fill(folder);
      throw new Error('disk full');
    });
    await assert.rejects(failing, /disk full/);
    assert.deepEqual(readdirSync(root), []);
  });

  it('is that of the window that was faster', async () => {
    await placeDemo(root, async (slow) => {
      await fill(slow, '"slow"');
      await placeDemo(root, (fast) => fill(fast, '"fast"'));
    });
    assert.deepEqual(readdirSync(root), ['demo']);
    assert.deepEqual(readdirSync(join(root, 'demo')), ['status.json']);
  });

  it('can be removed, twice, and made again as another one', async () => {
    await placeDemo(root, (folder) => fill(folder));
    const first = await demoMark(root);
    await removeDemoFolder(root);
    await removeDemoFolder(root);
    assert.deepEqual(readdirSync(root), []);
    await placeDemo(root, (folder) => fill(folder, '{"version":1}'));
    assert.notEqual(await demoMark(root), first);
  });

  it('frees what windows left behind that ended meanwhile, not what another one is making', async () => {
    const old = join(root, 'demo.old');
    await fill(old);
    utimesSync(old, 0, 0);
    await fill(join(root, 'demo.new'));
    await removeDemoFolder(root);
    assert.deepEqual(readdirSync(root), ['demo.new']);
    assert.ok(!existsSync(old));
  });

  it('tells the windows that follow the data folder when it comes and when it goes', async () => {
    let changed: () => void = () => undefined;
    const next = (): Promise<void> =>
      new Promise((resolve) => {
        changed = resolve;
      });
    const watcher = watchDataFolder(root, () => changed(), { listEveryMs: 50 });
    try {
      let told = next();
      await placeDemo(root, (folder) => fill(folder));
      await told;
      told = next();
      await removeDemoFolder(root);
      await told;
    } finally {
      watcher.dispose();
    }
  });
});
