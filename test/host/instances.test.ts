import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { addInstance, filesBelow, removeAllInstances, theCore, until } from './support';

const KEY = 'sk-host-test-0123456789abcdef';
const SERVER = { url: 'http://127.0.0.1:9', apiKey: KEY };

describe('instances', () => {
  let core: Core;

  before(async () => {
    core = await theCore();
  });
  beforeEach(() => removeAllInstances(core));
  after(() => removeAllInstances(core));

  it('appear in the tree when they are added, without asking anybody', async () => {
    await addInstance(core, 'alpha', SERVER);
    await until(core, () => core.model.tree()[0]?.description === 'not synced yet');
    const [node] = core.model.tree();
    assert.equal(node?.label, 'alpha');
    assert.match(node.contextValue, /type=instance,state=idle/);
  });

  it('keep their key in the secret storage and nowhere else', async () => {
    const instance = await addInstance(core, 'alpha', SERVER);
    assert.deepEqual(await core.credentials.get(instance), { kind: 'apiKey', value: KEY });
    assert.ok(!filesBelow(core.folder.root).some(({ content }) => content.includes(KEY)));
    const settings = JSON.stringify(vscode.workspace.getConfiguration('openwebuiSync'));
    assert.ok(!settings.includes(KEY));
    const { globalState } = core.context;
    const kept = globalState.keys().map((name) => globalState.get(name));
    assert.ok(!JSON.stringify(kept).includes(KEY));
  });

  it('lose their key when they move to another origin, and ask for one', async () => {
    const instance = await addInstance(core, 'alpha', SERVER);
    const moved = await core.instances.update(instance.id, { url: 'http://127.0.0.1:10' });
    assert.equal(await core.credentials.get(moved), undefined);
    await until(core, () => /key needed/.test(core.model.tree()[0]?.description ?? ''));
  });

  it('keep their key when only the path changes', async () => {
    const instance = await addInstance(core, 'alpha', SERVER);
    const moved = await core.instances.update(instance.id, { url: `${SERVER.url}/ai` });
    assert.equal((await core.credentials.get(moved))?.value, KEY);
  });

  it('keep their line in the tree when they are renamed', async () => {
    const instance = await addInstance(core, 'alpha', SERVER);
    const id = core.model.tree()[0]?.id;
    await core.instances.update(instance.id, { name: 'beta' });
    assert.equal(core.model.tree()[0]?.label, 'beta');
    assert.equal(core.model.tree()[0]?.id, id);
  });

  it('never give their number to another one', async () => {
    const first = await addInstance(core, 'alpha', SERVER);
    await core.instances.remove(first.id);
    const second = await addInstance(core, 'alpha', SERVER);
    assert.ok(second.id > first.id);
    assert.equal((await core.credentials.get(second))?.value, KEY);
  });

  it('are seen when another program changes the list', async () => {
    const { addInstance: addByFile } = await import('../../src/store/instances/instancesFile');
    await addByFile(core.folder.root, { name: 'from the terminal', url: 'http://127.0.0.1:11' });
    await until(core, () => core.model.tree()[0]?.label === 'from the terminal');
  });
});
