import assert from 'node:assert/strict';
import {
  MOST_STATEMENTS,
  QUIET_MS,
  ScriptChecker,
} from '../../../../../src/extension/sql/language/check/scriptChecker';
import { NoDatabaseError } from '../../../../../src/store/errors';
import { SqlError } from '../../../../../src/store/resultSet';

/** A checker whose clock is turned by hand; statements that say `bad` are wrong. */
function setup({ fails }: { readonly fails?: Error } = {}) {
  const timers = new Set<{ at: number; work: () => void }>();
  const checked: string[] = [];
  const found: Record<string, string[]> = {};
  const errors: unknown[] = [];
  const state = { now: 0, isBusy: false };
  const answers: (() => void)[] = [];
  let isHeld = false;
  const checker = new ScriptChecker({
    check: async (sql) => {
      checked.push(sql);
      if (isHeld) {
        await new Promise<void>((resolve) => answers.push(resolve));
      }
      if (fails !== undefined) {
        throw fails;
      }
      return { error: sql.includes('bad') ? new SqlError('wrong', 0) : undefined };
    },
    isBusy: () => state.isBusy,
    after: (ms, work) => {
      const timer = { at: state.now + ms, work };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    onFindings: (script, findings) => {
      found[script] = findings.map(({ statement }) => statement.text);
    },
    onError: (error) => errors.push(error),
  });
  const pass = async (ms: number): Promise<void> => {
    state.now += ms;
    for (const timer of [...timers].filter(({ at }) => at <= state.now)) {
      timers.delete(timer);
      timer.work();
    }
    // Answers come in microtasks.
    await new Promise(setImmediate);
  };
  return { checker, checked, found, errors, state, pass, answers, hold: () => (isHeld = true) };
}

describe('checks while a script is typed', () => {
  it('wait until nothing was typed for a while', async () => {
    const { checker, checked, found, pass } = setup();
    checker.changed('a', 'bad 1');
    await pass(QUIET_MS - 1);
    checker.changed('a', 'bad 2');
    await pass(QUIET_MS - 1);
    assert.deepEqual(checked, []);
    await pass(1);
    assert.deepEqual(checked, ['bad 2']);
    assert.deepEqual(found, { a: ['bad 2'] });
  });

  it('find each statement that is wrong, and tell when nothing is', async () => {
    const { checker, found, pass } = setup();
    checker.changed('a', 'good; bad 1; bad 2;');
    checker.changed('b', 'good');
    await pass(QUIET_MS);
    assert.deepEqual(found, { a: ['bad 1;', 'bad 2;'], b: [] });
  });

  it('end with the first statements of a long script', async () => {
    const { checker, checked, pass } = setup();
    checker.changed('a', 'x;'.repeat(MOST_STATEMENTS + 10));
    await pass(QUIET_MS);
    assert.equal(checked.length, MOST_STATEMENTS);
  });

  it('drop what they find in a text that has changed or closed meanwhile', async () => {
    const { checker, checked, found, pass, answers, hold } = setup();
    hold();
    checker.changed('a', 'bad; bad 2');
    checker.changed('b', 'bad');
    await pass(QUIET_MS);
    checker.changed('a', 'good');
    checker.closed('b');
    answers.splice(0).forEach((answer) => answer());
    await pass(0);
    assert.deepEqual(found, {});
    assert.deepEqual(checked, ['bad;', 'bad']);
  });

  it('let a running query go first and come after it', async () => {
    const { checker, checked, found, state, pass } = setup();
    state.isBusy = true;
    checker.changed('a', 'bad');
    await pass(QUIET_MS);
    assert.deepEqual(checked, []);
    state.isBusy = false;
    checker.resume();
    await pass(QUIET_MS);
    assert.deepEqual(found, { a: ['bad'] });
    checker.resume();
    await pass(QUIET_MS);
    assert.equal(checked.length, 1, 'nothing was typed since');
  });

  it('find nothing where nothing was mirrored yet', async () => {
    const { checker, found, errors, pass } = setup({ fails: new NoDatabaseError() });
    checker.changed('a', 'bad');
    await pass(QUIET_MS);
    assert.deepEqual([found, errors], [{ a: [] }, []]);
  });

  it('tell when they fail', async () => {
    const failure = new Error('worker gone');
    const { checker, found, errors, pass } = setup({ fails: failure });
    checker.changed('a', 'x');
    await pass(QUIET_MS);
    assert.deepEqual([found, errors], [{}, [failure]]);
  });

  it('end with the checker', async () => {
    const { checker, checked, pass } = setup();
    checker.changed('a', 'x');
    checker.dispose();
    await pass(QUIET_MS);
    assert.deepEqual(checked, []);
  });
});
