import assert from 'node:assert/strict';
import { healthReport } from '../../../src/reports/health/healthReport';
import { modelsReport } from '../../../src/reports/models/modelsReport';
import { expandSql, type Access } from '../../../src/reports/sqlTemplate';
import { TestMirror } from './mirror';

const DATASETS = { ...healthReport.datasets, ...modelsReport.datasets };

const BY_DAY = 'SEARCH m USING INDEX message_by_day (day>? AND day<?)';
const ANSWERS_ALONE = 'SEARCH m USING COVERING INDEX message_answers (instance_id=?)';
const TABLE = 'SCAN m';

/** How datasets find messages of most of the days: what the index of answers holds is read from it alone. */
const OF_MOST_DAYS: Readonly<Record<string, string>> = {
  totals: ANSWERS_ALONE,
  users_by_model: ANSWERS_ALONE,
  model_by_bucket: ANSWERS_ALONE,
  model_days: ANSWERS_ALONE,
  answers: ANSWERS_ALONE,
  again: ANSWERS_ALONE,
  lengths: TABLE,
  durations: TABLE,
  speeds: TABLE,
  coverage: ANSWERS_ALONE,
  generation_facts: ANSWERS_ALONE,
  message_facts: TABLE,
};

/** How they find those of a few days. */
const OF_A_FEW_DAYS: Readonly<Record<string, string>> = {
  totals: BY_DAY,
  by_model: BY_DAY,
  users_by_model: BY_DAY,
  model_by_bucket: BY_DAY,
  answers: BY_DAY,
  coverage: BY_DAY,
  generation_facts: BY_DAY,
  message_facts: BY_DAY,
};

describe('The plan of the models and health reports', () => {
  let mirror: TestMirror;
  before(async () => (mirror = await TestMirror.create()));
  after(() => mirror.dispose());

  function waysToMessages(id: string, access: Access): string[] {
    const dataset = DATASETS[id];
    assert.ok(dataset !== undefined && 'sql' in dataset, id);
    const steps = mirror.plan(expandSql(dataset.sql, { access, filter: {} }), {});
    return [
      ...new Set(steps.filter((step) => /^(?:SEARCH|SCAN) m\b/u.test(step) && !step.includes('models'))),
    ];
  }

  for (const [id, way] of Object.entries(OF_MOST_DAYS)) {
    it(`reads ${id} of most days as expected`, () => assert.deepEqual(waysToMessages(id, 'scan'), [way]));
  }

  for (const [id, way] of Object.entries(OF_A_FEW_DAYS)) {
    it(`reads ${id} of a few days as expected`, () => assert.deepEqual(waysToMessages(id, 'index'), [way]));
  }

  it('finds the reply before another one by id, whatever the period', () => {
    for (const access of ['index', 'scan'] as const) {
      const dataset = DATASETS['switches'];
      assert.ok(dataset !== undefined && 'sql' in dataset);
      const steps = mirror.plan(expandSql(dataset.sql, { access, filter: {} }), {});
      assert.ok(steps.includes('SEARCH u USING INTEGER PRIMARY KEY (rowid=?)'), steps.join('\n'));
      assert.ok(!steps.some((step) => /AUTOMATIC/u.test(step)), steps.join('\n'));
    }
  });
});
