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
  ] as const) {
    it(`of ${instanceName ?? 'all instances'} is ${expected}`, () => {
      assert.equal(exportFileName({ reportId: 'usage', instanceName }, '2026-03-31'), expected);
    });
  }

  it('stays short', () => {
    const name = exportFileName({ reportId: 'usage', instanceName: 'x'.repeat(500) }, '2026-03-31');
    assert.ok(name.length < 100);
  });
});
