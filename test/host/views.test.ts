import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import type { NodeTree } from '../../src/extension/views/tree/trees';
import type { TreeNode } from '../../src/extension/views/tree/treeNode';
import { REPORTS } from '../../src/reports/catalogue';
import type { SampleServer } from '../../src/sample/server';
import { Answers } from './answers';
import { addInstance, closeEditors, mirrorSmallServer, until, type MirroredServer } from './support';

describe('the views of the side bar', () => {
  let core: Core;
  let mirrored: MirroredServer;
  let server: SampleServer;
  let instanceId: number;
  let answers: Answers;

  before(async () => {
    mirrored = await mirrorSmallServer('views');
    ({ core, server } = mirrored);
    instanceId = mirrored.instance.id;
  });
  after(async () => {
    await mirrored.end();
  });
  beforeEach(() => {
    answers = new Answers();
  });
  afterEach(async () => {
    answers.restore();
    // What was typed and never saved would be asked about.
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeEditors(core);
  });

  function tree(name: string): NodeTree<TreeNode> {
    const found = core.trees.find(`openwebuiSync.${name}`);
    assert.ok(found);
    return found;
  }

  /** A line by its id, as plain data. */
  async function line(view: string, id: string): Promise<TreeNode> {
    const find = (nodes: readonly TreeNode[]): TreeNode | undefined =>
      nodes.find((node) => node.id === id) ?? nodes.map(({ children }) => find(children)).find(Boolean);
    const found = find(await tree(view).read());
    assert.ok(found, `${view}: ${id}`);
    return found;
  }

  const labels = (nodes: readonly TreeNode[]): readonly string[] => nodes.map(({ label }) => label);

  /** Resolves with the first line that is selected. */
  function selected(view: vscode.TreeView<TreeNode>, id: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (view.selection[0]?.id === id) {
          changes.dispose();
          resolve();
        }
      };
      const changes = view.onDidChangeSelection(look);
      look();
    });
  }

  describe('of instances', () => {
    it('keeps what is open and selected when a sync publishes', async () => {
      const { view } = tree('instances');
      const parent = `instance:${instanceId}`;
      await vscode.commands.executeCommand('openwebuiSync.instances.focus');
      await tree('instances').reveal(parent, { select: false, expand: true });
      const isSelected = selected(view, `${parent}/users`);
      await tree('instances').reveal(`${parent}/users`);
      await isSelected;

      const events: string[] = [];
      const watching = vscode.Disposable.from(
        view.onDidCollapseElement(({ element }) => events.push(`collapsed ${element.id}`)),
        view.onDidExpandElement(({ element }) => events.push(`expanded ${element.id}`)),
        view.onDidChangeSelection(({ selection }) =>
          events.push(`selected ${selection[0]?.id ?? 'nothing'}`),
        ),
      );
      await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
      // Would expand the instance if it had been closed.
      await tree('instances').reveal(`${parent}/chats`, { select: false });
      watching.dispose();
      assert.deepEqual(events, []);
      assert.equal(view.selection[0]?.id, `${parent}/users`);
    });

    it('removes several by one question', async () => {
      const others = ['beta', 'gamma'];
      for (const name of others) {
        await addInstance(core, name, server);
      }
      const nodes = core.model.tree().filter(({ label }) => others.includes(label));
      answers.give('Delete Data');
      await vscode.commands.executeCommand('openwebuiSync.removeInstance', nodes[0], nodes);
      assert.deepEqual(
        answers.shown.filter(({ isModal }) => isModal).map(({ text }) => text),
        ['Remove beta, gamma?'],
      );
      assert.deepEqual(
        core.instances.list().map(({ name }) => name),
        ['alpha'],
      );
    });
  });

  describe('of the schema', () => {
    it('lists tables with their columns, and counts rows after it has shown them', async () => {
      let users = await line('schema', 'table:users');
      while (users.description === '') {
        await new Promise(setImmediate);
        users = await line('schema', 'table:users');
      }
      assert.match(users.description ?? '', /^\d+ rows$/);
      assert.ok(labels(users.children).includes('last_active_at'));
      assert.match(users.tooltip ?? '', /One row is an account/);
    });

    it('shows internal tables when they are asked for', async () => {
      const has = async () => labels(await tree('schema').read()).includes('message_text');
      assert.equal(await has(), false);
      await vscode.commands.executeCommand('openwebuiSync.showInternalTables');
      assert.equal(await has(), true);
      await vscode.commands.executeCommand('openwebuiSync.hideInternalTables');
      assert.equal(await has(), false);
    });

    it('copies the names of what is selected', async () => {
      const nodes = [await line('schema', 'table:users'), await line('schema', 'table:users/column:name')];
      await vscode.commands.executeCommand('openwebuiSync.copyName', nodes[0], nodes);
      assert.equal(await vscode.env.clipboard.readText(), 'users, name');
    });

    it('opens a table’s newest rows as a query that ran', async () => {
      const ran = new Promise<string>((resolve) => {
        const listening = core.ran.onDidRun(({ sql }) => {
          listening.dispose();
          resolve(sql);
        });
      });
      const node = await line('schema', 'table:users');
      await vscode.commands.executeCommand('openwebuiSync.selectTop', node);
      assert.match(await ran, /^SELECT \*\s+FROM users\s+ORDER BY id DESC\s+LIMIT 100/);
      await until(core, () => vscode.window.activeTextEditor?.document.languageId === 'openwebui-sql');
    });
  });

  describe('of queries', () => {
    let folder: string;

    before(async () => {
      folder = join(core.folder.root, 'queries');
      await core.context.globalState.update('openwebuiSync.queryHistory', undefined);
    });
    after(async () => {
      await rm(folder, { recursive: true, force: true });
      await core.context.globalState.update('openwebuiSync.queryHistory', undefined);
      await core.context.globalState.update('openwebuiSync.queryHistoryPaused', undefined);
    });

    const group = async (name: string): Promise<readonly TreeNode[]> =>
      (await line('queries', `group:${name}`)).children;

    it('opens an example in an editor, with its question as the title', async () => {
      const [example] = await group('examples');
      await vscode.commands.executeCommand('openwebuiSync.openQuery', example);
      assert.deepEqual(answers.shown, []);
      const shown = vscode.window.visibleTextEditors.map(({ document }) => document.getText());
      assert.match(
        shown.join('\n'),
        /^-- Which users have the most messages\?\n[^]*SELECT u\.name, COUNT\(m\.id\)/m,
      );
    });

    it('keeps what ran, runs it again and forgets it', async () => {
      core.ran.add({
        sql: 'SELECT 41 + 1 AS answer',
        sourceId: 'mirror',
        startedAt: Date.now(),
        elapsedMs: 3,
        rowCount: 1,
        error: undefined,
      });
      const [entry] = await group('history');
      assert.equal(entry?.label, 'SELECT 41 + 1 AS answer');
      const ran = new Promise((resolve) => {
        const listening = core.ran.onDidRun((statement) => {
          listening.dispose();
          resolve(statement.rowCount);
        });
      });
      await vscode.commands.executeCommand('openwebuiSync.runSavedQuery', entry);
      assert.equal(await ran, 1);
      const history = await group('history');
      await vscode.commands.executeCommand('openwebuiSync.deleteQuery', history[0], history);
      assert.deepEqual(await group('history'), []);
    });

    it('keeps nothing while the history is paused', async () => {
      await vscode.commands.executeCommand('openwebuiSync.pauseQueryHistory');
      core.ran.add({
        sql: 'SELECT 2',
        sourceId: 'mirror',
        startedAt: 1,
        elapsedMs: 1,
        rowCount: 1,
        error: undefined,
      });
      assert.equal((await line('queries', 'group:history')).description, 'paused');
      assert.deepEqual(await group('history'), []);
      await vscode.commands.executeCommand('openwebuiSync.resumeQueryHistory');
    });

    it('saves what an editor holds as a file, renames and deletes it', async () => {
      const document = await vscode.workspace.openTextDocument({
        language: 'openwebui-sql',
        content: 'SELECT 1;\n',
      });
      await vscode.window.showTextDocument(document);
      answers.give('Active users');
      await vscode.commands.executeCommand('openwebuiSync.saveQuery');
      const file = join(folder, 'active-users.owsql');
      assert.equal(await readFile(file, 'utf8'), '-- Active users\nSELECT 1;\n');

      answers.give('Busy users');
      await vscode.commands.executeCommand('openwebuiSync.renameQuery', (await group('mine'))[0]);
      assert.deepEqual(labels(await group('mine')), ['Busy users']);
      assert.equal(await readFile(file, 'utf8'), '-- Busy users\nSELECT 1;\n');

      answers.give('Delete');
      await vscode.commands.executeCommand('openwebuiSync.deleteQuery', (await group('mine'))[0]);
      assert.deepEqual(await readdir(folder), []);
      assert.deepEqual(await group('mine'), []);
    });
  });

  describe('of reports', () => {
    /** Waits for a tab of that name. */
    function opens(label: string): Promise<void> {
      return new Promise((resolve) => {
        const look = (): void => {
          const tabs = vscode.window.tabGroups.all.flatMap((each) => each.tabs.map((tab) => tab.label));
          if (tabs.includes(label)) {
            changes.dispose();
            resolve();
          }
        };
        const changes = vscode.window.tabGroups.onDidChangeTabs(look);
        look();
      });
    }

    it('lists the dashboard and every report, and opens them', async () => {
      assert.deepEqual(labels(await tree('reports').read()).slice(0, REPORTS.length + 1), [
        'Dashboard',
        ...REPORTS.map(({ title }) => title),
      ]);
      await vscode.commands.executeCommand(
        'openwebuiSync.openListedReport',
        await line('reports', 'dashboard'),
      );
      await opens('Dashboard');
      const users = await line('reports', 'report:users');
      await vscode.commands.executeCommand('openwebuiSync.openListedReport', users);
      await opens(`${users.label}: All Instances`);
      await vscode.commands.executeCommand('openwebuiSync.openReportFor', users);
      await opens(`${users.label}: alpha`);
    });

    it('lists saved settings, renames and deletes them', async () => {
      const key = 'openwebuiSync.savedReports';
      const settings = {
        reportId: 'users',
        scope: { kind: 'all' },
        period: { kind: 'preset', preset: 'last30' },
        comparison: 'previous',
        unit: 'auto',
        filter: {},
        tables: {},
      };
      await core.context.globalState.update(key, [{ name: 'March', settings }]);
      answers.give('April');
      await vscode.commands.executeCommand(
        'openwebuiSync.renameSavedReport',
        await line('reports', 'saved:March'),
      );
      const renamed = await line('reports', 'saved:April');
      await vscode.commands.executeCommand('openwebuiSync.deleteSavedReport', renamed);
      assert.ok(!(await tree('reports').read()).some(({ id }) => id === 'group:saved'));
      await core.context.globalState.update(key, undefined);
    });
  });

  it('leave nothing unsaid to screen readers', async () => {
    const all = (nodes: readonly TreeNode[]): readonly TreeNode[] =>
      nodes.flatMap((node) => [node, ...all(node.children)]);
    for (const name of ['instances', 'reports', 'queries', 'schema']) {
      const items = all(await tree(name).read()).map((node) => tree(name).getTreeItem(node));
      assert.ok(items.length > 5, name);
      for (const { accessibilityInformation, iconPath } of items) {
        assert.ok(accessibilityInformation?.label);
        assert.ok(iconPath instanceof vscode.ThemeIcon);
      }
    }
  });
});
