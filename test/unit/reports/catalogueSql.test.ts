import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowsOf } from '../../../src/store/resultSet';
import { nativeSqlite } from '../store/nativeSqlite';
import { busyWeek, type WeekMirror } from './catalogueMirror';
import { allStatements } from './catalogueStatements';

/** Every metric that has SQL, as a statement that anybody can run on the file. */
const STATEMENTS = allStatements().map(
  ({ id, aggregate, from }) => [id, `SELECT ${aggregate} AS value FROM ${from}`] as const,
);

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
