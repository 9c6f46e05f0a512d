import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { commands } from 'vscode';
import { loadAzure } from '../../src/sync/azure/loadAzure';
import { theCore, theExtension } from './support';

/** Comes before whatever reads costs: what was loaded once stays. */
describe('the clients of Azure', () => {
  it('are loaded when costs are read, not with the extension or its views', async () => {
    await theCore();
    await commands.executeCommand('openwebuiSync.instances.focus');
    const folder = join(theExtension().extensionPath, 'dist');
    const { cache } = createRequire(__filename);
    const isLoaded = (name: string): boolean => join(folder, name) in cache;
    assert.ok(isLoaded('extension.js'));
    assert.ok(!isLoaded('azure.js'));

    const { openCostClient, openDirectory, createCredential } = loadAzure(folder);
    assert.ok(isLoaded('azure.js'));
    for (const exported of [openCostClient, openDirectory, createCredential]) {
      assert.equal(typeof exported, 'function');
    }
  });
});
