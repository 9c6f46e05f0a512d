import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCsv } from 'hucre/csv';
import { readFocusRows } from '../../../../src/reports/export/focus';
import { renderExport } from '../../../../src/reports/export/renderExport';
import { contentBytes } from '../../../../src/reports/export/outputFile';
import { overviewReport } from '../../../../src/reports/overview/overviewReport';
import { reconciliationReport } from '../../../../src/reports/reconciliation/reconciliationReport';
import { CostScopeMirror, e8 } from '../costMirror';
import { TestMirror } from '../mirror';
import { report, rows } from '../reading';

type Line = Readonly<Record<string, string>>;

/** Decimals of an exported amount as an integer of 1e-8. */
function exact(amount: string): bigint {
  assert.match(amount, /^-?\d+\.\d{8}$/u);
  return BigInt(amount.replace('.', ''));
}

describe('FOCUS rows of the reconciliation', () => {
  let mirror: TestMirror;
  let instance: number;
  beforeEach(async () => {
    mirror = await TestMirror.create();
    instance = mirror.instance('fasgpt');
  });
  afterEach(() => mirror.dispose());

  async function lines(): Promise<readonly Line[]> {
    const model = await report(mirror, { definition: reconciliationReport });
    const csv = await renderExport(model, { format: 'focus', rows: await readFocusRows(mirror, model) });
    const text = Buffer.from(await contentBytes(csv))
      .toString()
      .replace(/^\uFEFF/u, '');
    const [titles = [], ...cells] = parseCsv(text);
    return cells.map((row) =>
      Object.fromEntries(titles.map((title, index) => [String(title), String(row[index] ?? '')])),
    );
  }

  it('name kinds of charges as FOCUS does: what was reserved and not used is use', async () => {
    const scope = new CostScopeMirror(mirror);
    const kinds = ['usage', 'UnusedReservation', 'UnusedSavingsPlan', 'Purchase', 'Tax', 'Refund'];
    scope.total('2026-03', kinds.length);
    kinds.forEach((chargeType) => scope.charge(1, { chargeType, meter: chargeType }));
    const named = (await lines()).map((line) => [line['x_ChargeType'], line['ChargeCategory']]);
    assert.deepEqual(Object.fromEntries(named), {
      usage: 'Usage',
      UnusedReservation: 'Usage',
      UnusedSavingsPlan: 'Usage',
      Purchase: 'Purchase',
      Tax: 'Tax',
      Refund: 'Adjustment',
    });
  });

  it('say what was billed, when, for what, and what became of it', async () => {
    const scope = new CostScopeMirror(mirror);
    scope.month('2026-03');
    scope.total('2026-03', 10);
    scope.charge(10, {
      resource: '/subscriptions/sub-1/resourcegroups/a/accounts/fas',
      quantity: 1234.5,
      shares: [
        { cost: 7.5, instance, model: 'gpt-4o' },
        { kind: 'unallocated', cost: 2.5, instance, reason: 'noUsage' },
      ],
    });
    const [first, second] = await lines();
    assert.deepEqual(first, {
      BilledCost: '7.50000000',
      EffectiveCost: '',
      BillingCurrency: 'USD',
      ChargePeriodStart: '2026-03-10T00:00:00Z',
      ChargePeriodEnd: '2026-03-11T00:00:00Z',
      ChargeCategory: 'Usage',
      ResourceId: '/subscriptions/sub-1/resourcegroups/a/accounts/fas',
      ServiceName: 'Foundry Models',
      SkuMeter: 'gpt 4o Inp glbl Tokens',
      ConsumedQuantity: '1234.5',
      ConsumedUnit: '1K',
      SubAccountId: 'sub-1',
      x_Scope: 'subscriptions/one',
      x_CostType: 'actual',
      x_ChargeType: 'Usage',
      x_MeterSubcategory: 'Azure OpenAI',
      x_Instance: 'fasgpt',
      x_Model: 'gpt-4o',
      x_AllocationMethod: 'tokens',
      x_ShareKind: 'allocated',
      x_Reason: '',
      x_IsFinal: '1',
    });
    assert.deepEqual(
      ['BilledCost', 'ConsumedQuantity', 'x_Model', 'x_ShareKind', 'x_Reason'].map((name) => second?.[name]),
      ['2.50000000', '', '', 'unallocated', 'noUsage'],
    );
  });

  it('have amortised cost in a column of its own, and the subscription of the scope where a row has none', async () => {
    const scope = new CostScopeMirror(mirror);
    scope.total('2026-03', 3, 'USD', 'amortized');
    scope.charge(-3, { costType: 'amortized', resource: '', chargeType: 'Refund' });
    const [row] = await lines();
    assert.deepEqual(
      ['BilledCost', 'EffectiveCost', 'SubAccountId', 'ChargeCategory', 'x_ShareKind'].map(
        (name) => row?.[name],
      ),
      ['', '-3.00000000', 'one', 'Adjustment', 'none'],
    );
  });

  it('add up to the control total of each month, scope, currency and cost type, to the eighth decimal', async () => {
    const amounts = fc.array(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(amounts, { minLength: 1, maxLength: 8 }), async (charges) => {
        mirror.run('DELETE FROM cost_shares');
        mirror.run('DELETE FROM cost_daily');
        mirror.run('DELETE FROM cost_month_totals');
        mirror.run('DELETE FROM cost_sync_runs');
        mirror.run('DELETE FROM cost_scopes');
        const scope = new CostScopeMirror(mirror);
        const sums = { actual: 0, amortized: 0 };
        charges.forEach((shares, index) => {
          const costType = index % 3 === 2 ? 'amortized' : 'actual';
          const whole = shares.reduce((sum, share) => sum + share, 0);
          sums[costType] += whole;
          scope.charge(whole / 1e8, {
            costType,
            meter: `meter ${index}`,
            shares: shares.map((share) => ({ cost: share / 1e8, instance, model: 'gpt-4o' })),
          });
        });
        scope.total('2026-03', sums.actual / 1e8);
        scope.total('2026-03', sums.amortized / 1e8, 'USD', 'amortized');
        const found = await lines();
        const sumOf = (name: string): bigint =>
          found.reduce((sum, line) => sum + (line[name] === '' ? 0n : exact(line[name] ?? '')), 0n);
        assert.equal(sumOf('BilledCost'), BigInt(e8(sums.actual / 1e8)));
        assert.equal(sumOf('EffectiveCost'), BigInt(e8(sums.amortized / 1e8)));
      }),
      { numRuns: 20 },
    );
  });

  it('are of the months that the report shows, and of no other report', async () => {
    const scope = new CostScopeMirror(mirror);
    scope.total('2026-03', 1);
    scope.charge(1, { date: '2026-03-01' });
    scope.charge(1, { date: '2026-02-28' });
    assert.deepEqual(
      (await lines()).map(({ ChargePeriodStart: start }) => start),
      ['2026-03-01T00:00:00Z'],
    );
    const chat = mirror.chat(mirror.user(instance, 'Ann'));
    mirror.turn(chat, 1_773_000_000);
    const other = await report(mirror, { definition: overviewReport });
    assert.equal(rows(other, 'months').length, 0);
    await assert.rejects(readFocusRows(mirror, other), /Only the report Reconciliation/u);
  });
});
