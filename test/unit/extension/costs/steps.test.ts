import assert from 'node:assert/strict';
import {
  askSteps,
  type Place,
  type StepAnswer,
  type StepQuestion,
} from '../../../../src/extension/costs/connect/steps';
import type { Back } from '../../../../src/extension/quickInput';

interface Draft {
  readonly first?: string;
  readonly second?: string;
  readonly third?: string;
}

// As a question gives it: the symbol itself is the editor's part.
const BACK: Back = Symbol('back') as unknown as Back;

/** A question that gives its answers one after the other, and notes where it stood. */
function question(
  name: keyof Draft,
  seen: (readonly [string, Draft, Place])[],
  ...answers: readonly (string | Back)[]
): StepQuestion<Draft> {
  let asked = 0;
  return (draft, place): Promise<StepAnswer<Draft> | Back> => {
    seen.push([name, draft, place]);
    const answer = answers[asked++];
    assert.ok(answer !== undefined, `${name} was asked too often`);
    return Promise.resolve(typeof answer === 'symbol' ? BACK : { draft: { [name]: answer } });
  };
}

const namesOf = (seen: readonly (readonly [string, Draft, Place])[]) => seen.map(([name]) => name);

describe('a sequence of questions', () => {
  it('asks one after the other and says where each stands', async () => {
    const seen: [string, Draft, Place][] = [];
    const questions = [question('first', seen, 'a'), question('second', seen, 'b')];
    assert.deepEqual(await askSteps({ title: 'T', questionsFor: () => questions }, {}), {
      first: 'a',
      second: 'b',
    });
    assert.deepEqual(
      seen.map(([, , place]) => place),
      [
        { title: 'T', step: 1, totalSteps: 2, hasBack: false },
        { title: 'T', step: 2, totalSteps: 2, hasBack: true },
      ],
    );
  });

  it('goes back to the question before, which is offered what was answered', async () => {
    const seen: [string, Draft, Place][] = [];
    const questions = [question('first', seen, 'a', 'c'), question('second', seen, BACK, 'b')];
    assert.deepEqual(await askSteps({ title: 'T', questionsFor: () => questions }, {}), {
      first: 'c',
      second: 'b',
    });
    assert.deepEqual(namesOf(seen), ['first', 'second', 'first', 'second']);
    assert.deepEqual(seen[2]?.[1], { first: 'a' });
  });

  it('goes back beyond what nobody was asked', async () => {
    const seen: [string, Draft, Place][] = [];
    const silent: StepQuestion<Draft> = () => Promise.resolve({ draft: { second: 's' }, isSilent: true });
    const questions = [question('first', seen, 'a', 'b'), silent, question('third', seen, BACK, 'c')];
    assert.deepEqual(await askSteps({ title: 'T', questionsFor: () => questions }, {}), {
      first: 'b',
      second: 's',
      third: 'c',
    });
    assert.deepEqual(namesOf(seen), ['first', 'third', 'first', 'third']);
  });

  it('follows the answers: other questions come by them', async () => {
    const seen: [string, Draft, Place][] = [];
    const third = question('third', seen, 'c');
    const first = question('first', seen, 'long');
    const draft = await askSteps<Draft>(
      { title: 'T', questionsFor: (current) => (current.first === 'long' ? [first, third] : [first]) },
      {},
    );
    assert.deepEqual(draft, { first: 'long', third: 'c' });
  });

  it('ends with the failure of a question', async () => {
    const failing: StepQuestion<Draft> = () => Promise.reject(new Error('no'));
    await assert.rejects(askSteps<Draft>({ title: 'T', questionsFor: () => [failing] }, {}), /no/);
  });
});
