import assert from 'node:assert/strict';
import { REPORTS } from '../../../src/reports/catalogue';
import { METRICS } from '../../../src/reports/metrics/metrics';
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

  it('names the view of a condition by its alias, and refuses others', () => {
    assert.match(expandSql('{{in_scope(g)}}'), /^\+g\.instance_id IN /u);
    assert.throws(() => expandSql('{{in_scope(x)}}'), /"x" is no alias/u);
  });

  it('has no condition for a filter that leaves nothing out', () => {
    const context = { access: 'index', filter: { users: [], models: [], withoutDeleted: false } } as const;
    assert.equal(expandSql('{{in_period(t)}}', context), expandSql('{{in_period(t)}}'));
  });

  it('applies every filter in every condition', () => {
    const filter = {
      users: [1],
      groups: [2],
      roles: ['user'],
      models: ['m'],
      withoutDeleted: true,
      withoutSyncAccount: true,
    };
    for (const condition of [
      'in_scope',
      'in_period',
      'in_previous_period',
      'in_period_by_index',
      'in_bucket',
    ]) {
      for (const alias of ['t', 'g', 'c', 'm']) {
        const sql = expandSql(`{{${condition}(${alias})}}`, { access: 'index', filter });
        for (const part of [':users', ':groups', ':roles', ':models', 'is_deleted = 0', 'sync_user_id']) {
          assert.ok(sql.includes(part), `${condition}(${alias}) has no ${part}`);
        }
      }
    }
  });

  for (const report of REPORTS) {
    it(`of "${report.id}" names only what exists`, () => {
      for (const dataset of Object.values(report.datasets)) {
        assert.ok(!('sql' in dataset) || !expandSql(dataset.sql).includes('{{'));
      }
    });

    it(`of "${report.id}" serves each block from datasets of the report`, () => {
      const used = report.sections.flatMap(({ blocks }) =>
        blocks.flatMap((block) => (block.type === 'text' ? block.datasets : [block.dataset])),
      );
      assert.deepEqual(
        [...new Set(used)].filter((id) => !Object.hasOwn(report.datasets, id)),
        [],
      );
    });
  }
});
