import assert from 'node:assert/strict';
import { FailureMemory, outcomeOf } from '../../../src/extension/syncing/outcome';
import type { NamedRun } from '../../../src/extension/syncing/outcome';
import { NO_CHANGES } from '../../../src/store/runs';
import { aRun } from './builders';

function named(name: string, overrides: Parameters<typeof aRun>[0] = {}): NamedRun {
  return { name, run: aRun(overrides) };
}

describe('what is told about finished runs', () => {
  it('is one quiet line when all went well', () => {
    const outcome = outcomeOf([named('fasgpt')]);
    assert.equal(outcome.quiet, 'fasgpt synced: 12 new, 3 changed');
    assert.equal(outcome.message, undefined);
  });

  it('is no failure when somebody cancelled', () => {
    const outcome = outcomeOf([named('fasgpt', { status: 'cancelled' })]);
    assert.equal(outcome.quiet, 'fasgpt: cancelled · what was fetched is kept');
    assert.equal(outcome.message, undefined);
  });

  it('is one message with the reason and the way out when an instance failed', () => {
    const { message, unfinished } = outcomeOf([
      named('fasgpt', { status: 'failed', error: 'Nothing listens at x.', errorCode: 'connectionRefused' }),
    ]);
    assert.equal(message?.text, 'fasgpt: Nothing listens at x.');
    assert.deepEqual(message.actions, ['Retry', 'Edit Instance', 'Show Log']);
    assert.deepEqual(unfinished, [1]);
  });

  it('offers to sign in again when the key was rejected', () => {
    const { message } = outcomeOf([
      named('fasgpt', { status: 'failed', errorCode: 'keyRejected', error: 'x' }),
    ]);
    assert.deepEqual(message?.actions, ['Retry', 'Sign In Again', 'Show Log']);
  });

  it('offers to free space when the database is full, whoever was being synced', () => {
    const full = { status: 'partial', errorCode: 'mirrorFull', error: 'It is full.' } as const;
    const { message, unfinished } = outcomeOf([named('a', full), named('b', { ...full, instanceId: 2 })]);
    assert.equal(message?.severity, 'error');
    assert.equal(message.text, 'It is full.');
    assert.deepEqual(message.actions, ['Free Up Space...', 'Show Log']);
    assert.deepEqual(unfinished, [1, 2]);
  });

  it('says once what keeps the mirror from being written', () => {
    const full = { status: 'failed', errorCode: 'diskFull', error: 'The disk is full.' } as const;
    const { message } = outcomeOf([named('a', full), named('b', { ...full, instanceId: 2 })]);
    assert.equal(message?.text, 'The disk is full.');
    assert.deepEqual(message.actions, ['Retry', 'Free Up Space...', 'Show Log']);
  });

  it('becomes one message for several failures', () => {
    const { message, unfinished } = outcomeOf([
      named('a', { instanceId: 1, status: 'failed' }),
      named('b', { instanceId: 2, status: 'ok' }),
      named('c', { instanceId: 3, status: 'failed' }),
    ]);
    assert.equal(message?.text, '2 of 3 instances were not synced completely: a, c.');
    assert.deepEqual(unfinished, [1, 3]);
  });

  it('names the part that is missing after a partial run', () => {
    const { message } = outcomeOf([
      named('fasgpt', {
        status: 'partial',
        streams: [
          {
            stream: 'files',
            status: 'failed',
            counts: NO_CHANGES,
            requests: 1,
            error: 'Ask its administrator.',
          },
        ],
      }),
    ]);
    assert.equal(message?.severity, 'warning');
    assert.equal(message.text, 'fasgpt: synced without files. Ask its administrator.');
  });
});

describe('deletions that were held back', () => {
  const held = (name: string, instanceId: number, heldBack: number) =>
    named(name, { status: 'partial', instanceId, counts: { ...NO_CHANGES, heldBack } });

  it('are told with the way to review them, after a run that went well apart from that', () => {
    const { message, unfinished } = outcomeOf([held('fasgpt', 1, 60)]);
    assert.equal(message?.severity, 'warning');
    assert.equal(message.text, 'fasgpt: 60 deletions held back, too many at once.');
    assert.deepEqual(message.actions, ['Review Deletions', 'Show Run']);
    assert.deepEqual(unfinished, []);
  });

  it('are one message for several instances, and give way to a failure', () => {
    const both = [held('fasgpt', 1, 60), held('resgpt', 2, 40)];
    assert.equal(outcomeOf(both).message?.text, 'fasgpt, resgpt: 100 deletions held back, too many at once.');
    const failed = named('c', { instanceId: 3, status: 'failed', error: 'Nothing listens at x.' });
    assert.match(outcomeOf([...both, failed]).message?.text ?? '', /Nothing listens/);
  });

  it('are told by the timer once, and again when they were gone in between', () => {
    const memory = new FailureMemory();
    const run = held('fasgpt', 1, 60);
    const isTold = (): boolean => outcomeOf(memory.news([run])).message !== undefined;
    assert.deepEqual([isTold(), isTold()], [true, false]);
    memory.news([named('fasgpt')]);
    assert.equal(isTold(), true);
  });
});

describe('a part that may not be read', () => {
  const streams = [
    { stream: 'users', status: 'ok', counts: NO_CHANGES, requests: 1 },
    { stream: 'chats', status: 'skipped', counts: NO_CHANGES, requests: 1, error: 'Switch chat access on.' },
  ] as const;

  it('is told when it is new, by its name', () => {
    const { message } = outcomeOf([named('fasgpt', { status: 'partial', streams })]);
    assert.equal(message?.text, 'fasgpt: synced without chats. Switch chat access on.');
  });

  it('is no message any more once it is known: the tree says it', () => {
    const notes = [{ code: 'streamUnreadable', message: 'Chats: unreadable for 3 days.' }];
    const outcome = outcomeOf([named('fasgpt', { status: 'partial', streams, notes })]);
    assert.equal(outcome.message, undefined);
    assert.equal(outcome.quiet, 'fasgpt synced: 12 new, 3 changed');
    assert.deepEqual(outcome.unfinished, []);
  });
});

describe('failures of the timer', () => {
  const failed = named('fasgpt', { status: 'failed', errorCode: 'dns' });

  it('are told once and not at each run', () => {
    const memory = new FailureMemory();
    assert.equal(memory.news([failed]).length, 1);
    assert.equal(memory.news([failed]).length, 0);
  });

  it('are told again after a run that went well, or when they change', () => {
    const memory = new FailureMemory();
    memory.news([failed]);
    memory.news([named('fasgpt')]);
    assert.equal(memory.news([failed]).length, 1);
    assert.equal(memory.news([named('fasgpt', { status: 'failed', errorCode: 'keyRejected' })]).length, 1);
  });
});
