import assert from 'node:assert/strict';
import { copiedRow, RowEncoder } from '../../../src/warehouse/push/encodeRow';

const encoder = new RowEncoder(['bigint', 'text', 'double', 'bytes', 'text']);
const digest = (...row: Parameters<RowEncoder['encode']>[0]): string => encoder.encode(row).digest;

describe('a row on its way to PostgreSQL', () => {
  it('is written as COPY reads it: lengths and big-endian values', () => {
    const { fields } = encoder.encode([1, 'é', 0.5, new Uint8Array([7]), null]);
    assert.equal(
      fields.toString('hex'),
      [
        ...['00000008', '0000000000000001', '00000002', 'c3a9', '00000008', '3fe0000000000000'],
        ...['00000001', '07', 'ffffffff'],
      ].join(''),
    );
  });

  it('has its digest as one more field', () => {
    const row = encoder.encode([1, 'a', 1, null, null]);
    const copied = copiedRow(row, 5);
    assert.equal(copied.readInt16BE(0), 6);
    assert.equal(copied.readBigInt64BE(copied.length - 8).toString(), row.digest);
  });

  it('has another digest when any cell is another one', () => {
    const same = digest(1, 'a', 0.5, null, null);
    assert.equal(digest(1, 'a', 0.5, null, null), same);
    for (const other of [
      digest(2, 'a', 0.5, null, null),
      digest(1, 'b', 0.5, null, null),
      digest(1, null, 0.5, null, null),
      digest(1, '', 0.5, null, null),
      digest(1, 'a', 0.25, null, null),
      digest(1, 'a', 0.5, new Uint8Array(), null),
      digest(1, 'a', 0.5, null, ''),
    ]) {
      assert.notEqual(other, same);
    }
  });

  it('keeps its digest when a column is added that holds nothing', () => {
    const wider = new RowEncoder(['bigint', 'text', 'double', 'bytes', 'text', 'bigint', 'text']);
    assert.equal(
      wider.encode([1, 'a', 0.5, null, 'end', null, null]).digest,
      digest(1, 'a', 0.5, null, 'end'),
    );
  });

  it('keeps integers to the last digit, and brings what lies beyond to the outermost', () => {
    const integer = new RowEncoder(['bigint']);
    const value = (cell: number | bigint | string): string =>
      integer.encode([cell]).fields.readBigInt64BE(4).toString();
    assert.equal(value(9_007_199_254_740_993n), '9007199254740993');
    assert.equal(value(-5), '-5');
    assert.equal(value('42'), '42');
    assert.equal(value(2.5), '3');
    assert.equal(value(1e300), '9223372036854775807');
    assert.equal(value(-Infinity), '-9223372036854775808');
    assert.throws(() => integer.encode(['many']), /a number is expected/u);
  });

  it('shows U+0000, which PostgreSQL refuses, and keeps infinities', () => {
    const { fields } = new RowEncoder(['text', 'double']).encode(['a\0b', Infinity]);
    assert.equal(fields.subarray(4, 4 + fields.readInt32BE(0)).toString(), 'a\u2400b');
    assert.equal(fields.readDoubleBE(fields.length - 8), Infinity);
  });

  it('may be longer than the buffer that it is written into', () => {
    const long = 'x'.repeat(300_000);
    const { fields } = new RowEncoder(['text']).encode([long]);
    assert.equal(fields.subarray(4).toString(), long);
  });
});
