import assert from 'node:assert/strict';
import { QuerySession } from '../../../../src/extension/results/querySession';
import { splitStatements } from '../../../../src/extension/sql/statements';
import type { RanStatement } from '../../../../src/extension/queries/ranStatements';
import { SqlError, type QueryRunner, type ResultSet } from '../../../../src/store/resultSet';
import type { ResultsState } from '../../../../src/webview/results/protocol';
import { resultOf } from '../../sql/resultBuilder';

/** A runner whose answers come from a table; a statement without one waits until it is cancelled. */
function setup(answers: Readonly<Record<string, ResultSet | Error>>) {
  const ran: string[] = [];
  const runner: QueryRunner = {
    run: (sql, { signal }) => {
      ran.push(sql);
      const answer = answers[sql];
      if (answer instanceof Error) {
        return Promise.reject(answer);
      }
      if (answer !== undefined) {
        return Promise.resolve(answer);
      }
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')));
      });
    },
    dispose: () => undefined,
  };
  const states: ResultsState[] = [];
  const told: RanStatement[] = [];
  const session = new QuerySession({
    rowLimit: () => 100,
    ran: { add: (statement) => told.push(statement) },
    onChange: (state) => states.push(state),
  });
  const run = (script: string) =>
    session.run(splitStatements(script), {
      source: { sourceId: 'demo', queries: runner },
      describeError: ({ text }, error) => `${text} -> ${String(error)}`,
    });
  return { session, states, ran, told, run };
}

const phases = (states: readonly ResultsState[]): string[] => states.map(({ phase }) => phase);

describe('QuerySession', () => {
  it('shows that it runs, then the result', async () => {
    const { session, states, run } = setup({ a: resultOf({ n: [1, 2] }) });
    assert.deepEqual(await run('a'), { kind: 'done' });
    assert.deepEqual(phases(states), ['running', 'done']);
    const header = session.state.results[0];
    assert.equal(header?.summary, '2 rows · 12 ms');
    assert.equal(session.result(header.id)?.rowCount, 2);
  });

  it('runs several statements in turn and keeps a result for each', async () => {
    const { session, states, run } = setup({ 'a;': resultOf({ n: [1] }), 'b;': resultOf({ n: [] }) });
    await run('a; b;');
    assert.deepEqual(
      session.state.results.map(({ rowCount }) => rowCount),
      [1, 0],
    );
    assert.equal(states[1]?.message, 'Running statement 2 of 2…');
  });

  it('stops at the first error, says it and keeps earlier results', async () => {
    const error = new SqlError('no such column: x', 7);
    const { session, ran, run } = setup({ 'a;': resultOf({ n: [1] }), 'b;': error, 'c;': resultOf({}) });
    const outcome = await run('a; b; c;');
    assert.deepEqual(ran, ['a;', 'b;']);
    assert.equal(outcome.kind === 'failed' && outcome.error, error);
    assert.equal(session.state.phase, 'failed');
    assert.equal(session.state.message, 'b; -> SqlError: no such column: x');
    assert.equal(session.state.results.length, 1);
  });

  it('is cancelled by its user without calling that an error', async () => {
    const { session, run } = setup({});
    const running = run('forever');
    assert.equal(session.isRunning, true);
    session.cancel();
    assert.deepEqual(await running, { kind: 'cancelled' });
    assert.equal(session.isRunning, false);
    assert.equal(session.state.message, 'Cancelled.');
  });

  it('lets a newer run replace the one under way, whose end nobody sees', async () => {
    const { states, run } = setup({ b: resultOf({ n: [1] }) });
    const older = run('forever');
    const newer = run('b');
    assert.deepEqual(await older, { kind: 'replaced' });
    assert.deepEqual(await newer, { kind: 'done' });
    assert.deepEqual(phases(states), ['running', 'running', 'done']);
  });

  it('tells each statement that ended, and none that was cancelled', async () => {
    const { told, run, session } = setup({
      'a;': resultOf({ n: [1, 2] }),
      'b;': new SqlError('no such column: x'),
    });
    await run('a; b;');
    const cancelled = run('forever');
    session.cancel();
    await cancelled;
    assert.deepEqual(
      told.map(({ sql, sourceId, rowCount, error }) => [sql, sourceId, rowCount, error]),
      [
        ['a;', 'demo', 2, undefined],
        ['b;', 'demo', undefined, 'no such column: x'],
      ],
    );
  });

  it('forgets the results of an earlier run', async () => {
    const { session, run } = setup({ a: resultOf({ n: [1] }), b: resultOf({ n: [2] }) });
    await run('a');
    const id = session.state.results[0]?.id ?? '';
    await run('b');
    assert.equal(session.result(id), undefined);
  });
});
