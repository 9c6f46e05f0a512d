import assert from 'node:assert/strict';
import { CancelledError } from '../../../../src/extension/errors';
import { runCell, type CellRun, type StatementOutcome } from '../../../../src/extension/notebook/runCell';
import { columnsOf, SqlError, type ResultSet } from '../../../../src/store/resultSet';

const ONE: ResultSet = { columns: columnsOf(['n'], [[1]]), rowCount: 1, truncated: false, elapsedMs: 1 };

function setup(overrides: Partial<CellRun> = {}) {
  const ran: unknown[] = [];
  const run: CellRun = {
    queries: { run: () => Promise.resolve(ONE) },
    limit: 10,
    signal: new AbortController().signal,
    fill: () => Promise.resolve({}),
    ran: ({ sql, rowCount, error }) => ran.push([sql, rowCount, error]),
    now: () => 0,
    ...overrides,
  };
  return { run, ran };
}

async function outcomesOf(text: string, run: CellRun): Promise<StatementOutcome[]> {
  const outcomes: StatementOutcome[] = [];
  for await (const outcome of runCell(text, run)) {
    outcomes.push(outcome);
  }
  return outcomes;
}

describe('a cell of a notebook', () => {
  it('runs its statements in order, with the values of their parameters', async () => {
    const asked: unknown[] = [];
    const { run, ran } = setup({
      fill: () => Promise.resolve({ ':n': 7 }),
      queries: {
        run: (sql, { parameters, limit }) => (asked.push([sql, parameters, limit]), Promise.resolve(ONE)),
      },
    });
    const outcomes = await outcomesOf('SELECT :n; -- then\nSELECT 2;', run);
    assert.deepEqual(asked, [
      ['SELECT :n;', { ':n': 7 }, 10],
      ['SELECT 2;', { ':n': 7 }, 10],
    ]);
    assert.deepEqual(outcomes, [
      { kind: 'result', statement: 1, result: ONE },
      { kind: 'result', statement: 2, result: ONE },
    ]);
    assert.deepEqual(ran, [
      ['SELECT :n;', 1, undefined],
      ['SELECT 2;', 1, undefined],
    ]);
  });

  it('stops at an error, and says its place in the cell', async () => {
    const { run, ran } = setup({
      queries: {
        run: (sql) =>
          sql.startsWith('SELECT\n')
            ? Promise.reject(new SqlError('no such column: x', 9))
            : Promise.resolve(ONE),
      },
    });
    const [, failed, ...rest] = await outcomesOf('SELECT 1;\nSELECT\n  x;\nSELECT 3;', run);
    assert.ok(failed?.kind === 'failed');
    assert.equal(failed.error.message, 'Line 3, column 3: no such column: x');
    assert.deepEqual(rest, []);
    assert.deepEqual(ran.at(-1), ['SELECT\n  x;', undefined, 'no such column: x']);
  });

  it('is cancelled at once, also while it asks for a value; nobody is told of what did not end', async () => {
    const abort = new AbortController();
    const { run, ran } = setup({ signal: abort.signal, fill: () => new Promise(() => undefined) });
    const outcomes = outcomesOf('SELECT :n', run);
    abort.abort();
    assert.deepEqual(await outcomes, [{ kind: 'cancelled' }]);
    assert.deepEqual(ran, []);
  });

  it('is cancelled where a value is not given, and while a statement runs', async () => {
    const left = setup({ fill: () => Promise.reject(new CancelledError()) });
    assert.deepEqual(await outcomesOf('SELECT :n', left.run), [{ kind: 'cancelled' }]);
    const aborted = setup({ queries: { run: () => Promise.reject(new DOMException('x', 'AbortError')) } });
    assert.deepEqual(await outcomesOf('SELECT 1; SELECT 2', aborted.run), [{ kind: 'cancelled' }]);
    assert.deepEqual(aborted.ran, []);
  });

  it('of comments leads to nothing, and asks for nothing', async () => {
    const { run } = setup({ fill: () => Promise.reject(new Error('asked')) });
    assert.deepEqual(await outcomesOf('-- later\n', run), []);
  });
});
