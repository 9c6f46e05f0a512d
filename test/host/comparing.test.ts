import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { generateCompany } from '../../src/sample/company/company';
import type { SampleServer } from '../../src/sample/server';
import { startSampleServer } from '../../src/sample/server';
import { Answers } from './answers';
import { addInstance, query, removeAllInstances, theCore, until, untilShown } from './support';

describe('comparing the mirror with its server', () => {
  let core: Core;
  let server: SampleServer;
  let instanceId: number;
  let answers: Answers;

  before(async () => {
    core = await theCore();
  });
  beforeEach(async () => {
    await removeAllInstances(core);
    const now = Math.floor(Date.now() / 86_400_000) * 86_400;
    const clock = (): number => Math.floor(Date.now() / 1000);
    server = await startSampleServer({
      world: generateCompany({ name: 'compare', users: 6, chats: 80, messages: 200, now, clock }),
    });
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
    const [row] = await query(
      core,
      'SELECT count(*) AS n FROM chats WHERE instance_id = $id AND is_deleted = 0',
      instanceId,
    );
    return row?.['n'];
  }

  function runs(): number {
    return core.mirror.status.instances.find((item) => item.instanceId === instanceId)?.runs.length ?? 0;
  }

  it('previews a sync: names what it would change, and changes nothing', async () => {
    const [first, second] = server.world.chats.all();
    assert.ok(first && second);
    server.world.chats.rename(first.id, 'Renamed by its owner');
    server.world.chats.add(first.userId, { title: 'Written just now' });
    await core.mirror.reload();
    const before = [await core.reader.generation(), runs()];
    await vscode.commands.executeCommand('openwebuiSync.previewSync', 'alpha');
    const text = await untilShown(core, /New: Chats \(1\)\n {2}Written just now/);
    assert.match(text, /Changed: Chats \(1\)\n {2}Renamed by its owner/);
    assert.match(answers.shown.at(-1)?.text ?? '', /A sync of alpha would find: /);
    assert.deepEqual(answers.shown.at(-1)?.buttons, ['Sync']);
    await core.mirror.reload();
    assert.deepEqual([await core.reader.generation(), runs()], before);
  });

  it('verifies that the mirror equals the server, and says so when it does not', async () => {
    await vscode.commands.executeCommand('openwebuiSync.verify', 'alpha');
    assert.match(answers.shown.at(-1)?.text ?? '', /alpha: the mirror equals the server/);
    await untilShown(core, /Chats.*80 on the server, 80 in the mirror/);

    const [chat] = server.world.chats.all();
    server.world.chats.add(chat?.userId ?? '', { title: 'Written just now' });
    await vscode.commands.executeCommand('openwebuiSync.verify', 'alpha');
    assert.match(answers.shown.at(-1)?.text ?? '', /1 difference/);
    assert.deepEqual(answers.shown.at(-1)?.buttons, ['Full Sync']);
  });

  it('reviews deletions that were held back, and marks them only when told to', async () => {
    for (const { id } of server.world.chats.all().slice(0, 50)) {
      server.world.chats.remove(id, 'admin');
    }
    await vscode.commands.executeCommand('openwebuiSync.reconcile', 'alpha');
    await until(core, () => /deletions held back/.test(core.model.tree()[0]?.description ?? ''));
    assert.equal(await liveChats(), 80);
    assert.ok(answers.shown.some(({ buttons }) => buttons.includes('Review Deletions')));

    answers.give('Keep');
    await vscode.commands.executeCommand('openwebuiSync.reviewDeletions', 'alpha');
    await untilShown(core, /Chats \(50\), since .*vanished at once/);
    assert.equal(await liveChats(), 80);

    answers.give('Mark Deleted...', 'Mark Deleted');
    await vscode.commands.executeCommand('openwebuiSync.reviewDeletions', 'alpha');
    await until(core, () => /^30 chats/.test(core.model.tree()[0]?.description ?? ''));
    assert.equal(await liveChats(), 30);
    assert.doesNotMatch(core.model.tree()[0]?.description ?? '', /held back/);
  });

  it('says until when chats could be read, and keeps what is there, when chat access is switched off', async () => {
    server.setGates({ adminChatAccess: false });
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    const problem = () =>
      core.model.tree()[0]?.children.find(({ contextValue }) => /fact=problem/.test(contextValue));
    await until(core, () => problem() !== undefined);
    assert.match(problem()?.label ?? '', /^Chats cannot be read since \d{4}-\d\d-\d\d$/);
    assert.equal(problem()?.description, 'chat access is off');
    assert.equal(await liveChats(), 80);
  });
});
