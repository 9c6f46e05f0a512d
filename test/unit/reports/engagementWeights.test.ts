import assert from 'node:assert/strict';
import { DEFAULT_WEIGHTS, weightsOf } from '../../../src/reports/users/engagementWeights';
import { usersReport } from '../../../src/reports/users/usersReport';
import { at, TestMirror } from './mirror';
import { report, rows } from './reading';

describe('Weights of the engagement score', () => {
  it('are the reports’ own where nobody chose any', () => {
    assert.deepEqual(weightsOf({}), DEFAULT_WEIGHTS);
  });

  it('are divided by their sum, and keep their own where one is not given', () => {
    assert.deepEqual(weightsOf({ frequency: 1, depth: 1, breadth: 1, recency: 1 }), {
      frequency: 0.25,
      depth: 0.25,
      breadth: 0.25,
      recency: 0.25,
    });
    assert.deepEqual(weightsOf({ frequency: 0, depth: 0.6 }), {
      frequency: 0,
      depth: 0.6,
      breadth: 0.2,
      recency: 0.2,
    });
  });

  it('are the reports’ own where all are nothing: there would be no score', () => {
    assert.deepEqual(weightsOf({ frequency: 0, depth: 0, breadth: 0, recency: 0 }), DEFAULT_WEIGHTS);
  });

  describe('in the report on users', () => {
    let mirror: TestMirror;

    // One turn 14 days before the end: frequency 1 / 12, depth ln 2 / ln 61, breadth 0, recency 0.5.
    beforeEach(async () => {
      mirror = await TestMirror.create();
      mirror.message(mirror.chat(mirror.user(mirror.instance('fasgpt'), 'Ben')), at('2026-03-17 10:00'));
    });
    afterEach(() => mirror.dispose());

    const users = () => report(mirror, { definition: usersReport });
    const score = async (): Promise<unknown> => rows(await users(), 'engagement')[0]?.['engagement_score'];

    it('make the score and its stages', async () => {
      assert.equal(await score(), 17);
      for (const part of ['frequency', 'depth', 'breadth']) {
        mirror.weight(part, 0);
      }
      mirror.weight('recency', 3);
      assert.equal(await score(), 50);
      assert.deepEqual(
        rows(await users(), 'stages').map(({ stage, accounts }) => [stage, accounts]),
        [
          ['None', 0],
          ['Trying', 0],
          ['Developing', 0],
          ['Established', 1],
          ['Champion', 0],
        ],
      );
    });

    it('are printed where somebody chose them', async () => {
      assert.ok(!(await users()).notes.some((note) => note.includes('weights')));
      mirror.weight('recency', 1.2);
      assert.ok(
        (await users()).notes.includes(
          'The engagement score has weights of its own (analysis.json), in percent: frequency 20, depth 10, breadth 10, recency 60.',
        ),
      );
    });

    it('are the reports’ own again once they are taken away', async () => {
      mirror.weight('recency', 3);
      mirror.run('UPDATE engagement_weights SET is_deleted = 1');
      assert.equal(await score(), 17);
    });
  });
});
