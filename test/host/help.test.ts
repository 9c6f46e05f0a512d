import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import type { SampleServer } from '../../src/sample/server';
import { Answers } from './answers';
import {
  addInstance,
  EXTENSION_ID,
  closeEditors,
  removeAllInstances,
  startSmallServer,
  theCore,
  until,
  untilShown,
} from './support';

const NEVER = "Don't Show Again";

async function setSetting(key: string, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('openwebuiSync');
  await configuration.update(key, value, vscode.ConfigurationTarget.Global);
}

/** The document of a tab, or its title; that of a text that has no file yet changes with the text. */
function nameOf({ input, label }: vscode.Tab): string {
  return input instanceof vscode.TabInputText ? input.uri.toString() : label;
}

/** Everything that a person sees of editors: what is open, and where the focus is. */
function lookOfEditors(): string {
  const tabs = vscode.window.tabGroups.all.flatMap((group) =>
    group.tabs.map((tab) => `${group.viewColumn} ${nameOf(tab)} ${tab.isActive}`),
  );
  const focus = vscode.window.activeTextEditor?.document.uri.toString() ?? 'none';
  return [...tabs, `focus: ${focus}`].join('\n');
}

describe('help', () => {
  let core: Core;
  let server: SampleServer;
  let answers: Answers;

  before(async () => {
    core = await theCore();
    server = await startSmallServer('help');
  });
  beforeEach(async () => {
    await removeAllInstances(core);
    await core.notices.reset();
    answers = new Answers();
  });
  afterEach(async () => {
    answers.restore();
    await setSetting('timer.schedule', undefined);
    await setSetting('requests.retries', undefined);
    await closeEditors(core);
  });
  after(async () => {
    await removeAllInstances(core);
    await server.close();
  });

  it('opens the walkthrough only when somebody asks', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const before = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length;
    await vscode.commands.executeCommand('openwebuiSync.openWalkthrough');
    await until(core, () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length > before);
  });

  it('remembers the first sync, the first report and the first query', async () => {
    const done = (): readonly string[] => core.context.globalState.get('milestones', []);
    await addInstance(core, 'alpha', server);
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    await until(core, () => done().includes('hasSynced'));
    await vscode.commands.executeCommand('openwebuiSync.openReportAll');
    await until(core, () => done().includes('hasOpenedReport'));
    core.ran.add({
      sql: 'SELECT 1',
      sourceId: 'mirror',
      startedAt: Date.now(),
      elapsedMs: 1,
      rowCount: 1,
      error: undefined,
    });
    assert.ok(done().includes('hasRunQuery'));
  });

  it('shows what an issue report would tell, without names, addresses and keys, and sends nothing', async () => {
    await addInstance(core, 'Secret Company', server);
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'Secret Company');
    await vscode.commands.executeCommand('openwebuiSync.reportIssue');
    const text = await untilShown(core, /## Diagnostics/);
    assert.match(text, /Instance \d+: |### Instance \d+/);
    assert.match(text, /schema \d+/);
    const { host } = new URL(server.url);
    for (const secret of ['Secret Company', server.apiKey, host, core.folder.root]) {
      assert.ok(!text.includes(secret), `${secret} is told:\n${text}`);
    }
    assert.ok(answers.shown.some(({ buttons }) => buttons.includes('Copy')));
  });

  it('says at once which setting cannot be used, once per value', async () => {
    const told = (): number => answers.shown.filter(({ text }) => text.includes('requests.retries')).length;
    await setSetting('requests.retries', 99);
    assert.equal(told(), 1);
    const shown = answers.shown.find(({ text }) => text.includes('requests.retries'));
    assert.match(shown?.text ?? '', /99.*0 to 10.*10/);
    assert.deepEqual(shown?.buttons, ['Open Setting', NEVER]);
    await setSetting('timer.customMinutes', 60);
    await setSetting('timer.customMinutes', undefined);
    assert.equal(told(), 1);
    await setSetting('requests.retries', 98);
    assert.equal(told(), 2);
  });

  it('hides a message for good, and shows all again on request', async () => {
    answers.give(NEVER);
    await setSetting('requests.retries', 97);
    assert.deepEqual(core.notices.hidden(), ['settingProblems']);
    await setSetting('requests.retries', 96);
    assert.equal(answers.shown.filter(({ text }) => text.includes('requests.retries')).length, 1);
    await vscode.commands.executeCommand('openwebuiSync.resetHiddenMessages');
    assert.deepEqual(core.notices.hidden(), []);
  });

  it('offers the next step with a failure', async () => {
    await vscode.commands.executeCommand('openwebuiSync.syncAll');
    assert.deepEqual(answers.shown.at(-1)?.buttons, ['Add Instance...', 'Show Log']);
  });

  it('asks with a proposed address when a link wants to add an instance, and takes nothing else from it', () => {
    answers.give('https://chat.example.org');
    assert.ok(
      core.links.follow({
        path: '/add-instance',
        query: `url=${encodeURIComponent('https://chat.example.org')}&key=sk-0123456789`,
      }),
    );
    assert.equal(core.links.follow({ path: '/add-instance', query: 'key=sk-0123456789' }), false);
    assert.equal(core.instances.list().length, 0);
  });

  it('is not in the way: what the timer does opens nothing and takes no focus', async () => {
    await addInstance(core, 'alpha', server);
    const document = await vscode.workspace.openTextDocument({ content: 'my work' });
    await vscode.window.showTextDocument(document);
    const isInFront = `1 ${document.uri.toString()} true\nfocus: ${document.uri.toString()}`;
    await until(core, () => lookOfEditors() === isInFront);
    await setSetting('timer.schedule', 'hourly');
    await until(core, () => core.timer.isOn);
    await core.timer.tick(Date.now());
    await until(core, () => core.mirror.status.instances.some(({ runs }) => runs[0]?.status === 'ok'));
    assert.equal(lookOfEditors(), isInFront);
    assert.deepEqual(answers.shown, []);
  });

  it('is found under the id of the extension', () => {
    assert.equal(core.context.extension.id, EXTENSION_ID);
  });
});
