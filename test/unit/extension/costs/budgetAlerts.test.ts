import assert from 'node:assert/strict';
import { budgetAlerts, type ToldBudgets } from '../../../../src/extension/costs/budget/budgetAlerts';
import type { BudgetUse } from '../../../../src/reports/cost/budgetUse';

const TODAY = '2026-03-17';

function aUse(overrides: Partial<BudgetUse> = {}): BudgetUse {
  return { currency: 'USD', budget: 500, month: '2026-03', monthToDate: 100, ...overrides };
}

/** What is told after each of several looks. */
function tell(...looks: readonly (readonly BudgetUse[])[]): readonly (readonly string[])[] {
  let told: ToldBudgets = {};
  return looks.map((uses) => {
    const result = budgetAlerts(uses, told, TODAY);
    told = result.told;
    return result.alerts.map(({ text }) => text);
  });
}

const countsOf = (texts: readonly (readonly string[])[]) => texts.map(({ length }) => length);

describe('messages about budgets', () => {
  it('say how much is used, of what, and what the month will come to', () => {
    const uses = [aUse({ monthToDate: 412.3, forecast: 610 })];
    assert.deepEqual(budgetAlerts(uses, {}, TODAY).alerts, [
      {
        text: 'Budget of all instances: 82 % of 500.00 USD used by 2026-03-17. Forecast: 610.00 USD.',
        severity: 'information',
      },
    ]);
    const ofOne = [aUse({ instanceId: 2, instance: 'alpha', monthToDate: 500 })];
    assert.deepEqual(budgetAlerts(ofOne, {}, TODAY).alerts, [
      { text: 'Budget of alpha: 100 % of 500.00 USD used by 2026-03-17.', severity: 'warning' },
    ]);
  });

  it('are silent as long as there is enough', () => {
    assert.deepEqual(tell([aUse()], [aUse({ monthToDate: 399.99, forecast: 499 })]), [[], []]);
  });

  it('come at the very amount, whatever doubles make of it', () => {
    const uses = [aUse({ budget: 35, monthToDate: 28 }), aUse({ budget: 1, monthToDate: 1.13 })];
    assert.deepEqual(
      tell(uses)
        .flat()
        .map((text) => /\d+ %/u.exec(text)?.[0]),
      ['80 %', '113 %'],
    );
  });

  it('come once at 80 % and once at 100 %', () => {
    const looks = [400, 420, 499, 500, 700].map((monthToDate) => [aUse({ monthToDate })]);
    assert.deepEqual(countsOf(tell(...looks)), [1, 0, 0, 1, 0]);
  });

  it('come once at each also where the cloud restates its figures below and above', () => {
    const looks = [400, 390, 410, 500, 450, 380, 505].map((monthToDate) => [aUse({ monthToDate })]);
    assert.deepEqual(countsOf(tell(...looks)), [1, 0, 0, 1, 0, 0, 0]);
  });

  it('come once when the forecast will cross, and not again once it did', () => {
    const looks = [
      aUse({ forecast: 600 }),
      aUse({ forecast: 480 }),
      aUse({ forecast: 620 }),
      aUse({ monthToDate: 510, forecast: 620 }),
      aUse({ monthToDate: 520, forecast: 640 }),
    ];
    assert.deepEqual(countsOf(tell(...looks.map((use) => [use]))), [1, 0, 0, 1, 0]);
  });

  it('are one for all that was crossed at once', () => {
    assert.deepEqual(
      countsOf(tell([aUse({ monthToDate: 800, forecast: 900 })], [aUse({ monthToDate: 801 })])),
      [1, 0],
    );
  });

  it('come again in the next month', () => {
    const looks = ['2026-03', '2026-03', '2026-04'].map((month) => [aUse({ month, monthToDate: 450 })]);
    assert.deepEqual(countsOf(tell(...looks)), [1, 0, 1]);
  });

  it('come again for another amount: it is another budget', () => {
    const looks = [500, 500, 520].map((budget) => [aUse({ budget, monthToDate: 450 })]);
    assert.deepEqual(countsOf(tell(...looks)), [1, 0, 1]);
  });

  it('know budgets of instances and currencies apart', () => {
    const uses = [
      aUse({ monthToDate: 450 }),
      aUse({ monthToDate: 450, currency: 'EUR' }),
      aUse({ monthToDate: 450, instanceId: 1, instance: 'alpha' }),
    ];
    assert.deepEqual(countsOf(tell(uses, uses)), [3, 0]);
  });

  it('remember nothing of months that are over', () => {
    const { told } = budgetAlerts([aUse({ monthToDate: 450 })], {}, TODAY);
    const next = budgetAlerts([aUse({ month: '2026-04' })], told, TODAY);
    assert.deepEqual(next.told, {});
  });
});
