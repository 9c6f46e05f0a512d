import assert from 'node:assert/strict';
import { exportFileName } from '../../../../src/reports/export/fileName';

describe('the file name of an exported report', () => {
  for (const [instanceName, expected] of [
    [undefined, 'all-usage-2026-03-31.html'],
    ['fasgpt', 'fasgpt-usage-2026-03-31.html'],
    ['Team A / R&D: "beta"', 'team-a-r-d-beta-usage-2026-03-31.html'],
    ['../../etc/passwd', 'etc-passwd-usage-2026-03-31.html'],
    ['Größe 東京', 'größe-東京-usage-2026-03-31.html'],
    ['...', 'instance-usage-2026-03-31.html'],
    ['All', 'instance-all-usage-2026-03-31.html'],
    ['CON.', 'con-usage-2026-03-31.html'],
    [`${'x'.repeat(59)}𝔘𝔫𝔦`, `${'x'.repeat(59)}-usage-2026-03-31.html`],
  ] as const) {
    it(`of ${instanceName ?? 'all instances'} is ${expected}`, () => {
      assert.equal(exportFileName({ reportId: 'usage', instanceName, day: '2026-03-31' }, 'html'), expected);
    });
  }

  it('stays short', () => {
    const name = exportFileName({ reportId: 'usage', instanceName: 'x'.repeat(500) }, 'html');
    assert.ok(name.length < 100);
  });

  it('tells the table and that names are pseudonyms', () => {
    const name = { reportId: 'people', blockId: 'userTable', day: '2026-03-31', isPseudonymised: true };
    assert.equal(exportFileName(name, 'csv'), 'all-people-usertable-pseudonyms-2026-03-31.csv');
  });

  it('tells the warehouse that was read, so that the file of the mirror stays', () => {
    const name = { reportId: 'usage', source: 'Data Lake', instanceName: 'fasgpt' };
    assert.equal(exportFileName(name, 'html'), 'data-lake-fasgpt-usage.html');
  });

  it('leaves the day to the folder', () => {
    assert.equal(exportFileName({ reportId: 'usage' }, 'html'), 'all-usage.html');
  });
});
