import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { generationPath, newestGeneration } from '../../src/store/files/fileGeneration';
import type { SampleServer } from '../../src/sample/server';
import { timeText } from '../../src/sync/texts/backupText';
import { Answers } from './answers';
import {
  addInstance,
  query,
  removeAllInstances,
  startSmallServer,
  theCore,
  until,
  untilShown,
} from './support';

describe('backups', () => {
  let core: Core;
  let server: SampleServer;
  let instanceId: number;
  let answers: Answers;
  let count = 0;

  before(async () => {
    core = await theCore();
  });
  beforeEach(async () => {
    await removeAllInstances(core);
    count += 1;
    server = await startSmallServer(`backups${count}`);
    ({ id: instanceId } = await addInstance(core, 'alpha', server));
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    answers = new Answers();
  });
  afterEach(async () => {
    answers.restore();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await removeAllInstances(core);
    await server.close();
  });

  async function liveChats(): Promise<unknown> {
    const sql = 'SELECT count(*) AS n FROM chats WHERE instance_id = $id AND is_deleted = 0';
    return (await query(core, sql, instanceId))[0]?.['n'];
  }

  /** One chat more on the server and in the mirror. @returns the label of the backup without it */
  async function grow(): Promise<string> {
    const [newest] = (await core.reader.backups()).filter(({ isNewest }) => isNewest);
    assert.ok(newest);
    const [chat] = server.world.chats.all();
    assert.ok(chat);
    const added = server.world.chats.add(chat.userId, { title: 'Later' });
    server.world.chats.addTurn(added.id, { prompt: 'Later words' });
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    return timeText(newest, core.instances.zone());
  }

  it('are listed, restored after a question that says what changes, and the present state stays', async () => {
    const label = await grow();
    assert.equal(await liveChats(), 21);
    const before = newestGeneration(core.folder.generations);
    answers.give(label, 'Restore');
    await vscode.commands.executeCommand('openwebuiSync.restoreBackup');
    assert.deepEqual(answers.left, []);
    const question = answers.shown.find(({ isModal }) => isModal);
    assert.equal(question?.text, `Restore the backup of ${label}?`);
    assert.match(question.detail, /1 chat and \d+ messages? fewer than now\.\n/u);
    assert.match(question.detail, /What is there now stays as a backup/u);
    assert.match(
      answers.shown.at(-1)?.text ?? '',
      /^Restored the backup of .* kept as pinned\/restore-\d+\.db\.$/u,
    );
    assert.equal(await liveChats(), 20);
    await until(core, () => /^20 chats/u.test(core.model.tree()[0]?.description ?? ''));
    assert.ok(newestGeneration(core.folder.generations) > before);
    const [kept] = (await core.reader.backups()).filter(({ name }) => name.startsWith('pinned/restore-'));
    assert.equal(kept?.instances.find((instance) => instance.instanceId === instanceId)?.chats, 21);
  });

  it('change nothing when the question is refused', async () => {
    const label = await grow();
    const before = newestGeneration(core.folder.generations);
    answers.give(label);
    await vscode.commands.executeCommand('openwebuiSync.restoreBackup');
    assert.equal(newestGeneration(core.folder.generations), before);
    assert.equal(await liveChats(), 21);
  });

  it('that are damaged are shown and say so', async () => {
    const name = 'corrupt/00000001-20251101-120000-7.db';
    const path = join(core.folder.root, name);
    mkdirSync(core.folder.corrupt, { recursive: true });
    writeFileSync(path, 'rubbish');
    try {
      answers.give(name);
      await vscode.commands.executeCommand('openwebuiSync.restoreBackup');
      assert.equal(answers.shown.at(-1)?.text, `${name} cannot be restored. The file is damaged.`);
    } finally {
      rmSync(path);
    }
  });

  it('are checked with the whole database, in a document', async () => {
    await vscode.commands.executeCommand('openwebuiSync.checkDatabase');
    const text = await untilShown(core, /^Check of the database\n=+\n/u);
    assert.match(text, /In use: db\/\d+\.db/u);
    assert.match(answers.shown.at(-1)?.text ?? '', /^Everything is sound\.$/u);
  });

  it('stand in for a damaged newest file, which the check names', async () => {
    await grow();
    const { generations, corrupt } = core.folder;
    const damaged = newestGeneration(generations);
    const path = generationPath(generations, damaged);
    writeFileSync(path, readFileSync(path).fill(1, 4_096, 4_200));
    await vscode.commands.executeCommand('openwebuiSync.checkDatabase');
    await untilShown(
      core,
      new RegExp(`Damage\\n {2}db/0*${damaged}\\.db: It does not hold what was written`, 'u'),
    );
    assert.match(answers.shown.at(-1)?.text ?? '', /^Damage was found in 1 file\.$/u);
    // The next sync puts it aside and fetches again what was in it.
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    assert.equal(await liveChats(), 21);
    for (const name of readdirSync(corrupt)) {
      rmSync(join(corrupt, name));
    }
  });
});
