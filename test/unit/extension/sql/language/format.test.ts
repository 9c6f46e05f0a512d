import assert from 'node:assert/strict';
import { layOut, type FormatOptions } from '../../../../../src/extension/sql/language/format/formatter';
import { formatSql } from '../../../../../src/extension/sql/language/format/formatSql';

const OPTIONS = { tabSize: 2, insertSpaces: true };

const format = (sql: string, options: FormatOptions = OPTIONS): string | undefined =>
  formatSql(sql, options, layOut);

describe('laying out SQL', () => {
  it('gives each clause its line', () => {
    assert.equal(
      format('select u.name, count(*) n from users u where u.role = 1 group by u.id'),
      [
        'select',
        '  u.name,',
        '  count(*) n',
        'from',
        '  users u',
        'where',
        '  u.role = 1',
        'group by',
        '  u.id',
      ].join('\n'),
    );
  });

  it('keeps comments, texts, names and parameters', () => {
    const sql = `-- top users
SELECT 'it''s  2', "a b", [c d] /* why
  not */ FROM users WHERE day >= :from AND day < @to AND n = $limit; -- end

SELECT 2;
`;
    const formatted = format(sql) ?? '';
    assert.ok(formatted.endsWith(';\n'));
    for (const part of ['-- top users', "'it''s  2'", '"a b"', '[c d]', ':from', '@to', '$limit', '-- end']) {
      assert.ok(formatted.includes(part), part);
    }
  });

  it('is the same the second time', () => {
    const once = format('WITH a AS (SELECT 1) SELECT CASE WHEN 1 THEN 2 END FROM a;');
    assert.equal(format(once ?? ''), once);
  });

  it('uses the editor’s tabs', () => {
    assert.match(format('SELECT 1', { tabSize: 4, insertSpaces: false }) ?? '', /\n\t1/);
    assert.match(format('SELECT 1', { tabSize: 4, insertSpaces: true }) ?? '', /\n {4}1/);
  });

  it('leaves alone what it cannot read', () => {
    assert.equal(format("SELECT 'open"), undefined);
    assert.equal(format('SELECT ((1'), undefined);
  });
});
