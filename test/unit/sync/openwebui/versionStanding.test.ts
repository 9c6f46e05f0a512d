import assert from 'node:assert/strict';
import {
  versionNote,
  versionStanding,
  type VersionStanding,
} from '../../../../src/sync/openwebui/versionStanding';

describe('versionStanding', () => {
  const cases: Readonly<Record<VersionStanding, readonly string[]>> = {
    tested: [
      '0.5',
      '0.5.0',
      '0.5.20',
      '0.6.36',
      '0.9.6',
      '0.12.4',
      '0.12.99',
      '0.12.9-dev',
      'v0.12.4',
      '0.5.0-rc1',
    ],
    newer: ['0.13.0', '0.13.0-dev', '0.13', '0.100.1', '1.0.0', '2.0'],
    older: ['0.4.8', '0.1.0', '0.0.1', '0.4.9-beta'],
    unknown: ['', 'main', 'dev', '12', 'x0.12', 'latest (0.12)'],
  };
  for (const [standing, versions] of Object.entries(cases)) {
    for (const version of versions) {
      it(`takes “${version}” for ${standing}`, () => assert.equal(versionStanding(version), standing));
    }
  }

  it('says nothing of a tested version, and one sentence more of any other', () => {
    assert.equal(versionNote('0.12.4'), undefined);
    assert.equal(versionNote('0.13.1')?.code, 'versionNewer');
    assert.match(
      versionNote('0.13.1')?.message ?? '',
      /^Open WebUI 0\.13\.1 is newer than 0\.12, the newest version .* tested with\. It is read by trying/,
    );
    assert.match(versionNote('0.4.8')?.message ?? '', /0\.4\.8 is older than 0\.5/);
    assert.match(versionNote('main')?.message ?? '', /“main”/);
  });

  it('does not repeat a text of any length', () => {
    assert.ok((versionNote('x'.repeat(1000))?.message.length ?? 0) < 300);
  });
});
