import assert from 'node:assert/strict';
import { EXPORTED_TABLES } from '../../../src/exports/tables/exportedTables';
import { monthSql, monthTexts, partitionSql } from '../../../src/exports/tables/partitions';
import { SqliteDatabase } from '../../../src/store/sqlite/sqlite';

describe('the partitions of a table', () => {
  const tables = {
    day: EXPORTED_TABLES.find(({ month }) => month?.kind === 'day'),
    text: EXPORTED_TABLES.find(({ month }) => month?.kind === 'text'),
  };
  const day = (date: string): number => Date.parse(date) / 86_400_000;
  const values = {
    day: [
      ...['2024-01-31', '2024-02-01', '2024-02-29', '2024-03-01', '2026-12-31', '2027-01-01'].map(day),
      ...['0000-01-01', '0099-12-31', '1969-12-31', '9999-12-31'].map(day),
      ...[day('0000-01-01') - 1, day('9999-12-31') + 1, 10 ** 12, -(10 ** 12), null],
    ],
    text: [
      '2024-02-29 23:59:59',
      '2024-03-01 00:00:00',
      '0001-01-01 00:00:00',
      '9999-12-31 23:59:59',
      '',
      null,
    ],
  };

  for (const kind of ['day', 'text'] as const) {
    it(`hold each row once, those without a month of the calendar too (${kind})`, async () => {
      const table = tables[kind];
      assert.ok(table?.month !== undefined);
      const column = table.month.column.replace('t.', '');
      const database = await SqliteDatabase.open();
      try {
        database.script(`CREATE TABLE t (id INTEGER PRIMARY KEY, ${column})`);
        values[kind].forEach((value) => database.run(`INSERT INTO t (${column}) VALUES (?)`, [value]));
        const monthOf = monthTexts(kind);
        const months = database
          .all<[string | number | null]>(`SELECT ${monthSql(table.month)} FROM t`)
          .map(([value]) => monthOf(value));
        const found = [...new Set(months)].flatMap((month) => {
          const { where, values: bound } = partitionSql(table, { month });
          return database
            .all<[number]>(`SELECT id FROM t WHERE ${where.join(' AND ')}`, bound)
            .map(([id]) => [id, month]);
        });
        assert.deepEqual(
          found.sort(([a], [b]) => Number(a) - Number(b)),
          months.map((month, index) => [index + 1, month]),
        );
      } finally {
        database.close();
      }
    });
  }
});
