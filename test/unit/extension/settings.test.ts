import assert from 'node:assert/strict';
import type { SettingKey } from '../../../src/extension/settings';
import {
  parseNumber,
  parseReconcileHours,
  parseRequestPolicy,
  parseRetention,
  parseSchedule,
  parseStatusBarVisible,
} from '../../../src/extension/settings';

function typed(values: Partial<Record<SettingKey, unknown>>) {
  return { get: (key: SettingKey) => values[key] };
}

describe('settings', () => {
  it('mean 30 s, 0.05 s and 3 retries when nothing was set', () => {
    assert.deepEqual(parseRequestPolicy(typed({})), {
      timeoutMs: 30_000,
      delayMs: 50,
      retries: 3,
      concurrency: 4,
    });
  });

  it('are held within their bounds', () => {
    const policy = parseRequestPolicy(
      typed({ 'requests.timeoutSeconds': 0, 'requests.delaySeconds': -1, 'requests.retries': 99 }),
    );
    assert.deepEqual(policy, { timeoutMs: 1000, delayMs: 0, retries: 10, concurrency: 4 });
  });

  it('fall back where a value has the wrong type', () => {
    assert.equal(parseNumber(typed({ 'query.rowLimit': '5' }), 'query.rowLimit'), 10_000);
    assert.equal(parseNumber(typed({ 'query.rowLimit': Number.NaN }), 'query.rowLimit'), 10_000);
    assert.equal(parseStatusBarVisible(typed({ 'statusBar.visible': 'no' })), true);
  });

  it('look at everybody once a day unless told otherwise, or never by themselves', () => {
    assert.equal(parseReconcileHours(typed({})), 24);
    assert.equal(parseReconcileHours(typed({ reconcileHours: 0 })), 0);
    assert.equal(parseReconcileHours(typed({ reconcileHours: 1000 })), 168);
    assert.equal(parseReconcileHours(typed({ reconcileHours: '1' })), 24);
  });

  it('keep all text and the runs of 90 days unless told otherwise, and rather too long than too short', () => {
    assert.deepEqual(parseRetention(typed({})), { textMonths: 0, runDays: 90 });
    assert.deepEqual(parseRetention(typed({ 'retention.textMonths': 12, 'retention.runDays': 30 })), {
      textMonths: 12,
      runDays: 30,
    });
    assert.deepEqual(parseRetention(typed({ 'retention.textMonths': -3, 'retention.runDays': 0 })), {
      textMonths: 0,
      runDays: 1,
    });
    assert.deepEqual(parseRetention(typed({ 'retention.textMonths': 2.1, 'retention.runDays': '7' })), {
      textMonths: 3,
      runDays: 90,
    });
  });

  it('describe each schedule', () => {
    assert.deepEqual(parseSchedule(typed({})), { kind: 'off' });
    assert.deepEqual(parseSchedule(typed({ 'timer.schedule': 'every30Minutes' })), {
      kind: 'everyMinutes',
      minutes: 30,
    });
    assert.deepEqual(parseSchedule(typed({ 'timer.schedule': 'hourly' })), { kind: 'hourly' });
    assert.deepEqual(parseSchedule(typed({ 'timer.schedule': 'daily', 'timer.dailyAt': '23:15' })), {
      kind: 'daily',
      at: '23:15',
    });
    assert.deepEqual(parseSchedule(typed({ 'timer.schedule': 'custom', 'timer.customMinutes': 1 })), {
      kind: 'everyMinutes',
      minutes: 5,
    });
  });

  it('never start the timer by a value that is not known', () => {
    assert.deepEqual(parseSchedule(typed({ 'timer.schedule': 'weekly' })), { kind: 'off' });
  });

  it('sync daily at 02:00 when the time makes no sense', () => {
    assert.deepEqual(parseSchedule(typed({ 'timer.schedule': 'daily', 'timer.dailyAt': '25:00' })), {
      kind: 'daily',
      at: '02:00',
    });
  });
});
