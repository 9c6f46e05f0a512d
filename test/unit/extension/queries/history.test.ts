import assert from 'node:assert/strict';
import { QueryHistory, type HistoryState } from '../../../../src/extension/queries/history';
import type { RanStatement } from '../../../../src/extension/queries/ranStatements';

function aState(): HistoryState & { readonly values: Map<string, unknown> } {
  const values = new Map<string, unknown>();
  return {
    values,
    get: (key) => values.get(key),
    update: (key, value) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
}

function aStatement(overrides: Partial<RanStatement> = {}): RanStatement {
  return {
    sql: 'SELECT 1',
    sourceId: 'mirror',
    startedAt: 1000,
    elapsedMs: 12,
    rowCount: 3,
    error: undefined,
    ...overrides,
  };
}

describe('the history of queries', () => {
  let state: ReturnType<typeof aState>;
  let changes: number;
  let history: QueryHistory;

  beforeEach(() => {
    state = aState();
    changes = 0;
    history = new QueryHistory(state, () => (changes += 1), { entries: 3, chars: 400 });
  });

  const texts = () => history.list().map(({ sql }) => sql);

  it('tells statements with time, rows, duration and failure, newest first', async () => {
    await history.add(aStatement());
    await history.add(
      aStatement({ sql: 'SELECT x', startedAt: 2000, rowCount: undefined, error: 'no such column: x' }),
    );
    assert.deepEqual(history.list(), [
      {
        id: '2000',
        sql: 'SELECT x',
        sourceId: 'mirror',
        startedAt: 2000,
        elapsedMs: 12,
        error: 'no such column: x',
      },
      { id: '1000', sql: 'SELECT 1', sourceId: 'mirror', startedAt: 1000, elapsedMs: 12, rowCount: 3 },
    ]);
    assert.equal(changes, 2);
  });

  it('moves a statement that runs again to the top', async () => {
    await history.add(aStatement());
    await history.add(aStatement({ sql: 'SELECT 2' }));
    await history.add(aStatement({ sql: ' SELECT 1\n', rowCount: 9 }));
    assert.deepEqual(texts(), ['SELECT 1', 'SELECT 2']);
    assert.equal(history.list()[0]?.rowCount, 9);
  });

  it('tells the same statement on another source apart', async () => {
    await history.add(aStatement());
    await history.add(aStatement({ sourceId: 'demo' }));
    assert.equal(history.list().length, 2);
    assert.equal(new Set(history.list().map(({ id }) => id)).size, 2);
  });

  it('lets the oldest go when there are too many, or too long ones', async () => {
    for (const sql of ['SELECT 1', 'SELECT 2', 'SELECT 3', 'SELECT 4']) {
      await history.add(aStatement({ sql }));
    }
    assert.deepEqual(texts(), ['SELECT 4', 'SELECT 3', 'SELECT 2']);
    const long = (digit: string) => `SELECT '${digit.repeat(90)}'`;
    for (const digit of '12345') {
      await history.add(aStatement({ sql: long(digit) }));
    }
    assert.ok(texts().join('').length <= 400);
    assert.equal(texts()[0], long('5'));
  });

  it('does not keep a statement that would fill it alone', async () => {
    await history.add(aStatement({ sql: `SELECT '${'x'.repeat(200)}'` }));
    assert.deepEqual(texts(), []);
  });

  it('keeps nothing while it is paused', async () => {
    await history.setPaused(true);
    await history.add(aStatement());
    assert.deepEqual(texts(), []);
    await history.setPaused(false);
    await history.add(aStatement());
    assert.deepEqual(texts(), ['SELECT 1']);
  });

  it('forgets single statements and all of them', async () => {
    for (const sql of ['SELECT 1', 'SELECT 2', 'SELECT 3']) {
      await history.add(aStatement({ sql }));
    }
    const [, second] = history.list();
    await history.remove([second?.id ?? '']);
    assert.deepEqual(texts(), ['SELECT 3', 'SELECT 1']);
    await history.clear();
    assert.deepEqual(texts(), []);
    assert.equal(state.values.get('openwebuiSync.queryHistory'), undefined);
  });

  it('leaves out what another version or hand wrote and cannot be read', () => {
    state.values.set('openwebuiSync.queryHistory', [{ sql: 1 }, 'x']);
    assert.deepEqual(texts(), []);
    state.values.set('openwebuiSync.queryHistory', 'x');
    assert.deepEqual(texts(), []);
  });
});
