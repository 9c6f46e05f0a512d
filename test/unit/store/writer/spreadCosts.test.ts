import assert from 'node:assert/strict';
import { NO_ANALYSIS } from '../../../../src/store/analysis/analysisTypes';
import { listBackups } from '../../../../src/store/backups/backups';
import { begin, chat, fetched, message, NOON, runEnd, useMirrors, user } from '../builders';
import { publishedRows } from '../published';
import { ACCOUNT, DAY, mapAccount, november, readCosts, row, syncUse } from './cloudCostBuilders';

describe('Costs of a cloud are spread over use', () => {
  const { root, open, close } = useMirrors();
  const rows = (sql: string): Promise<unknown[]> => publishedRows(root(), sql);
  const COSTS = `SELECT u.remote_id, g.cost_e8 FROM generation_costs g JOIN message m ON m.id = g.generation_id
    JOIN users u ON u.id = m.user_id ORDER BY u.remote_id`;
  const SHARES = 'SELECT kind, reason, cost_e8 FROM cost_shares ORDER BY cost_id, part';

  const BILL = november([row('2025-11-11', 400n)]);

  it('when bills come, when use does, and when somebody says what a resource serves', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100, bob: 300 });
    readCosts(mirror, BILL);
    assert.deepEqual(await rows(SHARES), [['unmapped', 'unmappedResource', 400]]);
    mapAccount(mirror);
    assert.deepEqual(await rows(COSTS), [
      ['ann', 100],
      ['bob', 300],
    ]);
    syncUse(mirror, { ann: 100, bob: 300, cem: 400 }, 'run-2');
    assert.deepEqual(await rows(COSTS), [
      ['ann', 50],
      ['bob', 150],
      ['cem', 200],
    ]);
    mapAccount(mirror, []);
    assert.deepEqual(await rows(COSTS), []);
    assert.deepEqual(await rows(SHARES), [['unmapped', 'servesNone', 400]]);
  });

  it('without a new file, and without touching a row, where nothing has changed', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100 });
    readCosts(mirror, BILL);
    mapAccount(mirror);
    assert.deepEqual(await rows('SELECT is_spread FROM cost_days'), [[1]]);
    assert.equal(mirror.publish().published, false);
    const later = NOON + 60;
    close(mirror);
    const next = await open({ now: () => later });
    next.applyAnalysis({
      ...NO_ANALYSIS,
      resources: [{ resource: ACCOUNT, instances: [1, 2], source: 'admin' }],
    });
    assert.deepEqual(await rows('SELECT sync_datetime_epoch FROM generation_costs'), [[NOON]]);
  });

  it('once their day is complete', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100 });
    mapAccount(mirror);
    readCosts(mirror, BILL, NOON - 4 * DAY);
    assert.deepEqual(await rows(SHARES), [['unallocated', 'tooFresh', 400]]);
    readCosts(mirror, BILL, NOON - 3 * DAY);
    assert.deepEqual(await rows(SHARES), [['allocated', null, 400]]);
    assert.deepEqual(await rows('SELECT is_final FROM generation_costs'), [[0]]);
    readCosts(mirror, { ...BILL, isClosed: true });
    assert.deepEqual(await rows('SELECT is_final FROM generation_costs'), [[1]]);
  });

  it('once, where two scopes bill the same resource', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100 });
    mapAccount(mirror);
    readCosts(mirror, BILL);
    const runId = mirror.startCostRun({ source: 'import', scope: 'file', name: 'File' }, 'import', NOON);
    mirror.replaceCostMonth(runId, BILL, NOON);
    mirror.endCostRun({ runId, status: 'ok', calls: 0, waitedMs: 0, notes: [] }, NOON);
    mirror.publish();
    assert.deepEqual(await rows(SHARES), [
      ['allocated', null, 400],
      ['unallocated', 'otherScope', 400],
    ]);
    mirror.removeCostScope(1, 'delete');
    assert.deepEqual(await rows(SHARES), [['allocated', null, 400]]);
  });

  it('and become unallocated where somebody is erased', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100, bob: 300 });
    readCosts(mirror, BILL);
    mapAccount(mirror);
    await mirror.erasePerson(1, 'bob');
    assert.deepEqual(await rows(COSTS), [['ann', 100]]);
    assert.deepEqual(await rows(SHARES), [
      ['allocated', null, 100],
      ['unallocated', 'erased', 300],
    ]);
  });

  it('and serve nobody where the instance is removed', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100 });
    readCosts(mirror, BILL);
    mapAccount(mirror);
    await mirror.removeInstance(1, 'delete');
    assert.deepEqual(await rows('SELECT count(*) FROM generation_costs'), [[0]]);
    assert.deepEqual(await rows('SELECT kind, instance_id, cost_e8 FROM cost_shares'), [
      ['unallocated', null, 400],
    ]);
  });

  it('and outlive the restore of an older backup, spread over its use', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100 });
    readCosts(mirror, BILL);
    mapAccount(mirror);
    syncUse(mirror, { ann: 100, bob: 300 }, 'run-2');
    readCosts(mirror, november([row('2025-11-11', 800n)]));
    const [backup] = await listBackups(root());
    assert.ok(backup !== undefined);
    await mirror.restore(backup.name);
    assert.deepEqual(await rows('SELECT cost_e8 FROM cost_daily'), [[800]]);
    assert.deepEqual(await rows('SELECT sum(cost_e8) FROM cost_shares'), [[800]]);
  });

  it('in the currency that a month has, also where it has another one than before', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100 });
    mapAccount(mirror);
    readCosts(mirror, BILL);
    const dollars = november([row('2025-11-11', 500n, { currency: 'USD' })], {
      totals: [{ currency: 'USD', costE8: 500n }],
    });
    assert.equal(readCosts(mirror, dollars, NOON + DAY).restatedDays, 1);
    assert.deepEqual(await rows('SELECT currency, cost_e8 FROM generation_costs'), [['USD', 500]]);
    assert.deepEqual(
      await rows('SELECT c.currency, s.cost_e8 FROM cost_shares s JOIN cost_daily c ON c.id = s.cost_id'),
      [['USD', 500]],
    );
    assert.deepEqual(await rows('SELECT currency FROM cost_month_totals WHERE is_deleted = 0'), [['USD']]);
  });

  it('to the last unit, also beyond what a double can hold', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100 });
    mapAccount(mirror);
    for (const amount of [9_007_199_254_740_992n, 9_007_199_254_740_993n]) {
      readCosts(mirror, november([row('2025-11-11', amount)]));
      const same = `SELECT count(*) FROM cost_shares s JOIN cost_daily c ON c.id = s.cost_id
        JOIN generation_costs g WHERE c.cost_e8 = ${amount} AND s.cost_e8 = ${amount} AND g.cost_e8 = ${amount}`;
      assert.deepEqual(await rows(same), [[1]]);
    }
  });

  it('as the map says now, also when a backup is restored that knew another one', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100 });
    readCosts(mirror, BILL);
    mapAccount(mirror);
    syncUse(mirror, { ann: 100, bob: 300 }, 'run-2');
    const [backup] = (await listBackups(root())).toReversed();
    assert.ok(backup !== undefined);
    mapAccount(mirror, []);
    await mirror.restore(backup.name);
    assert.deepEqual(await rows(COSTS), []);
    assert.deepEqual(await rows(SHARES), [['unmapped', 'servesNone', 400]]);
  });

  it('of models that are made of the one that was billed, since the server says so', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100 });
    begin(mirror, 'run-2');
    const answer = message('answer-of-preset', {
      role: 'assistant',
      modelId: 'helper',
      createdAt: NOON - 5 * DAY,
      usage: { dialect: 'openai', inputTokens: 300, outputTokens: 1 },
    });
    const helper = { modelId: 'helper', name: 'Helper', source: 'workspace', isActive: true } as const;
    mirror.applyUsers('run-2', [user('ann'), user('bob')]);
    mirror.applyChat('run-2', fetched(chat('preset', { userRemoteId: 'bob', messages: [answer] })));
    mirror.applyModels('run-2', [helper]);
    mirror.endRun(runEnd({ runId: 'run-2' }));
    mapAccount(mirror);
    readCosts(mirror, BILL);
    assert.deepEqual(await rows(COSTS), [['ann', 400]]);
    begin(mirror, 'run-3');
    mirror.applyModels('run-3', [{ ...helper, baseModelId: 'gpt-4o' }]);
    mirror.endRun(runEnd({ runId: 'run-3' }));
    mirror.publish();
    assert.deepEqual(await rows(COSTS), [
      ['ann', 100],
      ['bob', 300],
    ]);
  });

  it('by the UTC day, whatever zone the mirror has', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100 });
    mapAccount(mirror);
    readCosts(mirror, BILL);
    close(mirror);
    const moved = await open({ zone: 'Pacific/Kiritimati' });
    readCosts(moved, november([row('2025-11-11', 800n)]));
    assert.deepEqual(await rows("SELECT date(day * 86400, 'unixepoch') FROM message"), [['2025-11-12']]);
    assert.deepEqual(await rows(COSTS), [['ann', 800]]);
  });

  it('that was deleted on the server since, which cost all the same', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100, bob: 300 });
    mapAccount(mirror);
    readCosts(mirror, BILL);
    begin(mirror, 'run-2');
    mirror.markDeleted('run-2', 'chats', ['chat-bob']);
    mirror.endRun(runEnd({ runId: 'run-2' }));
    readCosts(mirror, november([row('2025-11-11', 800n)]));
    assert.deepEqual(await rows(COSTS), [
      ['ann', 200],
      ['bob', 600],
    ]);
  });

  it('once, where a scope is disconnected and connected again', async () => {
    for (const data of ['keep', 'delete'] as const) {
      const mirror = await open();
      syncUse(mirror, { ann: 100 }, `run-${data}`);
      mapAccount(mirror);
      readCosts(mirror, BILL);
      const [scope] = mirror.costFacts();
      assert.ok(scope !== undefined);
      mirror.removeCostScope(scope.scopeId, data);
      assert.deepEqual(
        await rows('SELECT sum(cost_e8) FROM cost_shares'),
        [[data === 'keep' ? 400 : null]],
        data,
      );
      readCosts(mirror, BILL);
      assert.deepEqual(await rows(SHARES), [['allocated', null, 400]]);
      assert.deepEqual(await rows(COSTS), [['ann', 400]]);
      close(mirror);
    }
  });

  it('and nobody pays for who was erased, also when they are spread anew', async () => {
    const mirror = await open();
    syncUse(mirror, { ann: 100, bob: 300 });
    mapAccount(mirror);
    readCosts(mirror, BILL);
    await mirror.erasePerson(1, 'bob');
    readCosts(mirror, november([row('2025-11-11', 800n)], { isClosed: true }));
    assert.deepEqual(await rows(COSTS), [['ann', 200]]);
    assert.deepEqual(await rows(SHARES), [
      ['allocated', null, 200],
      ['unallocated', 'erased', 600],
    ]);
  });
});
