import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type {
  InstanceInfo,
  OpenWebUiSyncApiV1,
  OpenWebUiSyncError,
  OpenWebUiSyncExtension,
} from '../../api/openwebui-sync';
import type { Core } from '../../src/extension/core';
import type { SampleServer } from '../../src/sample/server';
import type { Instance } from '../../src/store/instances/instance';
import { addInstance, EXTENSION_ID, removeAllInstances, startSmallServer, theCore } from './support';

describe('the API for other extensions', () => {
  let core: Core;
  let server: SampleServer;
  let instance: Instance;
  let api: OpenWebUiSyncApiV1;

  before(async () => {
    core = await theCore();
    await removeAllInstances(core);
    server = await startSmallServer('api');
    instance = await addInstance(core, 'alpha', server);
    await core.signIns.refresh();
    const extension = vscode.extensions.getExtension<OpenWebUiSyncExtension>(EXTENSION_ID);
    assert.ok(extension);
    api = (await extension.activate()).getApi(1);
  });
  after(async () => {
    await removeAllInstances(core);
    await server.close();
  });

  it('is version 1, the same for everybody, and says so where another one is asked for', async () => {
    const exported = await vscode.extensions.getExtension<OpenWebUiSyncExtension>(EXTENSION_ID)!.activate();
    assert.equal(api.version, 1);
    assert.equal(exported.getApi(1), api);
    assert.ok(Object.isFrozen(api));
    assert.throws(
      () => exported.getApi(2 as 1),
      (error: OpenWebUiSyncError) => {
        assert.equal(error.code, 'unknownVersion');
        assert.match(error.message, /offers version 1 of its API; version 2 was asked for/u);
        return true;
      },
    );
  });

  it('syncs, tells of it while it goes on, and answers queries from what was fetched', async () => {
    const told: (readonly InstanceInfo[])[] = [];
    const listening = api.onDidChangeStatus((infos) => told.push(infos));
    try {
      assert.deepEqual(
        api.instances().map(({ name, state }) => [name, state]),
        [['alpha', 'never']],
      );
      const { runs } = await api.sync(instance.id);
      assert.deepEqual(
        runs.map(({ instanceName, status, error }) => [instanceName, status, error]),
        [['alpha', 'ok', undefined]],
      );
      await core.mirror.reload();
      const [info] = api.instances();
      assert.deepEqual([info?.state, info?.counts?.chats], ['ok', 20]);
      assert.ok(told.some(([first]) => first?.state === 'running' || first?.state === 'queued'));
      assert.ok(!JSON.stringify(told).includes(server.url), 'addresses are not told');
    } finally {
      listening.dispose();
    }
    const { columns, rows } = await api.query(
      'SELECT COUNT(*) AS chats, MAX(title IS NOT NULL) FROM chats WHERE instance_id = :id',
      { parameters: { id: instance.id } },
    );
    assert.deepEqual([columns[0], rows[0]], ['chats', [20, 1]]);
  });

  it('names another extension as the one who started the run', async () => {
    await api.sync();
    await core.mirror.reload();
    const [run] =
      core.mirror.status.instances.find(({ instanceId }) => instanceId === instance.id)?.runs ?? [];
    assert.equal(run?.trigger, 'extension');
  });

  it('lets nobody write, and ends a query that is cancelled', async () => {
    const codeOf = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'answered',
        (error: unknown) => (error as OpenWebUiSyncError).code,
      );
    assert.equal(await codeOf(api.query('DELETE FROM chats')), 'sql');
    const source = new vscode.CancellationTokenSource();
    const endless = api.query(
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i) FROM n',
      {
        token: source.token,
      },
    );
    source.cancel();
    assert.equal(await codeOf(endless), 'cancelled');
    const { rows } = await api.query('SELECT COUNT(*) FROM chats WHERE instance_id = :id', {
      parameters: { id: instance.id },
    });
    assert.deepEqual(rows, [[20]]);
    assert.equal(await codeOf(api.sync(instance.id + 1000)), 'unknownInstance');
  });
});
