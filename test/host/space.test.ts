import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import type { SampleServer } from '../../src/sample/server';
import type { Instance } from '../../src/store/instances/instance';
import { Answers } from './answers';
import { addInstance, query, removeAllInstances, startSmallServer, theCore } from './support';

const DAY = 86_400;

describe('space', () => {
  let core: Core;
  let server: SampleServer;
  let instance: Instance;
  let answers: Answers;
  let count = 0;

  before(async () => {
    core = await theCore();
  });
  beforeEach(async () => {
    await removeAllInstances(core);
    count += 1;
    server = await startSmallServer(`space${count}`);
    addOldChat('Anno dazumal');
    instance = await addInstance(core, 'alpha', server);
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    answers = new Answers();
  });
  afterEach(async () => {
    answers.restore();
    await setMonths(undefined);
    await removeAllInstances(core);
    await server.close();
  });

  /** One turn, three years old. */
  function addOldChat(title: string): void {
    const { world } = server;
    const [user] = world.users.all();
    assert.ok(user);
    world.runAt(Math.floor(Date.now() / 1000) - 3 * 366 * DAY, () => {
      const chat = world.chats.add(user.id, { title });
      world.chats.addTurn(chat.id, { prompt: `${title}?` });
    });
  }

  function setMonths(months: number | undefined): Thenable<void> {
    return vscode.workspace
      .getConfiguration('openwebuiSync')
      .update('retention.textMonths', months, vscode.ConfigurationTarget.Global);
  }

  const months = (): unknown =>
    vscode.workspace.getConfiguration('openwebuiSync').get('retention.textMonths');

  /** Old messages of this instance, with text and without. */
  async function oldTexts(): Promise<{ readonly kept: number; readonly removed: number }> {
    const rows = await query(
      core,
      `SELECT count(content) AS kept, count(*) - count(content) AS removed FROM messages
       WHERE instance_id = $id AND content_chars > 0 AND created_at_epoch < unixepoch() - ${2 * 366 * DAY}`,
      instance.id,
    );
    return { kept: Number(rows[0]?.['kept']), removed: Number(rows[0]?.['removed']) };
  }

  it('is freed after a list of what would go, and from then on after each sync where that was agreed to', async () => {
    const { kept } = await oldTexts();
    assert.ok(kept > 0);
    answers.give('Text older than 24 months', 'Remove Now and After Each Sync');
    await vscode.commands.executeCommand('openwebuiSync.freeUpSpace');
    assert.deepEqual(answers.left, []);
    const question = answers.shown.find(({ isModal }) => isModal);
    assert.match(question?.text ?? '', /^Remove the text of \d+ messages? older than 24 months\?$/);
    assert.match(
      question?.detail ?? '',
      /^Text older than 24 months \(before [\d-]+\): \d+ messages?, \d+ B/,
    );
    assert.match(question?.detail ?? '', /cannot be fetched again.*titles.*backups.*keep the text/s);
    assert.match(answers.shown.at(-1)?.text ?? '', /^Removed: the text of \d+ messages?/);
    assert.deepEqual(await oldTexts(), { kept: 0, removed: kept });
    assert.equal(months(), 24);

    addOldChat('Es war einmal');
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    const later = await oldTexts();
    assert.equal(later.kept, 0);
    assert.ok(later.removed > kept);
  });

  it('keeps everything when the question is dismissed', async () => {
    const before = await oldTexts();
    answers.give('Text older than 12 months');
    await vscode.commands.executeCommand('openwebuiSync.freeUpSpace');
    assert.deepEqual(await oldTexts(), before);
    assert.equal(months(), 0);
  });

  it('is not freed by a setting alone: what it would remove is told once', async () => {
    await setMonths(12);
    const told = () =>
      answers.shown.filter(({ text }) => text.startsWith('The setting would remove the text of '));
    while (told().length === 0) {
      await core.mirror.reload();
    }
    assert.match(told()[0]?.text ?? '', / older than 12 months\.$/);
    assert.deepEqual(told()[0]?.buttons, ['Review...', "Don't Show Again"]);
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    assert.equal((await oldTexts()).removed, 0);
    assert.equal(told().length, 1);
  });
});
