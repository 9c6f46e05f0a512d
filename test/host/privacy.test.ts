import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import type { SampleServer } from '../../src/sample/server';
import type { Instance } from '../../src/store/instances/instance';
import { Answers } from './answers';
import { addInstance, filesBelow, query, removeAllInstances, startSmallServer, theCore } from './support';

describe('privacy', () => {
  let core: Core;
  let server: SampleServer;
  let instance: Instance;
  let answers: Answers;
  /** Others for each test: what an instance of an earlier one left is none of its business. */
  let company: string;
  let sentence: string;
  let count = 0;

  before(async () => {
    core = await theCore();
  });
  beforeEach(async () => {
    await removeAllInstances(core);
    count += 1;
    company = `privacy${count}`;
    sentence = `Nobody but me may know about the purple giraffe ${count}.`;
    server = await startSmallServer(company);
    const [chat] = server.world.chats.all();
    assert.ok(chat);
    server.world.chats.addTurn(chat.id, { prompt: sentence });
    instance = await addInstance(core, 'alpha', server);
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    answers = new Answers();
  });
  afterEach(async () => {
    answers.restore();
    await removeAllInstances(core);
    await server.close();
  });

  /** Files below the data folder that hold a text. */
  function filesWith(text: string): readonly string[] {
    return filesBelow(core.folder.root).flatMap(({ name, content }) =>
      content.includes(text) ? [name] : [],
    );
  }

  function privacyOf(): string | undefined {
    return core.instances.list().find(({ id }) => id === instance.id)?.privacy;
  }

  it('becomes stricter after a confirmation that lists what goes, and nothing of it is left in the folder', async () => {
    assert.ok(filesWith(sentence).length > 0);
    answers.give('Names without Text', 'Remove Data');
    await vscode.commands.executeCommand('openwebuiSync.changePrivacy', 'alpha');
    assert.deepEqual(answers.left, []);
    const question = answers.shown.find(({ isModal }) => isModal);
    assert.match(question?.detail ?? '', /Rows of the database:\n {2}\w+: \d/);
    assert.match(question?.detail ?? '', /Files that are deleted[\s\S]* db\/\d+\.db/);
    assert.equal(privacyOf(), 'names');
    assert.deepEqual(filesWith(sentence), []);
    const [row] = await query(
      core,
      'SELECT count(content) AS n FROM messages WHERE instance_id = $id',
      instance.id,
    );
    assert.equal(row?.['n'], 0);
    assert.match(core.model.tree()[0]?.tooltip ?? '', /Names without Text/);
  });

  it('stays as it is when the confirmation is refused', async () => {
    answers.give('Counts Only');
    await vscode.commands.executeCommand('openwebuiSync.changePrivacy', 'alpha');
    assert.equal(privacyOf(), undefined);
    assert.ok(filesWith(sentence).length > 0);
  });

  it('holds in later syncs, and a looser mode brings the text back with the next full one', async () => {
    answers.give('Pseudonyms', 'Remove Data');
    await vscode.commands.executeCommand('openwebuiSync.changePrivacy', 'alpha');
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    assert.deepEqual(filesWith(sentence), []);
    assert.deepEqual(filesWith(`@${company}.example`), []);

    answers.give('Full');
    await vscode.commands.executeCommand('openwebuiSync.changePrivacy', 'alpha');
    const offer = answers.shown.at(-1);
    assert.match(offer?.text ?? '', /comes with the next full sync/);
    assert.deepEqual(offer?.buttons, ['Full Sync']);
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    assert.ok(filesWith(sentence).length > 0);
  });

  it('is erased for one person, whom later syncs leave out', async () => {
    const person = server.world.users
      .all()
      .find(({ id, role }) => role !== 'admin' && server.world.chats.of(id).length > 0);
    assert.ok(person);
    answers.give(person.name, 'Erase');
    await vscode.commands.executeCommand('openwebuiSync.erasePerson', 'alpha');
    assert.deepEqual(answers.left, []);
    assert.match(
      answers.shown.find(({ isModal }) => isModal)?.detail ?? '',
      /Later syncs leave this person out/,
    );
    assert.deepEqual(filesWith(person.email), []);
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    assert.deepEqual(filesWith(person.email), []);
    const users = await query(core, 'SELECT remote_id FROM users WHERE instance_id = $id', instance.id);
    assert.equal(users.length, server.world.users.all().length - 1);
  });
});
