import assert from 'node:assert/strict';
import { CSV, TSV, delimitedLine, delimitedLines } from '../../../../src/reports/export/csv';
import { insertLines } from '../../../../src/reports/export/sqlInsert';
import type { Cell } from '../../../../src/store/resultSet';
import { resultOf } from '../../sql/resultBuilder';

const csv = (...cells: Cell[]): string => delimitedLine(cells, CSV);

describe('CSV', () => {
  it('is RFC 4180: commas, doubled quotes, CRLF', () => {
    assert.equal(csv('a', 'b,c', 'say "hi"', 'two\nlines'), 'a,"b,c","say ""hi""","two\nlines"\r\n');
  });

  it('tells NULL by an empty field and keeps every digit', () => {
    assert.equal(csv(null, 9007199254740993n, 0.5, new Uint8Array([1])), ",9007199254740993,0.5,x'01'\r\n");
  });

  it('makes formulas in text harmless and leaves negative numbers alone', () => {
    assert.equal(csv('=1+1', '+a', '-1+2', '@x', -1, -2n), "'=1+1,'+a,'-1+2,'@x,-1,-2\r\n");
    assert.equal(csv('-1', '+1.5', '-2e3', '-.5', '-'), "-1,+1.5,-2e3,-.5,'-\r\n");
    assert.equal(csv('\t=1'), "'\t=1\r\n");
  });

  it('keeps spaces at the edges by quotes', () => {
    assert.equal(csv(' a'), '" a"\r\n');
  });

  it('has no empty line, which readers skip', () => {
    assert.deepEqual([csv(null), csv(''), csv(null, '')], ['""\r\n', '""\r\n', ',\r\n']);
  });

  it('begins with the column names', () => {
    const result = resultOf({ id: [1, 2], '=x': ['a', null] });
    assert.deepEqual([...delimitedLines(result, CSV)], ["id,'=x\r\n", '1,a\r\n', '2,\r\n']);
    assert.deepEqual([...delimitedLines(result, { ...TSV, hasHeader: false })], ['1\ta\n', '2\t\n']);
  });
});

describe('rows as statements of SQL', () => {
  it('give numbers beyond all back, for which SQL has no word', () => {
    assert.deepEqual(
      [...insertLines(resultOf({ n: [Infinity, -Infinity, 0.5] }), false)],
      ['9e999', '-9e999', '0.5'].map((value) => `INSERT INTO result VALUES (${value});\n`),
    );
  });
});
