import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import type { SampleServer } from '../../src/sample/server';
import { Answers } from './answers';
import { addInstance, query, removeAllInstances, startSmallServer, theCore } from './support';

describe('the time zone', () => {
  let core: Core;
  let server: SampleServer;
  let answers: Answers;
  before(async () => {
    core = await theCore();
    await removeAllInstances(core);
    server = await startSmallServer('zone');
    answers = new Answers();
  });
  after(async () => {
    await core.instances.setZone('UTC');
    answers.restore();
    await removeAllInstances(core);
    await server.close();
  });

  it('is changed for all that is stored', async () => {
    const { id } = await addInstance(core, 'alpha', server);
    await vscode.commands.executeCommand('openwebuiSync.fullSync', 'alpha');
    answers.give('Asia/Tokyo');
    await vscode.commands.executeCommand('openwebuiSync.changeZone');
    assert.equal(answers.shown.at(-1)?.text, 'All times are those of Asia/Tokyo now.');
    const sql = `SELECT DISTINCT strftime('%s', created_at) - created_at_epoch AS offset FROM messages WHERE instance_id = $id`;
    assert.deepEqual(await query(core, sql, id), [{ offset: 32_400 }]);
  });
});
