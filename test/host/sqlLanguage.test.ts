import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import type { RanStatement } from '../../src/extension/queries/ranStatements';
import type { Instance } from '../../src/store/instances/instance';
import { rowsOf } from '../../src/store/resultSet';
import { closeEditors, mirrorSmallServer, until, untilShown, type MirroredServer } from './support';

const LANGUAGE = 'openwebui-sql';
const VALUES = 'openwebuiSync.queryParameters';
const ENDLESS = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';

/** Snippets of the manifest, and words of the document that the editor adds itself. */
const NOT_OURS = new Set([vscode.CompletionItemKind.Snippet, vscode.CompletionItemKind.Text]);

describe('queries in the editor', () => {
  let core: Core;
  let mirrored: MirroredServer;
  let instance: Instance;

  before(async () => {
    mirrored = await mirrorSmallServer('language');
    ({ core, instance } = mirrored);
    core.sources.choose('mirror');
  });
  after(async () => {
    await core.context.workspaceState.update(VALUES, undefined);
    await mirrored.end();
  });
  afterEach(() => closeEditors(core));

  /** Opens a text with `|` at the cursor. */
  async function open(marked: string): Promise<vscode.TextEditor> {
    const content = marked.replace('|', '');
    const document = await vscode.workspace.openTextDocument({ language: LANGUAGE, content });
    const editor = await vscode.window.showTextDocument(document);
    const cursor = document.positionAt(Math.max(0, marked.indexOf('|')));
    editor.selection = new vscode.Selection(cursor, cursor);
    await untilActive(document);
    return editor;
  }

  /** The editor may still be giving the focus back to the document of the test before. */
  async function untilActive(document: vscode.TextDocument): Promise<void> {
    while (vscode.window.activeTextEditor?.document !== document) {
      await vscode.window.showTextDocument(document);
      await new Promise(setImmediate);
    }
  }

  async function suggestions(marked: string, trigger?: string): Promise<string[]> {
    const { document, selection } = await open(marked);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      selection.active,
      trigger,
    );
    return list.items
      .filter(({ kind }) => kind !== undefined && !NOT_OURS.has(kind))
      .sort((a, b) => (a.sortText ?? '').localeCompare(b.sortText ?? ''))
      .map(({ label }) => (typeof label === 'string' ? label : label.label));
  }

  async function hover(marked: string): Promise<string> {
    const { document, selection } = await open(marked);
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      selection.active,
    );
    return found
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
      .join('\n');
  }

  async function lensesOf(document: vscode.TextDocument): Promise<vscode.Command[]> {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      50,
    );
    return lenses.flatMap(({ command }) => (command === undefined ? [] : [command]));
  }

  /** Resolves once the marks of a document are as wanted. */
  function marked(uri: vscode.Uri, isWanted: (marks: readonly vscode.Diagnostic[]) => boolean) {
    return new Promise<readonly vscode.Diagnostic[]>((resolve) => {
      const look = (): void => {
        const marks = vscode.languages.getDiagnostics(uri);
        if (isWanted(marks)) {
          changes.dispose();
          resolve(marks);
        }
      };
      const changes = vscode.languages.onDidChangeDiagnostics(look);
      look();
    });
  }

  /** What was told to have run while `work` ran. */
  async function ranBy(work: () => Thenable<unknown>): Promise<RanStatement[]> {
    const ran: RanStatement[] = [];
    const subscription = core.ran.onDidRun((statement) => ran.push(statement));
    await work();
    subscription.dispose();
    return ran;
  }

  async function replaceAll({ document }: vscode.TextEditor, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
  }

  /** Gives one answer to every question that appears until the work has ended. */
  async function answering<T>(answer: string, work: () => Promise<T>): Promise<T> {
    const state = { hasEnded: false };
    const result = work().finally(() => {
      state.hasEnded = true;
    });
    while (!state.hasEnded) {
      await vscode.commands.executeCommand(answer);
      await new Promise(setImmediate);
    }
    return result;
  }

  it('suggest the columns of an alias, tables behind FROM and instances by name and id', async () => {
    const columns = await suggestions('SELECT u.| FROM users u', '.');
    assert.ok(columns.includes('email') && !columns.includes('chats'), columns.join());
    const tables = await suggestions('SELECT * FROM |');
    assert.ok(tables.indexOf('messages') >= 0 && tables.indexOf('messages') < tables.indexOf('message'));
    assert.deepEqual(await suggestions("SELECT * FROM instances WHERE name = '|'"), ['alpha']);
    const ids = await suggestions('SELECT * FROM chats WHERE instance_id = |');
    assert.equal(ids[0], String(instance.id));
  });

  it('say nothing unasked where anything could follow', async () => {
    assert.deepEqual(await suggestions('SELECT | FROM users', ' '), []);
    assert.ok((await suggestions('SELECT * FROM | ', ' ')).includes('users'));
  });

  it('say what a column, a table and a function mean', async () => {
    assert.match(await hover('SELECT m.input_|tokens FROM messages m'), /as the provider reported them/);
    assert.match(await hover('SELECT * FROM ch|ats'), /a conversation/);
    assert.match(await hover('SELECT coal|esce(1, 2)'), /The first value that is not NULL/);
  });

  it('are marked where they are wrong while they are typed, and no longer once they are right or closed', async () => {
    const editor = await open('SELECT name FROM users;\nSELECT nam FROM users;');
    const { uri } = editor.document;
    const [mark] = await marked(uri, ({ length }) => length > 0);
    assert.equal(mark?.message, 'no such column: nam');
    assert.deepEqual(
      [mark.range.start.line, mark.range.start.character, mark.range.end.character],
      [1, 7, 10],
    );
    await replaceAll(editor, 'SELECT name FROM users;');
    await marked(uri, ({ length }) => length === 0);
    await replaceAll(editor, 'DELETE FROM users;');
    const [write] = await marked(uri, ({ length }) => length > 0);
    assert.match(write?.message ?? '', /read-only copy/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await marked(uri, ({ length }) => length === 0);
  });

  it('are not checked while they are typed when somebody wants no checks', async () => {
    const settings = vscode.workspace.getConfiguration('openwebuiSync');
    const editor = await open('SELECT nam FROM users');
    await marked(editor.document.uri, ({ length }) => length === 1);
    await settings.update('query.checkWhileTyping', false, vscode.ConfigurationTarget.Global);
    try {
      await marked(editor.document.uri, ({ length }) => length === 0);
    } finally {
      await settings.update('query.checkWhileTyping', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('are laid out by the editor’s own command', async () => {
    const { document } = await open('select name from users where id = :id -- who\n');
    await vscode.commands.executeCommand('editor.action.formatDocument');
    assert.equal(
      document.getText(),
      'select\n    name\nfrom\n    users\nwhere\n    id = :id -- who\n'.replaceAll(
        '    ',
        ' '.repeat(Number(vscode.window.activeTextEditor?.options.tabSize)),
      ),
    );
  });

  it('have lenses that run, explain and say values, unless the setting is off', async () => {
    await core.context.workspaceState.update(VALUES, { from: '2020-01-01' });
    const { document } = await open('SELECT 1;\nSELECT id FROM chats WHERE created_at >= :from;');
    const lenses = await lensesOf(document);
    assert.deepEqual(
      lenses.map(({ title }) => title),
      ['$(play) Run', 'Explain', '$(play) Run', 'Explain', ':from = 2020-01-01'],
    );
    const run = lenses[2];
    assert.ok(run);
    // Other suites leave chats in the mirror.
    const [counted] = rowsOf(await core.reader.query('SELECT COUNT(*) AS chats FROM chats'));
    const ran = await ranBy(() =>
      vscode.commands.executeCommand(run.command, ...((run.arguments ?? []) as unknown[])),
    );
    assert.deepEqual(
      ran.map(({ sql, rowCount, error }) => [sql, rowCount, error]),
      [['SELECT id FROM chats WHERE created_at >= :from;', counted?.['chats'], undefined]],
    );
    const settings = vscode.workspace.getConfiguration('openwebuiSync');
    await settings.update('query.codeLens', false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(await lensesOf(document), []);
    } finally {
      await settings.update('query.codeLens', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('run the statement at the cursor, or all', async () => {
    await open('SELECT 1;\n\nSELECT |2;');
    const one = await ranBy(() => vscode.commands.executeCommand('openwebuiSync.runQuery'));
    assert.deepEqual(
      one.map(({ sql }) => sql),
      ['SELECT 2;'],
    );
    const all = await ranBy(() => vscode.commands.executeCommand('openwebuiSync.runAllStatements'));
    assert.deepEqual(
      all.map(({ sql }) => sql),
      ['SELECT 1;', 'SELECT 2;'],
    );
  });

  it('run from a text alone, with remembered values for their parameters', async () => {
    await core.context.workspaceState.update(VALUES, { 'mirror/instance': instance.id });
    const ran = await ranBy(() =>
      vscode.commands.executeCommand(
        'openwebuiSync.runSql',
        'SELECT id FROM chats WHERE instance_id = :instance',
        'Chats',
      ),
    );
    assert.deepEqual(
      ran.map(({ rowCount }) => rowCount),
      [20],
    );
  });

  it('ask for a parameter once and say its value above the statement', async () => {
    await core.context.workspaceState.update(VALUES, undefined);
    const { document } = await open('SELECT id FROM chats WHERE instance_id = |:instance');
    const titles = async (): Promise<string | undefined> => (await lensesOf(document))[2]?.title;
    const run = (): Promise<RanStatement[]> =>
      ranBy(() => vscode.commands.executeCommand('openwebuiSync.runQuery'));
    assert.equal(await titles(), ':instance = ?');
    const left = await answering('workbench.action.closeQuickOpen', run);
    assert.deepEqual(left, [], 'nothing runs without its values');
    const first = await answering('workbench.action.acceptSelectedQuickOpenItem', run);
    assert.deepEqual(
      first.map(({ rowCount }) => rowCount),
      [20],
    );
    assert.equal(await titles(), `:instance = ${instance.id}`);
    assert.equal((await run()).length, 1, 'nobody is asked again');
  });

  it('open with a text and run at once when that is wanted', async () => {
    const ran = await ranBy(() =>
      vscode.commands.executeCommand('openwebuiSync.openSql', 'SELECT 42;', { run: true }),
    );
    await untilShown(core, /^SELECT 42;$/);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, LANGUAGE);
    assert.deepEqual(
      ran.map(({ sql }) => sql),
      ['SELECT 42;'],
    );
  });

  it('end at once when they are cancelled', async () => {
    await open(`|${ENDLESS}`);
    let outcome: unknown;
    const run = Promise.resolve(vscode.commands.executeCommand('openwebuiSync.runQuery')).then((kind) => {
      outcome = kind;
    });
    // Before the statement has begun there is nothing to cancel.
    while (outcome === undefined) {
      await vscode.commands.executeCommand('openwebuiSync.cancelQuery');
      await new Promise(setImmediate);
    }
    await run;
    assert.equal(outcome, 'cancelled');
  });

  it('are explained in words, in a document of their own', async () => {
    await open('SELECT |content FROM messages');
    await vscode.commands.executeCommand('openwebuiSync.explainQuery');
    const text = await untilShown(core, /- SCAN m .*\(reads all rows of m/);
    assert.match(text, /SELECT content FROM messages/);
  });

  describe('that lie in a .sql file', () => {
    const path = join(tmpdir(), `openwebui-sync-${process.pid}.sql`);
    before(() => writeFile(path, 'SELECT nam FROM users;'));
    after(() => rm(path, { force: true }));
    const show = async (): Promise<vscode.TextDocument> =>
      (await vscode.window.showTextDocument(vscode.Uri.file(path))).document;

    it('get neither lenses nor checks of ours, and run only by the command', async () => {
      const document = await show();
      assert.equal(document.languageId, 'sql');
      assert.deepEqual(await lensesOf(document), []);
      assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
      const ran = await ranBy(() => vscode.commands.executeCommand('openwebuiSync.runQuery'));
      assert.equal(ran[0]?.error, 'no such column: nam');
    });

    it('become queries of the mirror when somebody says so, also when they are opened again, until undone', async () => {
      await show();
      await vscode.commands.executeCommand('openwebuiSync.useAsMirrorQuery');
      const active = (): string | undefined => vscode.window.activeTextEditor?.document.languageId;
      await until(core, () => active() === LANGUAGE);
      await marked(vscode.Uri.file(path), ({ length }) => length === 1);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await show();
      await until(core, () => active() === LANGUAGE);
      await vscode.commands.executeCommand('openwebuiSync.useAsPlainSql');
      await until(core, () => active() === 'sql');
    });
  });
});
