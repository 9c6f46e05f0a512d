import assert from 'node:assert/strict';
import fc from 'fast-check';
import { budgetAlerts, type ToldBudgets } from '../../../../src/extension/costs/budget/budgetAlerts';
import { readBudgetUse } from '../../../../src/reports/cost/budgetUse';
import { billGeneration, e8 } from '../../reports/costMirror';
import { at, TestMirror } from '../../reports/mirror';

const BUDGET = 100;
const CURRENCIES = ['USD', 'EUR'] as const;
/** Each with the days of its answers and of the looks: all in one week, too early for a forecast. */
const MONTHS = [
  { answered: '2026-03-30', looked: '2026-03-31' },
  { answered: '2026-04-01', looked: '2026-04-03' },
] as const;

/** What the cloud says by now that the answer of a month cost; the second month comes after the first. */
const step = fc.record({ currency: fc.constantFrom(...CURRENCIES), cost: fc.integer({ min: 0, max: 130 }) });
const story = fc.tuple(fc.array(step, { maxLength: 8 }), fc.array(step, { maxLength: 8 }));

describe('messages about budgets of any bills', () => {
  it('come once at 80 % and once at 100 % of a month and currency, whatever is restated', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (steps) => {
        const mirror = await TestMirror.create();
        try {
          const instance = mirror.instance('fasgpt');
          const chat = mirror.chat(mirror.user(instance, 'Ann'));
          CURRENCIES.forEach((currency) => mirror.budget(BUDGET, undefined, currency));
          let told: ToldBudgets = {};
          for (const [index, { answered, looked }] of MONTHS.entries()) {
            const answers = new Map(
              CURRENCIES.map((currency) => {
                const id = mirror.message(chat, at(`${answered} 10:00`), { role: 'assistant', model: 'm' });
                billGeneration(mirror, id, 0, { currency });
                return [currency, id] as const;
              }),
            );
            const now = at(`${looked} 12:00`);
            mirror.run('UPDATE instances SET last_sync = ?, last_sync_epoch = ?', [
              `${looked} 12:00:00`,
              now,
            ]);
            /** Parts of the budget that were crossed in this month, by currency; the plain way. */
            const crossed = new Map<string, number>(CURRENCIES.map((currency) => [currency, 0]));
            for (const { currency, cost } of steps[index] ?? []) {
              mirror.run('UPDATE generation_costs SET cost_e8 = ? WHERE generation_id = ?', [
                e8(cost),
                answers.get(currency) ?? 0,
              ]);
              const reached = cost >= BUDGET ? 100 : cost >= 80 ? 80 : 0;
              const isNews = reached > (crossed.get(currency) ?? 0);
              crossed.set(currency, Math.max(reached, crossed.get(currency) ?? 0));
              const found = budgetAlerts(await readBudgetUse(mirror, { now, zone: 'UTC' }), told, looked);
              told = found.told;
              assert.deepEqual(
                found.alerts.map(({ text }) => text),
                isNews ? [`Budget of all instances: ${cost} % of 100.00 ${currency} used by ${looked}.`] : [],
              );
            }
          }
        } finally {
          mirror.dispose();
        }
      }),
      { numRuns: 25 },
    );
  }).timeout(180_000);
});
