import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { Answers } from './answers';
import { closeEditors, mirrorSmallServer, type MirroredServer } from './support';

const MESSAGES = 'SELECT id, role FROM messages ORDER BY id';

describe('results of queries', () => {
  let core: Core;
  let mirrored: MirroredServer;
  let answers: Answers;
  let folder: string;
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('openwebuiSync');

  before(async () => {
    mirrored = await mirrorSmallServer('results');
    ({ core } = mirrored);
    core.sources.choose('mirror');
    folder = await mkdtemp(join(tmpdir(), 'openwebui-sync-results-'));
    await settings().update('query.rowLimit', 10, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await settings().update('query.rowLimit', undefined, vscode.ConfigurationTarget.Global);
    await rm(folder, { recursive: true, force: true });
    await mirrored.end();
  });
  beforeEach(() => {
    answers = new Answers();
  });
  afterEach(async () => {
    answers.restore();
    await closeEditors(core);
  });

  /** Runs a text as people do, and waits for its end. */
  async function run(content: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ language: 'openwebui-sql', content });
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('openwebuiSync.runQuery');
  }

  /** Saves the result in a format, where the dialog is answered with a file of the test. */
  async function save(format: string, name: string): Promise<Buffer> {
    const window = vscode.window as unknown as { showSaveDialog: unknown };
    const original = window.showSaveDialog;
    const path = join(folder, name);
    window.showSaveDialog = () => Promise.resolve(vscode.Uri.file(path));
    try {
      answers.give(format);
      await vscode.commands.executeCommand('openwebuiSync.saveResult');
      return await readFile(path);
    } finally {
      window.showSaveDialog = original;
    }
  }

  it('are copied as they are shown, within the limit of rows', async () => {
    await run(MESSAGES);
    answers.give('CSV');
    await vscode.commands.executeCommand('openwebuiSync.copyResult');
    const lines = (await vscode.env.clipboard.readText()).split('\n');
    assert.equal(lines[0]?.trim(), 'id,role');
    assert.equal(lines.length, 11);
  });

  it('are saved with every row, whatever the limit of the grid is', async () => {
    await run(MESSAGES);
    const csv = (await save('CSV', 'messages.csv')).toString('utf8').trimEnd().split('\r\n');
    const { rowCount } = await core.queries.run(MESSAGES, { limit: Infinity });
    assert.ok(rowCount > 10);
    assert.equal(csv.length, rowCount + 1);
    const parquet = await save('Parquet', 'messages.parquet');
    const rows = await parquetReadObjects({ file: new Uint8Array(parquet).buffer });
    assert.equal(rows.length, rowCount);
    assert.equal(typeof rows[0]?.['id'], 'bigint');
    assert.ok(answers.shown.some(({ text }) => text.includes('rows saved to')));
  });

  it('are opened in a tab, which later runs do not touch', async () => {
    await run("SELECT 'kept' AS word");
    const tab = (): vscode.Tab | undefined =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(
          ({ input }) =>
            input instanceof vscode.TabInputWebview && input.viewType.endsWith('openwebuiSync.resultTab'),
        );
    const opened = new Promise<void>((resolve) => {
      const changes = vscode.window.tabGroups.onDidChangeTabs(() => {
        if (tab() !== undefined) {
          changes.dispose();
          resolve();
        }
      });
    });
    await vscode.commands.executeCommand('openwebuiSync.openResultInTab');
    await opened;
    assert.ok(tab() !== undefined);
    answers.give('Tab-Separated Text Without Headers');
    await vscode.commands.executeCommand('openwebuiSync.copyResult');
    assert.equal(await vscode.env.clipboard.readText(), 'kept');
    await run("SELECT 'other' AS word");
    assert.ok(tab() !== undefined);
  });

  it('stay when they are pinned', async () => {
    await run("SELECT 'pinned' AS word");
    await vscode.commands.executeCommand('openwebuiSync.pinResult');
    await run('SELECT nothing');
    answers.give('Tab-Separated Text Without Headers');
    await vscode.commands.executeCommand('openwebuiSync.copyResult');
    assert.equal(await vscode.env.clipboard.readText(), 'pinned');
    await vscode.commands.executeCommand('openwebuiSync.pinResult');
  });
});
