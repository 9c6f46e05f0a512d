import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { INSTANCES_VIEW } from '../../src/extension/views/instanceTree';
import type { NodeModel } from '../../src/extension/views/nodeModel';
import type { SampleServer } from '../../src/sample/server';
import { rowsOf } from '../../src/store/resultSet';
import {
  addInstance,
  removeAllInstances,
  startSmallServer,
  theCore,
  theExtension,
  until,
  untilShown,
} from './support';

describe('a sync', () => {
  let core: Core;
  let server: SampleServer;

  before(async () => {
    core = await theCore();
    server = await startSmallServer('host');
  });
  beforeEach(async () => {
    await removeAllInstances(core);
    await addInstance(core, 'alpha', server);
  });
  after(async () => {
    await removeAllInstances(core);
    await server.close();
  });

  function alpha(): NodeModel {
    const node = core.model.tree().find(({ label }) => label === 'alpha');
    assert.ok(node);
    return node;
  }

  function runsOf(node: NodeModel): readonly NodeModel[] {
    return node.children.filter(({ contextValue }) => contextValue.startsWith('type=run'));
  }

  it('fills the tree with what the server has, and the run', async () => {
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    await until(core, () => runsOf(alpha()).length === 1);
    const labels = alpha().children.map(({ label }) => label);
    assert.ok(labels.includes('6 users'), labels.join());
    assert.ok(labels.includes('20 chats'), labels.join());
    assert.ok(labels.includes('60 messages'), labels.join());
    const [run] = runsOf(alpha());
    assert.equal(run?.label, 'Full sync');
    assert.match(run.contextValue, /status=ok/);
    assert.match(alpha().description ?? '', /^20 chats · last sync \d\d:\d\d$/);
  });

  it('leaves one database file with all of it', async () => {
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    const result = await core.reader.query(
      'SELECT COUNT(*) AS n FROM messages m JOIN instances i ON i.id = m.instance_id WHERE i.name = $name AND i.is_deleted = 0',
      { $name: 'alpha' },
    );
    assert.ok(Number(rowsOf(result)[0]?.['n']) >= 60);
    assert.ok(readdirSync(core.folder.root).includes('openwebui_sync.db'));
  });

  it('fetches no chat again when nothing changed', async () => {
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    server.clearRequests();
    await vscode.commands.executeCommand('openwebuiSync.sync', 'alpha');
    await until(core, () => runsOf(alpha()).length === 2);
    assert.deepEqual(
      server.requests.filter(({ path }) => path.includes('/chats/share/')).map(({ path }) => path),
      [],
    );
    const [newest] = runsOf(alpha());
    assert.equal(newest?.label, 'Incremental sync');
    assert.match(newest.description ?? '', /nothing changed/);
  });

  it('can be cancelled, keeps what was fetched and says so', async () => {
    let fetched = 0;
    const isLate = ({ path }: { path: string }) => path.includes('/chats/share/') && ++fetched > 5;
    const release = server.fail(isLate, { kind: 'hang' }, 1000);
    const settings = vscode.workspace.getConfiguration('openwebuiSync');
    // Longer than the test: whoever is cancelled does not wait for answers that never come.
    await settings.update('requests.timeoutSeconds', 600, vscode.ConfigurationTarget.Global);
    try {
      const running = vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
      await until(core, () => /^chats/.test(alpha().description ?? ''));
      assert.match(alpha().contextValue, /state=running/);
      await vscode.commands.executeCommand('openwebuiSync.cancelSync', { instanceId: alpha().instanceId });
      await running;
      await until(core, () => runsOf(alpha()).length === 1);
      assert.match(runsOf(alpha())[0]?.description ?? '', /cancelled · what was fetched is kept/);
      assert.match(alpha().contextValue, /state=idle/);
    } finally {
      release();
      await settings.update('requests.timeoutSeconds', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('shows each run with all its counters as a read-only document', async () => {
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    await until(core, () => runsOf(alpha()).length === 1);
    await vscode.commands.executeCommand('openwebuiSync.showRun', runsOf(alpha())[0]);
    const text = await untilShown(core, /^Full sync of alpha/);
    assert.match(text, /Seen +6 +\d+ +20 +60/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('tells a rejected key apart and stops the timer for that instance', async () => {
    const instance = core.instances.list()[0];
    assert.ok(instance);
    await core.credentials.set(instance, { kind: 'apiKey', value: 'sk-wrong-0123456789' });
    await vscode.commands.executeCommand('openwebuiSync.sync', 'alpha');
    await until(core, () => /key needed/.test(alpha().description ?? ''));
    assert.match(alpha().children[0]?.label ?? '', /rejects the key/);
    await core.credentials.set(instance, { kind: 'apiKey', value: server.apiKey });
    await until(core, () => !/key needed/.test(alpha().description ?? ''));
  });

  it('that failed is counted on the view until somebody saw it', async () => {
    const instance = core.instances.list()[0];
    const view = core.trees.find(INSTANCES_VIEW)?.view;
    assert.ok(instance && view);
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await core.credentials.set(instance, { kind: 'apiKey', value: 'sk-wrong-0123456789' });
    await vscode.commands.executeCommand('openwebuiSync.sync', 'alpha');
    await until(core, () => view.badge !== undefined);
    assert.deepEqual(view.badge, { value: 1, tooltip: 'Needs attention: alpha' });
    const seen = new Promise<void>((resolve) => {
      const listening = view.onDidChangeVisibility(({ visible }) => {
        if (visible) {
          listening.dispose();
          resolve();
        }
      });
    });
    await vscode.commands.executeCommand('workbench.view.extension.openwebuiSync');
    await seen;
    assert.equal(view.badge, undefined);
    await core.credentials.set(instance, { kind: 'apiKey', value: server.apiKey });
  });

  it('writes nowhere but into the data folder', async () => {
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(workspace);
    const places = [workspace, theExtension().extensionPath];
    const before = places.map((place) => readdirSync(place).sort());
    await vscode.commands.executeCommand('openwebuiSync.sync', 'alpha');
    assert.deepEqual(
      places.map((place) => readdirSync(place).sort()),
      before,
    );
  });
});
