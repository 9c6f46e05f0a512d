import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS, parseReportSettings } from '../../../../src/reports/reportSettings';
import { scrollTopOf, type SavedPage } from '../../../../src/webview/report/savedPage';

describe('what a report page keeps', () => {
  const saved: SavedPage = { reportId: 'overview', ...DEFAULT_SETTINGS, scrollTop: 320 };

  it('holds its place', () => {
    assert.equal(scrollTopOf(JSON.parse(JSON.stringify(saved))), 320);
  });

  it('holds the settings that the extension restores the tab from', () => {
    assert.deepEqual(parseReportSettings(JSON.parse(JSON.stringify(saved))), {
      reportId: 'overview',
      ...DEFAULT_SETTINGS,
    });
  });

  it('is the top of the page when it cannot be read', () => {
    for (const broken of [
      undefined,
      null,
      'x',
      {},
      { scrollTop: 'x' },
      { scrollTop: -3 },
      { scrollTop: NaN },
    ]) {
      assert.equal(scrollTopOf(broken), 0);
    }
  });
});
