import assert from 'node:assert/strict';
import type { QueryLimits } from '../../../../src/extension/results/limitedRead';
import { QuerySession } from '../../../../src/extension/results/querySession';
import { restorableOf } from '../../../../src/extension/results/restorable';
import type { RanStatement } from '../../../../src/extension/queries/ranStatements';
import { splitStatements } from '../../../../src/extension/sql/statements';
import { SqlError, type QueryRunner, type ResultSet } from '../../../../src/store/resultSet';
import { WHOLE_RESULT } from '../../../../src/webview/results/narrowing';
import type { ResultsState } from '../../../../src/webview/results/protocol';
import { resultOf } from '../../sql/resultBuilder';

type Answer = ResultSet | Error;

/** A runner whose answers come from a table; a statement without one waits until it is cancelled. */
function setup(answers: Readonly<Record<string, Answer>>, limits: Partial<QueryLimits> = {}) {
  const ran: { readonly sql: string; readonly limit: number }[] = [];
  const find = (sql: string): Answer | undefined =>
    answers[sql] ?? (sql.startsWith('WITH ow_result') ? answers['narrowed'] : undefined);
  const runner: Pick<QueryRunner, 'run'> = {
    run: (sql, { signal, limit }) => {
      ran.push({ sql, limit });
      const answer = find(sql);
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
  };
  const states: ResultsState[] = [];
  const told: RanStatement[] = [];
  const failures: unknown[] = [];
  const deadlines: { readonly ms: number; readonly abort: AbortController }[] = [];
  const session = new QuerySession({
    limits: () => ({ rows: 100, timeoutMs: 0, ...limits }),
    ran: { add: (statement) => told.push(statement) },
    onFailure: (error) => failures.push(error),
    onChange: (state) => states.push(state),
    deadline: (ms) => {
      const abort = new AbortController();
      deadlines.push({ ms, abort });
      return abort.signal;
    },
  });
  const source = { sourceId: 'demo', queries: runner } as const;
  const run = (script: string, title?: string) =>
    session.run(splitStatements(script), {
      source,
      title,
      describeError: ({ text }, error) => `${text} -> ${String(error)}`,
    });
  const shown = (index = 0) => session.state.results[index]!;
  return { session, states, ran, told, failures, deadlines, source, run, shown };
}

const phases = (states: readonly ResultsState[]): string[] => states.map(({ phase }) => phase);

describe('QuerySession', () => {
  it('shows that it runs, then the result', async () => {
    const { session, states, run } = setup({ a: resultOf({ n: [1, 2] }) });
    assert.deepEqual(await run('a'), { kind: 'done' });
    assert.deepEqual(phases(states), ['running', 'done']);
    const header = session.state.results[0];
    assert.equal(header?.summary, '2 rows · 12 ms');
    assert.equal(session.held(header.id)?.shown.rowCount, 2);
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
    assert.deepEqual(
      ran.map(({ sql }) => sql),
      ['a;', 'b;'],
    );
    assert.equal(outcome.kind === 'failed' && outcome.error, error);
    assert.equal(session.state.phase, 'failed');
    assert.equal(session.state.message, 'b; -> SqlError: no such column: x');
    assert.equal(session.state.results.length, 1);
  });

  it('gives what it says beside results to the log, whole, and no cancel', async () => {
    const error = new SqlError('no such column: x', 7);
    const wrong = new Error('disk I/O error');
    const { session, failures, run, shown } = setup({
      'a;': resultOf({ n: [1] }),
      narrowed: wrong,
      b: error,
    });
    await run('a;');
    await session.narrow(shown().id, { ...WHOLE_RESULT, search: 'x' });
    assert.equal(shown().problem, 'disk I/O error');
    await run('b');
    const cancelled = run('forever');
    session.cancel();
    await cancelled;
    assert.deepEqual(failures, [wrong, error]);
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
    assert.equal(session.held(id), undefined);
  });

  it('keeps pinned results over later runs, before the new ones', async () => {
    const { session, run, shown } = setup({ a: resultOf({ n: [1] }), b: resultOf({ n: [2] }) });
    await run('a', 'Users');
    session.pin(shown().id, true);
    await run('b');
    assert.deepEqual(
      session.state.results.map(({ title, isPinned }) => [title, isPinned]),
      [
        ['Users', true],
        ['Result 1', false],
      ],
    );
    assert.equal(session.state.frontId, shown(1).id);
    session.pin(shown().id, false);
    await run('b');
    assert.equal(session.state.results.length, 1);
  });

  it('holds twenty results, lets the oldest go and says so', async () => {
    const statements = Array.from({ length: 23 }, (_, index) => `s${index};`);
    const { session, run } = setup(
      Object.fromEntries(statements.map((text) => [text, resultOf({ n: [1] })])),
    );
    await run(statements.join(' '));
    assert.equal(session.state.results.length, 20);
    assert.equal(session.state.results[0]?.statement, 's3;');
    assert.equal(session.state.message, '3 older results were closed: 20 results or 268.4 MB are kept.');
  });

  it('lets older results go for the memory of new ones, but no pinned one', async () => {
    const large = (n: number) => resultOf({ n: [n] }, { size: 200 * 1024 * 1024 });
    const { session, run, shown } = setup({ 'a;': large(1), 'b;': large(2), 'c;': large(3) });
    await run('a;');
    session.pin(shown().id, true);
    await run('b; c;');
    assert.deepEqual(
      session.state.results.map(({ statement }) => statement),
      ['a;', 'c;'],
    );
  });

  it('closes a result', async () => {
    const { session, run, shown } = setup({ 'a;': resultOf({ n: [1] }), 'b;': resultOf({ n: [2] }) });
    await run('a; b;');
    session.close(shown().id);
    assert.deepEqual(
      session.state.results.map(({ statement }) => statement),
      ['b;'],
    );
  });
});

describe('a result that is narrowed', () => {
  const filters = [{ column: 0, kind: 'contains', value: 'x' }] as const;
  const answers = { 'SELECT 1': resultOf({ n: ['x', 'y', 'z'] }), narrowed: resultOf({ n: ['x'] }) };

  it('runs its statement again within the limit, says how many rows are left, and comes back whole', async () => {
    const { session, ran, told, run, shown } = setup(answers);
    await run('SELECT 1');
    const { id, revision } = shown();
    await session.narrow(id, { ...WHOLE_RESULT, filters });
    assert.equal(shown().summary, 'filtered: 1 of 3 rows · 12 ms');
    assert.equal(shown().rowCount, 1);
    assert.ok(shown().revision > revision);
    assert.equal(ran[1]?.limit, 100);
    await session.narrow(id, WHOLE_RESULT);
    assert.equal(shown().summary, '3 rows · 12 ms');
    assert.equal(ran.length, 2);
    assert.equal(told.length, 1);
  });

  it('tells that it is at work and can be cancelled, the rows staying as they were', async () => {
    const { session, run, shown } = setup({ 'SELECT 1': answers['SELECT 1'] });
    await run('SELECT 1');
    const narrowing = session.narrow(shown().id, { ...WHOLE_RESULT, filters });
    assert.deepEqual(session.state.busy, { resultId: shown().id, words: 'Sorting and filtering…' });
    assert.equal(session.isRunning, true);
    session.cancel();
    await narrowing;
    assert.equal(session.state.busy, undefined);
    assert.equal(shown().summary, '3 rows · 12 ms');
    assert.equal(shown().problem, undefined);
  });

  it('says beside it what went wrong', async () => {
    const { session, run, shown } = setup({ ...answers, narrowed: new SqlError('too wide') });
    await run('SELECT 1');
    await session.narrow(shown().id, { ...WHOLE_RESULT, filters });
    assert.equal(shown().problem, 'too wide');
    assert.equal(shown().rowCount, 3);
  });

  it('says why it cannot be when its rows cannot be read by another statement', async () => {
    const { run, shown } = setup({ 'PRAGMA x': resultOf({ n: [1] }) });
    await run('PRAGMA x');
    assert.match(shown().fixedBecause ?? '', /not those of PRAGMA/);
  });
});

describe('limits of a run', () => {
  it('cut the rows, and "Show All" reads the rest', async () => {
    const answers: Record<string, Answer> = { a: resultOf({ n: [1, 2] }, { truncated: true }) };
    const { session, ran, run, shown } = setup(answers);
    await run('a');
    assert.equal(shown().summary, 'Limited to 2 rows · 12 ms');
    assert.equal(shown().canShowAll, true);
    answers['a'] = resultOf({ n: [1, 2, 3] });
    await session.showAll(shown().id);
    assert.equal(ran[1]?.limit, Infinity);
    assert.equal(shown().summary, '3 rows · 12 ms');
    assert.equal(shown().canShowAll, false);
  });

  it('stop what is too large, and say so', async () => {
    const { run, shown } = setup({ a: resultOf({ n: [1] }, { truncated: true, isFull: true }) });
    await run('a');
    assert.equal(shown().summary, 'Stopped by size after 1 row · 12 ms');
    assert.equal(shown().canShowAll, false);
  });

  it('stop what takes too long, and offer to run it without the limit', async () => {
    const answers: Record<string, Answer> = {};
    const { session, deadlines, run } = setup(answers, { timeoutMs: 60_000 });
    const running = run('slow');
    assert.equal(deadlines[0]?.ms, 60_000);
    deadlines[0].abort.abort();
    assert.equal((await running).kind, 'failed');
    assert.match(session.state.message, /Stopped after 60 s/);
    assert.deepEqual(session.state.offers, ['runWithoutTimeLimit']);
    answers['slow'] = resultOf({ n: [1] });
    await session.runAgain({ timeoutMs: 0 });
    assert.equal(session.state.phase, 'done');
    assert.equal(deadlines.length, 1);
  });
});

describe('a result of an earlier session', () => {
  it('runs again under its id, narrowed as it was, only when it is asked for', async () => {
    const answers = { 'SELECT 1': resultOf({ n: ['x', 'y'] }), narrowed: resultOf({ n: ['x'] }) };
    const before = setup(answers);
    await before.run('SELECT 1', 'Letters');
    await before.session.narrow(before.shown().id, { ...WHOLE_RESULT, search: 'x' });
    const kept = restorableOf(before.session.held(before.shown().id)!);

    const { session, ran, source, shown } = setup(answers);
    session.offerToRestore('Its rows are not kept.', ['runAgain']);
    assert.deepEqual([session.state.phase, ran.length], ['restored', 0]);
    await session.restore(kept, source);
    assert.deepEqual([shown().id, shown().title, shown().rowCount], [kept.id, 'Letters', 1]);
  });

  it('keeps no values of parameters', async () => {
    const { session, source, shown } = setup({ a: resultOf({ n: [1] }) });
    await session.run([{ start: 0, end: 1, text: 'a', parameters: { user: 'Ada' } }], {
      source,
      describeError: () => '',
    });
    const kept = restorableOf(session.held(shown().id)!);
    assert.equal(kept.hasParameters, true);
    assert.doesNotMatch(JSON.stringify(kept), /Ada/);
  });
});
