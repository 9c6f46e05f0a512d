import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { rowsOf } from '../../../src/store/resultSet';
import { nativeSqlite } from '../store/nativeSqlite';
import { anySaid, WeekMirror } from './catalogueMirror';
import { allStatements } from './catalogueStatements';

/** Every metric that has SQL, as a statement that anybody can run on the file. */
const STATEMENTS = allStatements().map(
  ({ id, aggregate, from }) => [id, `SELECT ${aggregate} AS value FROM ${from}`] as const,
);

/** A busy week, the same each time. */
async function busyWeek(): Promise<WeekMirror> {
  const week = await WeekMirror.create('UTC');
  week.write(fc.sample(anySaid, { numRuns: 300, seed: 7 }));
  week.mirror.run(`UPDATE chats SET current_message_id =
    (SELECT m.remote_id FROM message m WHERE m.chat_id = chats.id AND m.is_active_branch = 1 ORDER BY m.id DESC LIMIT 1)`);
  week.mirror
    .run(`INSERT INTO message_sources (message_id, kind, use, remote_id, times, instance_id, sync_datetime,
      sync_datetime_epoch)
    SELECT m.id, CASE m.id % 3 WHEN 0 THEN 'tool' WHEN 1 THEN 'web' ELSE 'file' END,
      CASE m.id % 3 WHEN 2 THEN 'cited' ELSE 'called' END, 'any', 1 + m.id % 2, m.instance_id, '', 0
    FROM message m WHERE m.role = 'assistant'`);
  for (let day = 6; day <= 9; day++) {
    week.mirror.bill(week.instances[0], 'gpt-4o', `2026-03-0${day}`, 12.5, { isOpen: true });
  }
  week.mirror.spread();
  return week;
}

describe('Every metric', () => {
  let week: WeekMirror;
  before(async () => (week = await busyWeek()));
  after(() => week.mirror.dispose());

  async function valueOf(sql: string): Promise<unknown> {
    return rowsOf(await week.mirror.query(sql))[0]?.['value'];
  }

  for (const [id, sql] of STATEMENTS) {
    it(`${id} is a statement on a public view that has a number`, async () => {
      assert.equal(typeof (await valueOf(sql)), 'number', sql);
    });
  }

  it('gives the same number in the sqlite3 program on the file', async function () {
    const ask = nativeSqlite();
    if (ask === undefined) {
      this.skip();
    }
    const folder = mkdtempSync(join(tmpdir(), 'metrics-'));
    try {
      const file = join(folder, 'mirror.db');
      writeFileSync(file, week.mirror.bytes());
      const lines = ask(
        file,
        STATEMENTS.map(([id, sql]) => `SELECT '${id}', quote(value) FROM (${sql});`).join('\n'),
      );
      const found = new Map(
        lines
          .trim()
          .split('\n')
          .map((line) => line.split('|') as [string, string]),
      );
      for (const [id, sql] of STATEMENTS) {
        const [ours, theirs] = [Number(await valueOf(sql)), Number(found.get(id))];
        assert.ok(Math.abs(ours - theirs) <= 1e-12 * Math.abs(ours), `${id}: ${ours} here, ${theirs} there`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
