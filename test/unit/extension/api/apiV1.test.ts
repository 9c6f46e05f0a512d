import assert from 'node:assert/strict';
import type { CancellationToken, Disposable } from 'vscode';
import type { InstanceInfo, OpenWebUiSyncError } from '../../../../api/openwebui-sync';
import { createApiV1, type ApiHost } from '../../../../src/extension/api/apiV1';
import { instanceInfos } from '../../../../src/extension/api/instanceInfo';
import { NoDatabaseError } from '../../../../src/store/errors';
import { columnsOf, SqlError, type QueryRunner } from '../../../../src/store/resultSet';
import { SyncBusyError } from '../../../../src/sync/engine/coordinatorTypes';
import { aMirrorStatus, anInstance, aRun, aStatus, aView, HALF_PAST_TWO } from '../builders';

type Run = QueryRunner['run'];

/** A subscription whose end nobody waits for; `vscode` itself is not there. */
const NEVER: unknown = { dispose: () => undefined };

function setup(changes: Partial<ApiHost> = {}) {
  return createApiV1({
    infos: () => [],
    onDidChangeStatus: () => NEVER as Disposable,
    instances: () => [anInstance(), anInstance({ id: 2, name: 'paused', enabled: false })],
    queries: { run: () => Promise.reject(new Error('not asked for')) },
    sync: (instances) =>
      Promise.resolve(instances.map(({ id, name }) => ({ name, run: aRun({ instanceId: id }) }))),
    ...changes,
  });
}

function failing(error: Error): Pick<QueryRunner, 'run'> {
  return { run: () => Promise.reject(error) };
}

async function codeOf(work: Promise<unknown>): Promise<readonly [string, string]> {
  const error = await work.then(
    () => assert.fail('it was answered'),
    (thrown: unknown) => thrown as OpenWebUiSyncError,
  );
  assert.equal(error.name, 'OpenWebUiSyncError');
  return [error.code, error.message];
}

describe('The API for other extensions', () => {
  it('tells of instances what the tree does, without addresses, frozen', () => {
    const view = aView({
      instances: [anInstance({ ai: 'text' }), anInstance({ id: 2, name: 'new' })],
      status: aMirrorStatus(aStatus()),
    });
    const infos = instanceInfos(view);
    assert.deepEqual(infos, [
      {
        id: 1,
        name: 'fasgpt',
        enabled: true,
        state: 'ok',
        lastSync: HALF_PAST_TWO * 1000,
        counts: { users: 38, chats: 482, messages: 1245 },
      },
      { id: 2, name: 'new', enabled: true, state: 'never' },
    ]);
    assert.throws(() => ((infos[0] as { name: string }).name = 'mine'), TypeError);
    assert.throws(() => (infos as InstanceInfo[]).pop(), TypeError);
    assert.throws(() => ((infos[0]?.counts as { users: number }).users = 0), TypeError);
  });

  it('returns plain, frozen rows with the limit and the parameters that were given', async () => {
    const asked: Parameters<Run>[] = [];
    const run: Run = (...args) => {
      asked.push(args);
      const columns = columnsOf(['a', 'b'], [[1n, null], ['x', new Uint8Array([7])]]); // prettier-ignore
      return Promise.resolve({ columns, rowCount: 2, truncated: true, elapsedMs: 3 });
    };
    const result = await setup({ queries: { run } }).query('SELECT :x', { parameters: { x: 1 }, limit: 2 });
    assert.deepEqual(result, {
      columns: ['a', 'b'],
      rows: [[1n, null], ['x', new Uint8Array([7])]], // prettier-ignore
      truncated: true,
      elapsedMs: 3,
    });
    assert.throws(() => (result.rows as unknown[]).pop(), TypeError);
    assert.throws(() => ((result.rows[0] as unknown[])[0] = 2), TypeError);
    const [[sql, options]] = asked as [Parameters<Run>];
    assert.deepEqual([sql, options.limit, options.parameters], ['SELECT :x', 2, { x: 1 }]);
    assert.equal('visible' in options, false);
  });

  it('says by a code why a query was not answered', async () => {
    const cases: readonly (readonly [Error, string])[] = [
      [new SqlError('no such table: x'), 'sql'],
      [new NoDatabaseError(), 'noData'],
      [new DOMException('Cancelled', 'AbortError'), 'cancelled'],
      [new Error('worker gone'), 'failed'],
    ];
    for (const [error, code] of cases) {
      assert.deepEqual(await codeOf(setup({ queries: failing(error) }).query('SELECT 1')), [
        code,
        error.message,
      ]);
    }
  });

  it('objects to arguments that types would have refused', async () => {
    const api = setup();
    const wrong: readonly (readonly [unknown, unknown])[] = [
      ['', {}],
      [5, {}],
      ['SELECT 1', { limit: 0 }],
      ['SELECT 1', { limit: 1e9 }],
      ['SELECT :a', { parameters: { a: new Date() } }],
    ];
    for (const [sql, options] of wrong) {
      const [code] = await codeOf(api.query(sql as string, options as object));
      assert.equal(code, 'badArgument');
    }
  });

  it('ends a query whose token is cancelled, also before it began', async () => {
    const run: Run = (_sql, { signal }) =>
      new Promise((_resolve, reject) => {
        const cancel = (): void => reject(new DOMException('Cancelled', 'AbortError'));
        signal?.addEventListener('abort', cancel);
        if (signal?.aborted === true) {
          cancel();
        }
      });
    const listeners: (() => void)[] = [];
    const token: CancellationToken = {
      isCancellationRequested: false,
      onCancellationRequested: (listener) => {
        listeners.push(() => void listener(undefined));
        return NEVER as Disposable;
      },
    };
    const api = setup({ queries: { run } });
    const running = api.query('SELECT 1', { token });
    listeners.forEach((listener) => listener());
    assert.equal((await codeOf(running))[0], 'cancelled');
    const late = api.query('SELECT 1', { token: { ...token, isCancellationRequested: true } });
    assert.equal((await codeOf(late))[0], 'cancelled');
  });

  it('syncs the instance that is asked for, or those that are enabled, and tells how it went', async () => {
    const api = setup();
    assert.deepEqual(
      (await api.sync()).runs.map(({ instanceId }) => instanceId),
      [1],
    );
    assert.deepEqual(await api.sync(2), {
      runs: [
        {
          instanceId: 2,
          instanceName: 'paused',
          status: 'ok',
          startedAt: (HALF_PAST_TWO - 3) * 1000,
          finishedAt: HALF_PAST_TWO * 1000,
          inserted: 12,
          updated: 3,
          deleted: 0,
        },
      ],
    });
  });

  it('says why nothing was synced', async () => {
    assert.equal((await codeOf(setup().sync(9)))[0], 'unknownInstance');
    assert.equal((await codeOf(setup({ instances: () => [] }).sync()))[0], 'noInstances');
    const busy = new SyncBusyError({ runId: 'x', pid: 1, startedAt: 0 });
    const [code] = await codeOf(setup({ sync: () => Promise.reject(busy) }).sync(1));
    assert.equal(code, 'busy');
  });
});
