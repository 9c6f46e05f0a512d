import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { figuresSection } from '../../../../bench/callBudget/document';
import { BUDGET_LINES, computedCalls } from '../../../../bench/callBudget/lines';
import { MEASURED_VERSIONS, measureCalls, type CallFigures } from '../../../../bench/callBudget/measure';
import { worldOf } from '../../../../bench/callBudget/worlds';

const DOCUMENT = join(__dirname, '..', '..', '..', '..', 'docs', 'call-budget.md');
const USERS = 38;
/** What a person may expect of one sync of one instance. */
const MOST_INCREMENTAL_CALLS = 500;

for (const version of MEASURED_VERSIONS) {
  describe(`the calls of a sync of ${USERS} users, Open WebUI ${version}`, () => {
    let figures: CallFigures;
    before(async function () {
      this.timeout(120_000);
      figures = await measureCalls(worldOf(USERS), version);
    });

    for (const line of BUDGET_LINES) {
      const { situation, words, limit } = line;
      it(`are as many as promised: ${words}`, () => {
        const { calls } = figures.situations[situation];
        assert.ok(calls <= (limit(figures) ?? MOST_INCREMENTAL_CALLS), `${calls} calls`);
      });
    }

    it('can be computed beforehand', () => {
      const exact = BUDGET_LINES.filter(({ formula }) => !/about|at most/.test(formula));
      assert.deepEqual(
        exact.map((line) => [line.situation, figures.situations[line.situation].calls]),
        exact.map((line) => [line.situation, computedCalls(line, figures)]),
      );
    });

    it('are those that the document tells', () => {
      assert.ok(
        readFileSync(DOCUMENT, 'utf8').includes(figuresSection(figures)),
        'run npm run bench:calls -- --write',
      );
    });
  });
}
