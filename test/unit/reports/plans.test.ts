import assert from 'node:assert/strict';
import { expandSql, type Access } from '../../../src/reports/sqlTemplate';
import { usageReport } from '../../../src/reports/usage/usageReport';
import { PROMISED_QUERIES } from '../../promisedQueries';
import { TestMirror } from './mirror';

/** How each dataset must find its messages: by the index on days for a part of them, else in this way. */
const BY_DAY = /^SEARCH m USING INDEX message_by_day \(day>\? AND day<\?\)$/u;
const BY_DAY_ALONE = /^SEARCH m USING COVERING INDEX message_by_day \(day>\? AND day<\?\)$/u;
const BY_CHAT = /^SEARCH m (?:EXISTS )?USING INDEX message_by_chat \(chat_id=\?\)$/u;
const ANSWERS_ALONE = /^SCAN m USING COVERING INDEX message_answers$/u;
const TABLE = /^SCAN m$/u;

const EXPECTED: Readonly<Record<string, Readonly<Record<Access, RegExp>>>> = {
  totals: { index: BY_DAY, scan: TABLE },
  deleted_chats: { index: BY_CHAT, scan: BY_CHAT },
  by_bucket: { index: BY_DAY_ALONE, scan: BY_DAY_ALONE },
  by_hour: { index: BY_DAY, scan: TABLE },
  by_user: { index: BY_DAY, scan: BY_CHAT },
  by_model: { index: BY_DAY, scan: ANSWERS_ALONE },
  model_by_bucket: { index: BY_DAY, scan: ANSWERS_ALONE },
  by_instance: { index: BY_DAY, scan: BY_CHAT },
  instance_by_bucket: { index: BY_DAY_ALONE, scan: BY_DAY_ALONE },
};

/** Datasets that would sort every message where they could come in order. */
const IN_ORDER = ['totals', 'by_bucket', 'by_user', 'by_model', 'by_instance'];

describe('The plan of', () => {
  let mirror: TestMirror;
  before(async () => (mirror = await TestMirror.create()));
  after(() => mirror.dispose());

  for (const [id, { sql }] of Object.entries(usageReport.datasets)) {
    for (const access of ['index', 'scan'] as const) {
      it(`${id} finds messages by ${access}`, () => {
        const steps = mirror.plan(expandSql(sql, access), {});
        const ofMessages = steps.filter((step) => /^(?:SEARCH|SCAN) m\b/u.test(step));
        assert.ok(ofMessages.length > 0);
        for (const step of ofMessages) {
          assert.match(step, EXPECTED[id]?.[access] ?? /^$/u);
        }
      });
    }
  }

  for (const id of IN_ORDER) {
    it(`${id} does not sort what it reads of most messages`, () => {
      const steps = mirror.plan(expandSql(usageReport.datasets[id]?.sql ?? '', 'scan'), {});
      assert.ok(!steps.includes('USE TEMP B-TREE FOR GROUP BY'), steps.join('\n'));
    });
  }

  for (const [name, sql] of Object.entries(PROMISED_QUERIES)) {
    it(`the promised query "${name}" reads each table once`, () => {
      const steps = mirror.plan(sql, {}).filter((step) => /^(?:SEARCH|SCAN) /u.test(step));
      assert.ok(steps.filter((step) => step.startsWith('SCAN ')).length <= 1, steps.join('\n'));
      assert.ok(!steps.some((step) => step.includes('message_text')), steps.join('\n'));
    });
  }
});
