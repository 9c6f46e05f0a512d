import assert from 'node:assert/strict';
import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import * as fc from 'fast-check';
import { columnsOf, rowsOf, type Cell, type ResultSet } from '../../../../src/store/resultSet';
import {
  decodeResult,
  encodeResult,
  type EncodedResult,
  type ResultMessage,
} from '../../../../src/store/workers/resultTransfer';

function resultOf(names: readonly string[], rows: readonly (readonly Cell[])[]): ResultSet {
  return { columns: columnsOf(names, rows), rowCount: rows.length, truncated: false, elapsedMs: 1 };
}

/** The rows once more, so that they are enough to be packed. */
function repeated<T>(rows: readonly T[], count: number): readonly T[] {
  return Array.from({ length: count }, (_, index) => rows[index % rows.length] as T);
}

async function sent({ message, buffers }: EncodedResult): Promise<ResultMessage> {
  const { port1, port2 } = new MessageChannel();
  try {
    const received = once(port2, 'message');
    port1.postMessage(message, buffers);
    return ((await received) as [ResultMessage])[0];
  } finally {
    port1.close();
  }
}

const cellsOf = ({ columns }: ResultSet): Cell[][] => columns.map((column) => [...column]);
const isPacked = ({ cells }: ResultMessage): boolean => 'packed' in cells;

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  // Lone surrogates, byte order marks, NUL.
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);
const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, Infinity, -Infinity, Number.MAX_SAFE_INTEGER, 5e-324),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  anyText,
  fc.uint8Array(),
);

describe('a result on its way to another thread', () => {
  it('arrives as it was, whatever its cells hold', () =>
    fc.assert(
      fc.asyncProperty(
        fc
          .integer({ min: 1, max: 4 })
          .chain((width) =>
            fc.array(fc.array(anyCell, { minLength: width, maxLength: width }), { minLength: 1 }),
          ),
        fc.constantFrom(1, 1_001),
        async (rows, count) => {
          const names = (rows[0] ?? []).map((_, index) => `c${index}`);
          const result = resultOf(names, repeated(rows, count));
          const arrived = decodeResult(await sent(encodeResult(result)));
          assert.deepEqual(cellsOf(arrived), cellsOf(result));
          assert.equal(arrived.rowCount, count);
        },
      ),
      { numRuns: 40 },
    ));

  it('goes as arrays up to 1,000 rows and packed above', () => {
    const rows = (count: number): ResultMessage =>
      encodeResult(resultOf(['n'], repeated([[1]], count))).message;
    assert.equal(isPacked(rows(1_000)), false);
    assert.equal(isPacked(rows(1_001)), true);
  });

  it('goes packed when few rows hold much', () => {
    assert.equal(isPacked(encodeResult(resultOf(['t'], [['x'.repeat(300_000)]])).message), true);
  });

  it('moves what is packed instead of copying it', async () => {
    const encoded = encodeResult(resultOf(['n'], repeated([[1]], 2_000)));
    assert.equal(encoded.buffers.length, 3);
    await sent(encoded);
    for (const buffer of encoded.buffers) {
      assert.equal((buffer as ArrayBuffer).byteLength, 0);
    }
  });

  it('gives NULL for rows that it does not have', () => {
    const [column] = decodeResult(encodeResult(resultOf(['n'], repeated([[1]], 2_000))).message).columns;
    assert.deepEqual([column?.at(-1), column?.at(1_999), column?.at(2_000)], [null, 1, null]);
  });

  it('leaves out what is not needed of a long text', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 50, maxLength: 60 }), fc.nat(20), (text, enough) => {
        const [column] = decodeResult(
          encodeResult(resultOf(['t'], repeated([[text]], 1_001))).message,
        ).columns;
        const shown = String(column?.at(1_000, enough));
        assert.ok(shown.length < 5 * (enough + 2));
        assert.equal(shown.slice(0, enough), text.slice(0, enough));
      }),
      { numRuns: 20 },
    ));

  it('keeps a statement without columns, equal names and what says that more rows exist', () => {
    const empty = { columns: [], rowCount: 0, truncated: false, elapsedMs: 3 };
    assert.deepEqual(decodeResult(encodeResult(empty).message), empty);
    const twice = { ...resultOf(['n', 'n'], [[1, 2]]), truncated: true };
    const arrived = decodeResult(encodeResult(twice).message);
    assert.deepEqual([rowsOf(arrived), arrived.truncated], [[{ n: 2 }], true]);
  });
});
