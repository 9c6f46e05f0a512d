import assert from 'node:assert/strict';
import { expandSql, type Access } from '../../../src/reports/sqlTemplate';
import { usageReport } from '../../../src/reports/usage/usageReport';
import { PROMISED_QUERIES } from '../../promisedQueries';
import { TestMirror } from './mirror';

const TABLE = 'SCAN m';
const BY_DAY = 'SEARCH m USING INDEX message_by_day (day>? AND day<?)';
const DAYS_ALONE = 'SEARCH m USING COVERING INDEX message_by_day (day>? AND day<?)';
const ONE_DAY_OF_USER =
  'SEARCH m USING INDEX message_by_day (day=? AND instance_id=? AND role=? AND user_id=?)';
const BY_CHAT = 'SEARCH m USING COVERING INDEX message_by_chat (chat_id=?)';
const CHATS_ALONE = 'SEARCH m EXISTS USING COVERING INDEX message_by_chat (chat_id=? AND day>? AND day<?)';
const ANSWERS_ALONE = 'SEARCH m USING COVERING INDEX message_answers (instance_id=?)';

/** All ways in which a dataset finds messages: of a small part of the days, and of most of them. */
const EXPECTED: Readonly<Record<string, Readonly<Record<Access, readonly string[]>>>> = {
  totals: { index: [BY_DAY], scan: [TABLE] },
  deleted_chats: { index: [CHATS_ALONE], scan: [CHATS_ALONE] },
  by_bucket: { index: [DAYS_ALONE], scan: [DAYS_ALONE] },
  by_hour: { index: [BY_DAY], scan: [TABLE] },
  by_user: { index: [BY_DAY, ONE_DAY_OF_USER], scan: [BY_CHAT, ONE_DAY_OF_USER] },
  by_model: { index: [BY_DAY], scan: [ANSWERS_ALONE] },
  model_by_bucket: { index: [BY_DAY], scan: [ANSWERS_ALONE] },
  by_instance: {
    index: [DAYS_ALONE, BY_DAY, CHATS_ALONE],
    scan: [DAYS_ALONE, ANSWERS_ALONE, CHATS_ALONE],
  },
  instance_by_bucket: { index: [DAYS_ALONE], scan: [DAYS_ALONE] },
};

/** Datasets that sort no message, whatever they read. */
const IN_ORDER = ['totals', 'by_bucket', 'by_user'];

describe('The plan of', () => {
  let mirror: TestMirror;
  before(async () => (mirror = await TestMirror.create()));
  after(() => mirror.dispose());

  for (const [id, { sql }] of Object.entries(usageReport.datasets)) {
    for (const access of ['index', 'scan'] as const) {
      it(`the dataset ${id} finds messages as expected, by ${access}`, () => {
        const steps = mirror.plan(expandSql(sql, access), {});
        const ofMessages = new Set(steps.filter((step) => /^(?:SEARCH|SCAN) m\b/u.test(step)));
        assert.deepEqual([...ofMessages], EXPECTED[id]?.[access]);
      });
    }
  }

  for (const id of IN_ORDER) {
    it(`the dataset ${id} sorts no messages`, () => {
      const steps = mirror.plan(expandSql(usageReport.datasets[id]?.sql ?? '', 'scan'), {});
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
