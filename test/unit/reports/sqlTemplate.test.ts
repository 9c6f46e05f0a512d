import assert from 'node:assert/strict';
import { REPORTS } from '../../../src/reports/catalogue';
import { METRICS } from '../../../src/reports/metrics';
import { expandSql, inlineParameters } from '../../../src/reports/sqlTemplate';

describe('report SQL', () => {
  it('takes metrics from their one definition', () => {
    assert.equal(expandSql('SELECT {{turns}} AS turns'), `SELECT ${METRICS.turns.sql} AS turns`);
  });

  it('refuses names that nothing defines', () => {
    assert.throws(() => expandSql('SELECT {{profit}}'), /\{\{profit\}\}/u);
  });

  it('becomes a statement of its own when its parameters are put in', () => {
    const sql = inlineParameters('SELECT :name, :count, :none, :other', {
      name: `O'Brien`,
      count: 3,
      none: null,
    });
    assert.equal(sql, `SELECT 'O''Brien', 3, NULL, :other`);
  });

  for (const report of REPORTS) {
    it(`of "${report.id}" names only what exists`, () => {
      for (const { sql } of Object.values(report.datasets)) {
        assert.ok(!expandSql(sql).includes('{{'));
      }
    });

    it(`of "${report.id}" serves each block from a dataset of the report`, () => {
      const used = report.sections.flatMap(({ blocks }) => blocks.map(({ dataset }) => dataset));
      assert.deepEqual(
        [...new Set(used)].filter((id) => !Object.hasOwn(report.datasets, id)),
        [],
      );
    });
  }
});
