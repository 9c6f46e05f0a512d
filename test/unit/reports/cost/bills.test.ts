import assert from 'node:assert/strict';
import { costReport } from '../../../../src/reports/cost/costReport';
import { readBudgetUse } from '../../../../src/reports/cost/budgetUse';
import type { ReportModel, TextBlock } from '../../../../src/reports/reportModel';
import { billGeneration, CostScopeMirror } from '../costMirror';
import { TestMirror, at } from '../mirror';
import { column, report, rows, tile, total, type Asked } from '../reading';

/** So that a token costs 1 by list price. */
const ONE_A_TOKEN = { input: 1_000_000, output: 1_000_000 } as const;

describe('the cost report with bills', () => {
  let mirror: TestMirror;
  let instance: number;
  let chat: number;
  let scope: CostScopeMirror;

  beforeEach(async () => {
    mirror = await TestMirror.create();
    instance = mirror.instance('fasgpt');
    chat = mirror.chat(mirror.user(instance, 'Ann'));
    mirror.price('m', ONE_A_TOKEN);
    scope = new CostScopeMirror(mirror);
  });
  afterEach(() => mirror.dispose());

  /** A turn whose answer costs so much by list price. @returns the answer's id */
  function answer(listCost: number, day = '2026-03-10', model = 'm'): number {
    mirror.message(chat, at(`${day} 10:00`));
    return mirror.message(chat, at(`${day} 10:01`), { role: 'assistant', model, input: listCost, output: 0 });
  }
  const cost = (asked: Asked = {}): Promise<ReportModel> =>
    report(mirror, { definition: costReport, ...asked });

  function sentences(model: ReportModel): readonly string[] {
    const block = model.sections.flatMap(({ blocks }) => blocks).find(({ id }) => id === 'billText');
    return (block as TextBlock).sentences.flatMap(({ text, details }) => [text, ...details]);
  }

  describe('says where each figure comes from', () => {
    it('in tiles and tables: final bill, provisional bill, list price', async () => {
      billGeneration(mirror, answer(10), 8);
      billGeneration(mirror, answer(10), 9, { isFinal: false });
      answer(5);
      const model = await cost();
      assert.equal(tile(model, 'cost').value, '22.00 USD');
      assert.equal(tile(model, 'cost').note, '17.00 billed (9.00 of it provisional), 5.00 by list price');
      assert.equal(total(model, 'billed_coverage'), 2 / 3);
      for (const id of ['currencyTable', 'modelTable', 'userTable', 'chatTable']) {
        const split = ['Cost', 'Billed', 'Of it provisional', 'List price'].map((title) =>
          column(model, id, title),
        );
        assert.deepEqual(split, [['22.00'], ['17.00'], ['9.00'], ['5.00']], id);
      }
      assert.ok(
        model.notes.includes('Provisional: 9.00 USD of what was billed is of months that are still open.'),
      );
    });

    it('by actual or amortised cost, never both', async () => {
      const one = answer(10);
      billGeneration(mirror, one, 8);
      billGeneration(mirror, one, 3, { costType: 'amortized' });
      scope.charge(8, { shares: [{ cost: 8, instance, model: 'm' }] });
      scope.charge(3, { costType: 'amortized', shares: [{ cost: 3, instance, model: 'm' }] });
      const actual = await cost();
      assert.equal(total(actual, 'cost'), 8);
      assert.deepEqual(column(actual, 'allocationTable', 'Basis'), ['Actual']);
      assert.ok(actual.notes.some((note) => note.startsWith('Billed amounts are actual cost')));
      mirror.run("UPDATE analysis_settings SET cost_type = 'amortized'");
      const amortised = await cost();
      assert.equal(total(amortised, 'cost'), 3);
      assert.deepEqual(column(amortised, 'allocationTable', 'Billed in all'), ['3.00']);
      assert.ok(amortised.notes.some((note) => note.startsWith('Billed amounts are amortised cost')));
    });
  });

  describe('shows what became of the bill', () => {
    it('as parts that add up to it, with a line for what is of no generation', async () => {
      answer(10);
      scope.month('2026-03', 'open');
      scope.charge(10, {
        shares: [
          { cost: 7.5, instance, model: 'm' },
          { kind: 'unallocated', cost: 2.5, instance, reason: 'noUsage' },
        ],
      });
      scope.charge(4, {
        resource: '/other',
        shares: [{ kind: 'unmapped', cost: 4, reason: 'unmappedResource' }],
      });
      scope.charge(-1, { chargeType: 'Refund', shares: [{ kind: 'other', cost: -1 }] });
      const model = await cost();
      const [row] = rows(model, 'allocation');
      assert.deepEqual(row, {
        currency: 'USD',
        basis: 'Actual',
        charged_cost: 13,
        allocated_cost: 7.5,
        unallocated_cost: 2.5,
        unmapped_cost: 4,
        unasked_cost: 4,
        other_charges_cost: -1,
        allocated_share: 0.75,
        open_cost: 13,
      });
      assert.deepEqual(column(model, 'unallocatedTable', 'Part'), [
        'Unmapped resource',
        'Unallocated',
        'Other charge',
      ]);
      assert.match(column(model, 'unallocatedTable', 'Why')[1] ?? '', /^No generation/u);
      const [text, ...details] = sentences(model);
      assert.match(text ?? '', /^Billed by actual cost: 13\.00 USD\. Allocated to generations: 7\.50 USD;/u);
      assert.ok(details.some((detail) => detail.startsWith('13.00 USD of it is provisional')));
    });

    it('with a line of 0 for the unallocated where all is allocated', async () => {
      answer(10);
      scope.charge(10, { shares: [{ cost: 10, instance, model: 'm' }] });
      assert.deepEqual(column(await cost(), 'allocationTable', 'Unallocated'), ['0.00']);
    });

    it('by step, where a day that no bill has reached is a gap and not 0', async () => {
      answer(10, '2026-03-09');
      answer(10, '2026-03-10');
      answer(10, '2026-03-11');
      scope.charge(10, { date: '2026-03-10', shares: [{ cost: 10, instance, model: 'm' }] });
      const steps = rows(await cost({ unit: 'day' }), 'bill_steps').filter(({ bucket }) =>
        ['2026-03-09', '2026-03-10', '2026-03-11'].includes(String(bucket)),
      );
      assert.deepEqual(
        steps.map(({ charged_cost: charged, unallocated_cost: rest }) => [charged, rest]),
        [
          [null, null],
          [10, 0],
          [null, null],
        ],
      );
    });

    it('of one instance, without what is of others or of none', async () => {
      const other = mirror.instance('resgpt');
      answer(10);
      scope.charge(10, {
        shares: [
          { cost: 6, instance, model: 'm' },
          { cost: 4, instance: other, model: 'm' },
        ],
      });
      scope.charge(5, { resource: '/other', shares: [{ kind: 'unmapped', cost: 5 }] });
      const charged = async (asked: Asked): Promise<unknown> =>
        rows(await cost(asked), 'allocation')[0]?.['charged_cost'];
      assert.equal(await charged({}), 15);
      assert.equal(await charged({ scope: { kind: 'instance', instanceId: instance } }), 6);
    });

    it('in each currency, never added', async () => {
      answer(10);
      scope.charge(10, { currency: 'EUR', shares: [{ cost: 10, instance, model: 'm' }] });
      scope.charge(7, { currency: 'USD', shares: [{ cost: 7, instance, model: 'm' }] });
      const model = await cost();
      assert.deepEqual(column(model, 'allocationTable', 'Currency').toSorted(), ['EUR', 'USD']);
      assert.deepEqual(
        rows(model, 'main_meters').map(({ currency, charged_cost: amount }) => [currency, amount]),
        [['USD', 7]],
      );
    });

    it('or how to have one', async () => {
      answer(10);
      assert.deepEqual(sentences(await cost()), [
        'Nothing was billed in this period: all cost is by list price.',
        'Run Connect Azure Cost..., or Import Cost File... to have what was billed.',
      ]);
    });
  });

  it('lists meters as the cloud names them, by resource and kind of charge', async () => {
    answer(10);
    const resource =
      '/subscriptions/one/resourcegroups/ai/providers/microsoft.cognitiveservices/accounts/fas';
    scope.charge(10, { resource, shares: [{ cost: 10, instance, model: 'm' }] });
    scope.charge(2, {
      date: '2026-03-11',
      resource,
      shares: [
        { cost: 1, instance, model: 'n' },
        { kind: 'unallocated', cost: 1, instance },
      ],
    });
    scope.charge(3, {
      meter: '',
      resource: '',
      chargeType: 'Purchase',
      shares: [{ kind: 'other', cost: 3 }],
    });
    assert.deepEqual(
      rows(await cost(), 'by_meter').map((row) =>
        [
          'meter',
          'resource',
          'charge_type',
          'models',
          'charged_cost',
          'allocated_cost',
          'rest_cost',
          'last_date',
        ].map((field) => row[field]),
      ),
      [
        ['gpt 4o Inp glbl Tokens', 'ai/fas', 'Usage', 'm, n', 12, 11, 1, '2026-03-11'],
        ['No meter', 'No resource', 'Purchase', null, 3, 0, 3, '2026-03-10'],
      ],
    );
  });

  describe('shows what tags were billed', () => {
    it('by value and currency, with what has none', async () => {
      answer(10);
      const shares = [{ cost: 7, instance, model: 'm' }];
      scope.charge(7, { tag: 'sales', shares });
      scope.charge(5, { tag: 'sales', resource: '/other', shares: [{ kind: 'unmapped', cost: 5 }] });
      scope.charge(4, { shares: [{ kind: 'unallocated', cost: 4, instance, reason: 'noUsage' }] });
      scope.charge(9, { tag: 'lab', currency: 'EUR', shares: [{ kind: 'unmapped', cost: 9 }] });
      assert.deepEqual(
        rows(await cost(), 'by_tag').map((row) =>
          [
            'tag',
            'resources',
            'currency',
            'charged_cost',
            'charged_share',
            'allocated_cost',
            'rest_cost',
          ].map((field) => row[field]),
        ),
        [
          ['lab', 1, 'EUR', 9, 1, 0, 9],
          ['sales', 2, 'USD', 12, 0.75, 7, 5],
          ['No tag', 1, 'USD', 4, 0.25, 0, 4],
        ],
      );
    });

    it('not at all where no scope is read by a tag', async () => {
      scope.charge(7, { shares: [{ cost: 7, instance, model: 'm' }] });
      assert.deepEqual(rows(await cost(), 'by_tag'), []);
    });
  });

  describe('compares the estimate with the bill', () => {
    it('of the same generations by model and month, and warns outside of 0.8 to 1.25', async () => {
      mirror.price('n', ONE_A_TOKEN);
      mirror.price('k', ONE_A_TOKEN);
      billGeneration(mirror, answer(10), 12.5);
      answer(100);
      billGeneration(mirror, answer(10, '2026-03-10', 'n'), 12.6);
      billGeneration(mirror, answer(10, '2026-03-10', 'k'), 7.9);
      billGeneration(mirror, answer(10, '2026-02-10'), 8);
      const model = await cost({ period: { kind: 'days', from: '2026-02-01', to: '2026-03-31' } });
      assert.deepEqual(
        rows(model, 'ratios').map(({ month, model_id: id, bill_to_list_ratio: ratio, verdict }) => [
          month,
          id,
          ratio,
          String(verdict).slice(0, 20),
        ]),
        [
          ['2026-03', 'n', 1.26, 'Warning: billed much'],
          ['2026-03', 'm', 1.25, 'As expected'],
          ['2026-03', 'k', 0.79, 'Warning: billed much'],
          ['2026-02', 'm', 0.8, 'As expected'],
        ],
      );
    });

    it('not across currencies', async () => {
      billGeneration(mirror, answer(10), 12, { currency: 'EUR' });
      assert.deepEqual(rows(await cost(), 'ratios'), []);
    });
  });

  describe('forecasts', () => {
    /** 10 a day by list price from 1 March to the day before the last sync, the 21st; billed at half up to the 18th. */
    function month(bill: (generation: number) => void): void {
      mirror.run("UPDATE instances SET last_sync = '2026-03-21 12:30:00', last_sync_epoch = ?", [
        at('2026-03-21 12:30'),
      ]);
      for (let day = 1; day <= 20; day++) {
        const id = answer(10, `2026-03-${String(day).padStart(2, '0')}`);
        if (day <= 18) {
          bill(id);
        }
      }
    }
    const asked = { now: at('2026-03-21 13:00') };

    it('days that are not billed yet at list price x ratio of bill to list price', async () => {
      month((id) => billGeneration(mirror, id, 5));
      const model = await cost(asked);
      assert.equal(total(model, 'month_to_date_cost'), 18 * 5 + 2 * 10);
      // All 31 days at 5: 18 of them billed, 2 by list price x 0.5, 11 open ones by the median of their weekday.
      assert.equal(total(model, 'cost_forecast'), 31 * 5);
      assert.ok(sentences(model).length > 0);
    });

    it('and takes list prices as they are where nothing was billed', async () => {
      month(() => undefined);
      assert.equal(total(await cost(asked), 'cost_forecast'), 31 * 10);
    });

    it('and where what was billed came back: no later day is expected to bring money', async () => {
      month((id) => billGeneration(mirror, id, -5));
      assert.equal(total(await cost(asked), 'cost_forecast'), 18 * -5 + 2 * 10);
    });

    it('in a currency that only bills are in: days after the newest bill are open, not free', async () => {
      mirror.run('UPDATE prices SET is_deleted = 1');
      month((id) => billGeneration(mirror, id, 5, { currency: 'EUR' }));
      const model = await cost(asked);
      assert.equal(total(model, 'currency'), 'EUR');
      assert.equal(total(model, 'month_to_date_cost'), 90);
      assert.equal(total(model, 'cost_forecast'), 31 * 5);
    });

    it('the month of the last sync, also where another instance has not reached it', async () => {
      mirror.run("UPDATE instances SET last_sync = '2026-04-01 00:30:00', last_sync_epoch = ?", [
        at('2026-04-01 00:30'),
      ]);
      const other = mirror.instance('resgpt', { lastSync: at('2026-03-31 23:50') });
      mirror.turn(mirror.chat(mirror.user(other, 'Bob')), at('2026-03-01 10:00'), { model: 'm', input: 0 });
      for (let day = 1; day <= 31; day++) {
        answer(10, `2026-03-${String(day).padStart(2, '0')}`);
      }
      mirror.budget(305);
      const [use] = await readBudgetUse(mirror, { now: at('2026-04-01 01:00'), zone: 'UTC' });
      assert.deepEqual([use?.month, use?.monthToDate, use?.forecast], ['2026-04', 0, 30 * 10]);
    });

    it('each budget, the same in the report and where it is watched', async () => {
      const other = mirror.instance('resgpt', { lastSync: at('2026-03-21 12:30') });
      month((id) => billGeneration(mirror, id, 5));
      mirror.budget(150);
      mirror.budget(100, instance);
      mirror.budget(20, other);
      mirror.budget(20, instance, 'EUR');
      assert.deepEqual(await readBudgetUse(mirror, { now: asked.now, zone: 'UTC' }), [
        {
          instanceId: undefined,
          instance: undefined,
          currency: 'USD',
          budget: 150,
          month: '2026-03',
          monthToDate: 110,
          forecast: 155,
        },
        {
          instanceId: instance,
          instance: 'fasgpt',
          currency: 'EUR',
          budget: 20,
          month: '2026-03',
          monthToDate: 0,
          forecast: 0,
          paidIn: ['USD'],
        },
        {
          instanceId: instance,
          instance: 'fasgpt',
          currency: 'USD',
          budget: 100,
          month: '2026-03',
          monthToDate: 110,
          forecast: 155,
        },
        {
          instanceId: other,
          instance: 'resgpt',
          currency: 'USD',
          budget: 20,
          month: '2026-03',
          monthToDate: 0,
          forecast: undefined,
        },
      ]);
      const model = await cost(asked);
      assert.deepEqual(column(model, 'budgetTable', 'Standing'), [
        'Will not last by the forecast',
        'No cost in EUR: set it in USD',
        'Spent',
        'Within the budget',
      ]);
      assert.deepEqual(column(model, 'budgetTable', 'Month to date'), ['110.00', '0.00', '110.00', '0.00']);
    });

    it('no budget before the first sync has ended, nor without one', async () => {
      assert.deepEqual(await readBudgetUse(mirror, { now: asked.now, zone: 'UTC' }), []);
      mirror.budget(150);
      mirror.run('UPDATE instances SET last_sync = NULL, last_sync_epoch = NULL');
      assert.deepEqual(await readBudgetUse(mirror, { now: asked.now, zone: 'UTC' }), []);
    });
  });
});
