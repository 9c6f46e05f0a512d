import assert from 'node:assert/strict';
import { postgresReleases } from '../../../scripts/lib/portablePostgres.mjs';
import { assertVersion, OLDEST_POSTGRES } from '../../../src/warehouse/serverChecks';

const Lake = { name: 'Lake' };

describe('the version that a warehouse says it is', () => {
  const taken = [
    'PostgreSQL 14.0 on x86_64-pc-linux-gnu, compiled by gcc (GCC) 11.2.0, 64-bit',
    'PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit',
    'PostgreSQL 16.3, compiled by Visual C++ build 1938, 64-bit',
    'PostgreSQL 16.4 (EnterpriseDB Advanced Server 16.4.1) on x86_64-pc-linux-gnu, compiled by gcc, 64-bit',
    'PostgreSQL 18beta1 on aarch64-apple-darwin, compiled by clang, 64-bit',
    'PostgreSQL 19devel on x86_64-pc-linux-gnu, compiled by gcc, 64-bit',
  ];
  for (const version of taken) {
    it(`may be ${version.slice(0, 50)}`, () => {
      assertVersion(version, Lake);
    });
  }

  const old = {
    'PostgreSQL 13.23': 'PostgreSQL 13.23 on x86_64-pc-linux-gnu, compiled by gcc, 64-bit',
    'PostgreSQL 9.6.24': 'PostgreSQL 9.6.24 on x86_64-pc-linux-gnu, compiled by gcc, 64-bit',
    'PostgreSQL 8.0.2': 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc, Redshift 1.0.38698',
    'PostgreSQL 12.12 (Greenplum Database 7.1.0)':
      'PostgreSQL 12.12 (Greenplum Database 7.1.0) on x86_64-pc-linux-gnu, compiled by gcc, 64-bit',
    'PostgreSQL 12.3': 'PostgreSQL 12.3, compiled by Visual C++ build 1914, 64-bit, QuestDB',
  };
  for (const [shown, version] of Object.entries(old)) {
    it(`is too old as ${shown}`, () => {
      assert.throws(() => assertVersion(version, Lake), {
        name: 'WarehouseError',
        message: `The warehouse Lake is ${shown}. PostgreSQL 14 or later is needed.`,
      });
    });
  }

  const others = {
    'CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu':
      'CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu, built 2024/05/15 21:28:29, go1.22.2)',
    'PostgreSQL 15.2-YB-2.25.1.0-b0':
      'PostgreSQL 15.2-YB-2.25.1.0-b0 on x86_64-pc-linux-gnu, compiled by clang',
    'PostgreSQL 14.0.0-RisingWave-2.5.0 (a1b2c3)': 'PostgreSQL 14.0.0-RisingWave-2.5.0 (a1b2c3)',
    'CrateDB 5.7.1 (built 0ab1c2d/2024-05-06T10:00:00Z':
      'CrateDB 5.7.1 (built 0ab1c2d/2024-05-06T10:00:00Z, Linux)',
    '': '',
  };
  for (const [shown, version] of Object.entries(others)) {
    it(`is none as "${shown}"`, () => {
      assert.throws(() => assertVersion(version, Lake), {
        name: 'WarehouseError',
        message: `The warehouse Lake is not a PostgreSQL: it says "${shown}". A push needs PostgreSQL 14 or later.`,
      });
    });
  }

  it('is tested with the oldest that is promised', () => {
    assert.match(postgresReleases.oldest, new RegExp(`^${OLDEST_POSTGRES}\\.`, 'u'));
  });
});
