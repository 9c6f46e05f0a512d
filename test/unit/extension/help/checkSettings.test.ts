import assert from 'node:assert/strict';
import manifest from '../../../../package.json';
import {
  checkSettings,
  settingNews,
  settingProblemText,
  settingProperties,
} from '../../../../src/extension/help/checkSettings';
import {
  NUMBER_RANGES,
  parseDailyAt,
  parseExportAfterSync,
  parseNumber,
  parseReportsFolder,
  parseSchedule,
  parseStatusBarVisible,
  type SettingKey,
} from '../../../../src/extension/settings';

const properties = settingProperties(manifest);

function problemsOf(values: Partial<Record<SettingKey, unknown>>) {
  return checkSettings(properties, (id) => values[id.replace('openwebuiSync.', '') as SettingKey]);
}

function usedOf(key: SettingKey, value: unknown): unknown {
  const [problem, ...others] = problemsOf({ [key]: value });
  assert.ok(problem, `${key} may be ${String(value)}`);
  assert.deepEqual(others, []);
  assert.equal(problem.id, `openwebuiSync.${key}`);
  assert.notEqual(problem.expected, '');
  return problem.used;
}

const reading = (values: Partial<Record<SettingKey, unknown>>) => ({ get: (key: SettingKey) => values[key] });

describe('settings that were typed by hand', () => {
  it('are no problem as they come, nor where nothing is said', () => {
    const defaults = (id: string): unknown => properties.get(id)?.default;
    assert.deepEqual(checkSettings(properties, defaults), []);
    assert.deepEqual(problemsOf({}), []);
  });

  it('cannot be another type, and mean the default then', () => {
    for (const [id, { default: fallback, type }] of properties) {
      const key = id.replace('openwebuiSync.', '') as SettingKey;
      const wrong = type === 'object' || type === 'array' ? 'text' : { some: 'object' };
      assert.deepEqual(usedOf(key, wrong), fallback, id);
      assert.deepEqual(usedOf(key, null), fallback, id);
    }
  });

  it('are held within their bounds, as the product does', () => {
    for (const [key, { minimum, maximum }] of Object.entries(NUMBER_RANGES)) {
      const setting = key as keyof typeof NUMBER_RANGES;
      for (const beyond of [minimum - 1, maximum + 1]) {
        assert.equal(usedOf(setting, beyond), parseNumber(reading({ [setting]: beyond }), setting), key);
      }
    }
  });

  it('mean what the parsers make of them', () => {
    assert.equal(usedOf('timer.dailyAt', '25:00'), parseDailyAt(reading({ 'timer.dailyAt': '25:00' })));
    assert.equal(usedOf('timer.schedule', 'often'), 'off');
    assert.equal(parseSchedule(reading({ 'timer.schedule': 'often' })).kind, 'off');
    assert.equal(
      usedOf('statusBar.visible', 'no'),
      parseStatusBarVisible(reading({ 'statusBar.visible': 'no' })),
    );
    assert.equal(usedOf('export.afterSync', 1), parseExportAfterSync(reading({ 'export.afterSync': 1 })));
  });

  it('say that the folder of reports is an absolute path', () => {
    assert.equal(usedOf('reports.folder', 'my/reports'), '');
    assert.equal(parseReportsFolder(reading({ 'reports.folder': 'my/reports' })), undefined);
    assert.deepEqual(problemsOf({ 'reports.folder': '/srv/reports' }), []);
    assert.match(problemsOf({ 'reports.folder': 'x' })[0]?.expected ?? '', /\S/);
  });

  it('may be fractions: they are rounded', () => {
    assert.deepEqual(problemsOf({ 'timer.customMinutes': 7.5 }), []);
  });
});

describe('the message about settings', () => {
  it('names the setting, what it takes and what counts instead', () => {
    const [problem] = problemsOf({ 'requests.retries': 99 });
    assert.ok(problem);
    assert.equal(
      settingProblemText([problem]),
      'openwebuiSync.requests.retries cannot be 99. It takes a number from 0 to 10. Used instead: 10.',
    );
  });

  it('is one for several settings', () => {
    const [first, ...others] = problemsOf({ 'requests.retries': 99, reconcileHours: -1 });
    assert.ok(first);
    const text = settingProblemText([first, ...others]);
    assert.match(text, /openwebuiSync\.reconcileHours, openwebuiSync\.requests\.retries/);
  });

  it('does not repeat a long value whole', () => {
    const [problem] = problemsOf({ 'requests.retries': 'x'.repeat(5000) });
    assert.ok(problem);
    assert.ok(settingProblemText([problem]).length < 250);
  });

  it('comes once per value, and again for another one or one that was mended meanwhile', () => {
    const first = settingNews(problemsOf({ 'requests.retries': 99 }), {});
    assert.equal(first.news.length, 1);
    assert.equal(settingNews(problemsOf({ 'requests.retries': 99 }), first.told).news.length, 0);
    assert.equal(settingNews(problemsOf({ 'requests.retries': 98 }), first.told).news.length, 1);
    const mended = settingNews(problemsOf({ 'requests.retries': 3 }), first.told);
    assert.equal(settingNews(problemsOf({ 'requests.retries': 99 }), mended.told).news.length, 1);
  });
});
