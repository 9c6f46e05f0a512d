import assert from 'node:assert/strict';
import { queryOfSettings, settingsOfQuery } from '../../../src/extension/panels/reportLinks';
import { parseSavedConversation } from '../../../src/extension/search/conversationMessages';
import { exportFileName } from '../../../src/reports/export/fileName';
import { DEFAULT_SETTINGS, parseReportSettings } from '../../../src/reports/reportSettings';

const DEMO = { ...DEFAULT_SETTINGS, reportId: 'overview', source: 'demo' } as const;

describe('what tabs, links and files keep of the demo', () => {
  it('comes back with the settings of a report, from a tab and from a link', () => {
    assert.equal(parseReportSettings(JSON.parse(JSON.stringify(DEMO)))?.source, 'demo');
    assert.equal(settingsOfQuery(queryOfSettings(DEMO))?.source, 'demo');
  });

  it('is nothing for the mirror', () => {
    assert.equal(parseReportSettings({ reportId: 'overview' })?.source, undefined);
  });

  it('comes back with a chat', () => {
    assert.deepEqual(parseSavedConversation({ chatId: 7, source: 'demo' }), { chatId: 7, source: 'demo' });
    assert.deepEqual(parseSavedConversation({ chatId: 7 }), { chatId: 7 });
  });

  it('begins the names of exported files', () => {
    const name = { reportId: 'overview', day: '2026-01-30' };
    assert.equal(exportFileName({ ...name, source: 'demo' }, 'html'), 'demo-all-overview-2026-01-30.html');
    assert.equal(exportFileName(name, 'html'), 'all-overview-2026-01-30.html');
  });
});
