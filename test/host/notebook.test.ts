import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { KERNEL_ID, NOTEBOOK_TYPE } from '../../src/extension/notebook/notebookType';
import { RESULT_MIME, type NotebookResult } from '../../src/webview/notebook/notebookResult';
import { Answers } from './answers';
import { EXTENSION_ID, mirrorSmallServer, until, type MirroredServer } from './support';

const ENDLESS =
  'WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT COUNT(*) FROM numbers;';

describe('SQL notebooks', () => {
  let core: Core;
  let mirrored: MirroredServer;
  let folder: string;
  let answers: Answers;

  before(async () => {
    mirrored = await mirrorSmallServer('notebook');
    ({ core } = mirrored);
    folder = await mkdtemp(join(tmpdir(), 'openwebui-sync-notebooks-'));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await mirrored.end();
  });
  beforeEach(() => {
    answers = new Answers();
  });
  afterEach(async () => {
    answers.restore();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** Writes a notebook of these statements, and opens it. */
  async function open(name: string, ...statements: readonly string[]): Promise<vscode.NotebookDocument> {
    const file = {
      format: NOTEBOOK_TYPE,
      version: 1,
      owner: 'somebody else’s field',
      cells: statements.map((text) => ({ kind: 'sql', text: text.split('\n') })),
    };
    await writeFile(join(folder, name), JSON.stringify(file));
    return show(name);
  }

  async function show(name: string): Promise<vscode.NotebookDocument> {
    const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.file(join(folder, name)));
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.selectKernel', { id: KERNEL_ID, extension: EXTENSION_ID });
    return notebook;
  }

  function runAll(): Thenable<unknown> {
    return vscode.commands.executeCommand('notebook.execute');
  }

  function hasEnded({ executionSummary }: vscode.NotebookCell): boolean {
    return executionSummary?.timing !== undefined && executionSummary.timing.endTime > 0;
  }

  async function runToEnd(notebook: vscode.NotebookDocument): Promise<void> {
    const cells = notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code);
    await runAll();
    await until(core, () => cells.every(hasEnded));
  }

  function resultsOf(cell: vscode.NotebookCell): NotebookResult[] {
    return cell.outputs.flatMap(({ items }) =>
      items
        .filter(({ mime }) => mime === RESULT_MIME)
        .map(({ data }) => JSON.parse(new TextDecoder().decode(data)) as NotebookResult),
    );
  }

  function textOf(name: string): Promise<string> {
    return readFile(join(folder, name), 'utf8');
  }

  it('run each statement of a cell, and change no file by it', async () => {
    const told: string[] = [];
    const listening = core.ran.onDidRun(({ sql, rowCount }) => told.push(`${sql} ${rowCount}`));
    const notebook = await open(
      'run.owsqlnb',
      'SELECT 1 AS one;\nSELECT 9007199254740993 AS big',
      '-- nothing',
    );
    const before = await textOf('run.owsqlnb');
    await runToEnd(notebook);
    listening.dispose();
    const [first, second] = notebook.getCells();
    assert.ok(first !== undefined && second !== undefined);
    assert.deepEqual(
      resultsOf(first).map(({ columns, rows }) => ({ columns, rows })),
      [
        { columns: ['one'], rows: [[1]] },
        { columns: ['big'], rows: [[{ integer: '9007199254740993' }]] },
      ],
    );
    assert.deepEqual(
      first.outputs.map(({ items }) => items.map(({ mime }) => mime)),
      [
        [RESULT_MIME, 'text/markdown'],
        [RESULT_MIME, 'text/markdown'],
      ],
    );
    assert.deepEqual(second.outputs, []);
    assert.equal(second.executionSummary?.success, true);
    assert.deepEqual(told, ['SELECT 1 AS one; 1', 'SELECT 9007199254740993 AS big 1']);
    assert.equal(notebook.isDirty, false, 'a run changes nothing that would be saved');
    assert.equal(await textOf('run.owsqlnb'), before);
  });

  it('say where an error stands, and go on with the next cell', async () => {
    const notebook = await open('error.owsqlnb', 'SELECT 1;\nSELECT\n  nowhere', 'SELECT 2 AS two');
    await runToEnd(notebook);
    const [failed, next] = notebook.getCells();
    assert.equal(failed?.executionSummary?.success, false);
    const error = failed.outputs[1]?.items[0];
    assert.equal(error?.mime, 'application/vnd.code.notebook.error');
    assert.match(new TextDecoder().decode(error.data), /Line 3, column 3: no such column: nowhere/);
    assert.equal(next?.executionSummary?.success, true);
  });

  it('stop when they are interrupted, with what has ended before', async () => {
    const notebook = await open('endless.owsqlnb', `SELECT 1 AS one;\n${ENDLESS}`, 'SELECT 2');
    const [endless, waiting] = notebook.getCells();
    assert.ok(endless !== undefined && waiting !== undefined);
    const running = runAll();
    await until(core, () => endless.outputs.length === 1);
    await vscode.commands.executeCommand('notebook.cancelExecution');
    await until(core, () => hasEnded(endless));
    await running;
    assert.equal(endless.executionSummary?.success, undefined);
    assert.equal(resultsOf(endless).length, 1);
    assert.equal(new TextDecoder().decode(endless.outputs[1]?.items[0]?.data), 'Cancelled.');
    assert.deepEqual(waiting.outputs, []);
    const [again] = resultsOf(await rerun(waiting));
    assert.deepEqual(again?.rows, [[2]], 'the next run works');
  });

  async function rerun(cell: vscode.NotebookCell): Promise<vscode.NotebookCell> {
    await vscode.commands.executeCommand('notebook.cell.execute', {
      ranges: [{ start: cell.index, end: cell.index + 1 }],
      document: cell.notebook.uri,
    });
    await until(core, () => hasEnded(cell));
    return cell;
  }

  it('keep outputs in their file only after a yes, and forget them again', async () => {
    const notebook = await open('keep.owsqlnb', `SELECT 'a secret' AS text`);
    await runToEnd(notebook);

    await vscode.commands.executeCommand('openwebuiSync.saveNotebookOutputs');
    assert.equal(answers.shown.length, 1);
    assert.match(answers.shown[0]?.detail ?? '', /names, e-mail addresses and text of messages/);
    assert.equal(notebook.isDirty, false, 'no answer is a no');

    answers.give('Save Outputs');
    await vscode.commands.executeCommand('openwebuiSync.saveNotebookOutputs');
    await until(core, () => notebook.isDirty);
    await notebook.save();
    const kept = await textOf('keep.owsqlnb');
    assert.match(kept, /"saveOutputs": true/);
    assert.match(kept, /\["a secret"\]/);
    assert.match(kept, /"owner": "somebody else’s field"/);

    await runToEnd(notebook);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const again = await show('keep.owsqlnb');
    assert.deepEqual(resultsOf(again.cellAt(0))[0]?.rows, [['a secret']]);

    await vscode.commands.executeCommand('openwebuiSync.forgetNotebookOutputs');
    await again.save();
    const forgotten = await textOf('keep.owsqlnb');
    assert.ok(!forgotten.includes(`["a secret"]`), forgotten);
    assert.ok(!forgotten.includes('saveOutputs'));
  });

  it('become dirty by a run where the file holds outputs, and save the newest', async () => {
    const notebook = await open('dirty.owsqlnb', `SELECT 'first' AS text`);
    answers.give('Save Outputs');
    await vscode.commands.executeCommand('openwebuiSync.saveNotebookOutputs');
    await runToEnd(notebook);
    await notebook.save();
    assert.match(await textOf('dirty.owsqlnb'), /\["first"\]/);
    const edit = new vscode.WorkspaceEdit();
    const { document } = notebook.cellAt(0);
    edit.replace(document.uri, new vscode.Range(0, 0, 1, 0), `SELECT 'second' AS text`);
    await vscode.workspace.applyEdit(edit);
    await notebook.save();
    await rerun(notebook.cellAt(0));
    await until(
      core,
      () => notebook.isDirty && JSON.stringify(notebook.cellAt(0).metadata).includes('second'),
    );
    await notebook.save();
    assert.match(await textOf('dirty.owsqlnb'), /\["second"\]/);
  });

  it('that are damaged are not opened, and stay as they are', async () => {
    const damaged = '{ "format": "openwebui-sql-notebook",\n<<<<<<< ours\n';
    await writeFile(join(folder, 'damaged.owsqlnb'), damaged);
    await assert.rejects(
      Promise.resolve(
        vscode.workspace.openNotebookDocument(vscode.Uri.file(join(folder, 'damaged.owsqlnb'))),
      ),
      /damaged: Line 2 is not valid JSON\. The file was not changed\. Open it with/,
    );
    assert.equal(await textOf('damaged.owsqlnb'), damaged);
  });

  it('of a newer version are not opened either', async () => {
    await writeFile(
      join(folder, 'newer.owsqlnb'),
      JSON.stringify({ format: NOTEBOOK_TYPE, version: 9, cells: [] }),
    );
    await assert.rejects(
      Promise.resolve(vscode.workspace.openNotebookDocument(vscode.Uri.file(join(folder, 'newer.owsqlnb')))),
      /newer version of OpenWebUI Sync/,
    );
  });

  // The last one: VS Code 1.100 opens no notebook right after an unsaved one was thrown away.
  it('begin with a query that runs as it stands, and its chart', async () => {
    await vscode.commands.executeCommand('openwebuiSync.newNotebook');
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    assert.ok(notebook !== undefined);
    assert.equal(notebook.notebookType, NOTEBOOK_TYPE);
    assert.ok(notebook.isUntitled);
    await vscode.commands.executeCommand('notebook.selectKernel', { id: KERNEL_ID, extension: EXTENSION_ID });
    await runToEnd(notebook);
    const [query] = notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code);
    assert.ok(query !== undefined);
    assert.equal(query.document.languageId, 'openwebui-sql');
    assert.equal(query.executionSummary?.success, true);
    const [result] = resultsOf(query);
    assert.deepEqual(result?.columns, ['date', 'turns', 'users']);
    assert.ok(result.rows.length > 0);
    assert.deepEqual((query.outputs[0]?.metadata as { chart: unknown }).chart, {
      statement: 1,
      mark: 'line',
      x: 'date',
      y: ['turns', 'users'],
    });
  });
});
