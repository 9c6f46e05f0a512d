import assert from 'node:assert/strict';
import { reportStatement, valuesNeeded } from '../../../../src/extension/ownReports/reportStatement';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';

const FROM = `date(86400 * :from_day, 'unixepoch')`;
const TO = `date(86400 * :to_day, 'unixepoch')`;

describe('a query as the statement of a report', () => {
  it('follows the period of the page where it names :from and :to', async () => {
    const sql = reportStatement('SELECT 1 FROM v_turns WHERE date BETWEEN :from AND @To', {});
    assert.equal(sql, `SELECT 1 FROM v_turns WHERE date BETWEEN ${FROM} AND ${TO}`);
    const database = await SqliteDatabase.open();
    const { rows } = database.select(reportStatement('SELECT :from, :to', {}), 1, {
      from_day: 20_454,
      to_day: 20_484,
    });
    database.close();
    assert.deepEqual(rows, [['2026-01-01', '2026-01-31']]);
  });

  it('has the values of all others written into it, safe whatever they hold', () => {
    const sql = `SELECT ':name', "a:b" FROM users WHERE id = :id AND name = $name AND x IS :nothing -- :id`;
    assert.equal(
      reportStatement(sql, { ':id': 7, $name: `O'Hara' OR 1 --`, ':nothing': null }),
      `SELECT ':name', "a:b" FROM users WHERE id = 7 AND name = 'O''Hara'' OR 1 --' AND x IS NULL -- :id`,
    );
  });

  it('makes no comment of a number below zero', () => {
    assert.equal(reportStatement('SELECT a-:b', { ':b': -1 }), 'SELECT a-(-1)');
  });

  it('keeps what the page gives, and needs values for the others alone', () => {
    const sql = 'SELECT :instance, :from, :to, :from_day, @today, :instances, :model';
    assert.deepEqual(valuesNeeded(sql), [':instance', ':model']);
    assert.equal(
      reportStatement('SELECT :from_day, @today, :instances', {}),
      'SELECT :from_day, :today, :instances',
    );
  });
});
