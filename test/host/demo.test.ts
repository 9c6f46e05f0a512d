import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { statusBarModel } from '../../src/extension/views/statusBarModel';
import type { NodeModel } from '../../src/extension/views/nodeModel';
import { watchDataFolder } from '../../src/store/files/folderWatcher';
import { rowsOf } from '../../src/store/resultSet';
import { removeAllInstances, theCore, until } from './support';

const NAMES = ['Demo Sales', 'Demo Research', 'Demo Support'];

/** Loaded before anything is mirrored: the demo then stands in for the mirror. */
describe('the demo', () => {
  let core: Core;

  before(async () => {
    core = await theCore();
    await removeAllInstances(core);
    await vscode.commands.executeCommand('openwebuiSync.addDemo');
  });
  after(() => core.demo.remove());
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const tabs = (): string[] =>
    vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

  /** Resolves when the tabs are as wanted. */
  function tabsBecome(isWanted: (labels: readonly string[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (isWanted(tabs())) {
          changes.dispose();
          resolve();
        }
      };
      const changes = vscode.window.tabGroups.onDidChangeTabs(look);
      look();
    });
  }

  const line = (): NodeModel | undefined => core.model.tree().find(({ id }) => id === 'demo');
  const onDisk = async (): Promise<string[]> =>
    (await readdir(core.folder.root)).filter((name) => name.startsWith('demo'));

  /** Adds a demo and waits until whoever follows the data folder has seen it. */
  async function followed(add: () => Thenable<unknown>): Promise<void> {
    let see: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => {
      see = resolve;
    });
    const watcher = watchDataFolder(core.folder.root, () => {
      if (existsSync(core.folder.demo)) {
        see();
      }
    });
    try {
      await add();
      await seen;
    } finally {
      watcher.dispose();
    }
  }

  it('has one line in the instances view, with its instances below', () => {
    assert.equal(line()?.description, 'Demo data, not counted');
    assert.deepEqual(
      line()?.children.map(({ label }) => label),
      NAMES,
    );
  });

  it('is in no total, on no timer and among no instances', () => {
    const view = core.model.view();
    assert.deepEqual(core.instances.list(), []);
    assert.deepEqual([view.instances, view.status.instances, view.running], [[], [], []]);
    assert.equal(view.nextRuns.size, 0);
    assert.equal(statusBarModel(view), undefined);
    assert.equal(core.mirror.status.generation, 0);
  });

  it('is what queries read while nothing was mirrored', async () => {
    const { current } = core.sources;
    assert.equal(current.sourceId, 'demo');
    const rows = rowsOf(await current.queries.run('SELECT name FROM instances ORDER BY id', { limit: 10 }));
    assert.deepEqual(
      rows.map(({ name }) => name),
      NAMES,
    );
  });

  it('opens reports that say whose numbers they are, each once', async () => {
    const [sales] = line()?.children ?? [];
    await vscode.commands.executeCommand('openwebuiSync.openReport', line());
    await vscode.commands.executeCommand('openwebuiSync.openReport', sales);
    await vscode.commands.executeCommand('openwebuiSync.openReportAll');
    await vscode.commands.executeCommand('openwebuiSync.openReportAll', 'cost');
    const wanted = [
      'Demo · Overview: All Instances',
      'Demo · Overview: Demo Sales',
      'Demo · Cost: All Instances',
    ];
    await tabsBecome((labels) => wanted.every((label) => labels.includes(label)));
    assert.deepEqual(tabs().sort(), wanted.sort());
  });

  it('opens its chats beside them', async () => {
    const demo = core.sources.demo;
    assert.ok(demo);
    const [chat] = rowsOf(await demo.reader.query('SELECT id, title FROM chats ORDER BY id LIMIT 1'));
    await vscode.commands.executeCommand('openwebuiSync.openChat', chat?.['id'], 'demo');
    await tabsBecome((labels) => labels.some((label) => label.startsWith('Demo · ')));
  });

  it('is not made a second time', async () => {
    const demo = core.sources.demo;
    await vscode.commands.executeCommand('openwebuiSync.addDemo');
    assert.equal(core.sources.demo, demo);
  });

  it('goes with its tabs and every file by one command, and can be added again', async () => {
    await vscode.commands.executeCommand('openwebuiSync.openReport', line());
    await tabsBecome((labels) => labels.includes('Demo · Overview: All Instances'));
    await vscode.commands.executeCommand('openwebuiSync.removeDemo');
    await tabsBecome((labels) => !labels.some((label) => label.startsWith('Demo · ')));
    assert.equal(line(), undefined);
    assert.equal(core.sources.current.sourceId, 'mirror');
    assert.deepEqual(await onDisk(), []);
    await followed(() => vscode.commands.executeCommand('openwebuiSync.addDemo'));
    assert.equal(core.sources.current.sourceId, 'demo');
    assert.deepEqual(await onDisk(), ['demo']);
  });

  it('goes from this window when another one removes it', async () => {
    await rm(core.folder.demo, { recursive: true });
    await until(core, () => line() === undefined);
    assert.equal(core.sources.demo, undefined);
  });
});
