import assert from 'node:assert/strict';
import { expandSql, type Access } from '../../../src/reports/sqlTemplate';
import { overviewReport } from '../../../src/reports/overview/overviewReport';
import { PROMISED_QUERIES } from '../../promisedQueries';
import { TestMirror } from './mirror';

const TABLE = 'SCAN m';
const DAYS_OF_ALL = 'SCAN m USING COVERING INDEX message_by_day';
const BY_DAY = 'SEARCH m USING INDEX message_by_day (day>? AND day<?)';
const DAYS_ALONE = 'SEARCH m USING COVERING INDEX message_by_day (day>? AND day<?)';
const ONE_DAY_OF_USER =
  'SEARCH m USING INDEX message_by_day (day=? AND instance_id=? AND role=? AND user_id=?)';
const BY_CHAT = 'SEARCH m USING COVERING INDEX message_by_chat (chat_id=?)';
const IN_CHAT = 'SEARCH m EXISTS USING COVERING INDEX message_by_chat (chat_id=?)';
const DAYS_IN_CHAT = 'SEARCH m EXISTS USING COVERING INDEX message_by_chat (chat_id=? AND day>? AND day<?)';
const ANSWERS_ALONE = 'SEARCH m USING COVERING INDEX message_answers (instance_id=?)';
const ANSWERS_OF_ALL = 'SCAN m USING COVERING INDEX message_answers';
const IS_ANSWER = 'SEARCH m EXISTS USING COVERING INDEX message_answers (instance_id=? AND model_id=?)';
const FIRST_DAY = 'SEARCH m USING COVERING INDEX message_by_day';

/** All ways in which a dataset finds messages: of a small part of the days, and of most of them. */
const EXPECTED: Readonly<Record<string, Readonly<Record<Access, readonly string[]>>>> = {
  totals: { index: [DAYS_ALONE, BY_DAY, DAYS_IN_CHAT], scan: [DAYS_OF_ALL, ANSWERS_ALONE, IN_CHAT] },
  quality: { index: [BY_DAY], scan: [TABLE] },
  by_bucket: { index: [DAYS_ALONE], scan: [DAYS_ALONE] },
  by_hour: { index: [BY_DAY], scan: [TABLE] },
  by_user: {
    index: [DAYS_IN_CHAT, DAYS_ALONE, BY_DAY, ONE_DAY_OF_USER],
    scan: [IN_CHAT, BY_CHAT, ONE_DAY_OF_USER],
  },
  by_model: { index: [BY_DAY], scan: [ANSWERS_ALONE] },
  model_by_bucket: { index: [BY_DAY], scan: [ANSWERS_ALONE] },
  by_instance: {
    index: [DAYS_ALONE, BY_DAY, DAYS_IN_CHAT],
    scan: [DAYS_ALONE, ANSWERS_ALONE, DAYS_IN_CHAT],
  },
  instance_by_bucket: { index: [DAYS_ALONE], scan: [DAYS_ALONE] },
  mark_events: { index: [IS_ANSWER], scan: [IS_ANSWER] },
  turn_days: { index: [DAYS_ALONE, FIRST_DAY], scan: [DAYS_ALONE, FIRST_DAY] },
  generation_days: { index: [ANSWERS_OF_ALL], scan: [ANSWERS_ALONE] },
  model_lives: { index: [ANSWERS_OF_ALL], scan: [ANSWERS_ALONE] },
};

/** Datasets that sort no message, whatever they read. */
const IN_ORDER = ['totals', 'by_bucket', 'by_user'];

function sqlOf(id: string): string {
  const dataset = overviewReport.datasets[id];
  return dataset !== undefined && 'sql' in dataset ? dataset.sql : '';
}

describe('The plan of', () => {
  let mirror: TestMirror;
  before(async () => (mirror = await TestMirror.create()));
  after(() => mirror.dispose());

  const queries = Object.keys(overviewReport.datasets).filter((id) => sqlOf(id) !== '');
  for (const id of queries) {
    for (const access of ['index', 'scan'] as const) {
      it(`the dataset ${id} finds messages as expected, by ${access}`, () => {
        const steps = mirror.plan(expandSql(sqlOf(id), { access, filter: {} }), {});
        const ofMessages = new Set(steps.filter((step) => /^(?:SEARCH|SCAN) m\b/u.test(step)));
        assert.deepEqual([...ofMessages], EXPECTED[id]?.[access]);
      });
    }
  }

  for (const id of IN_ORDER) {
    it(`the dataset ${id} sorts no messages`, () => {
      const steps = mirror.plan(expandSql(sqlOf(id), { access: 'scan', filter: {} }), {});
      assert.ok(!steps.includes('USE TEMP B-TREE FOR GROUP BY'), steps.join('\n'));
    });
  }

  for (const [name, sql] of Object.entries(PROMISED_QUERIES)) {
    it(`the promised query "${name}" reads one table from end to end at most, and no text`, () => {
      const steps = mirror.plan(sql, {});
      assert.ok(steps.filter((step) => step.startsWith('SCAN ')).length <= 1, steps.join('\n'));
      assert.ok(!steps.some((step) => step.includes('message_text')), steps.join('\n'));
    });
  }
});
