import assert from 'node:assert/strict';
import {
  withBudget,
  withoutBudget,
  withoutPrice,
  withPrices,
} from '../../../../src/store/analysis/analysisEdits';
import type { Analysis } from '../../../../src/store/analysis/analysisTypes';
import { changingAnalysis } from '../../../../src/store/analysis/changingAnalysis';
import {
  CostEntryError,
  utcDayAt,
  type BudgetEntry,
  type PriceEntry,
} from '../../../../src/store/costs/costEntries';
import type { PublishResult } from '../../../../src/store/writeResults';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, NOON, runEnd, useMirrors, user } from '../builders';
import { openPublished, publishedRows } from '../published';

const price = (changes: Partial<PriceEntry> = {}): PriceEntry => ({
  modelId: 'gpt-4o',
  validFrom: '2025-11-01',
  currency: 'USD',
  inputPerMillion: 2.5,
  outputPerMillion: 10,
  source: 'admin',
  ...changes,
});

describe('Prices and budgets', () => {
  const { root, open, close } = useMirrors();

  async function synced(): Promise<MirrorDatabase> {
    const mirror = await open();
    for (const instance of [1, 2]) {
      const run = begin(mirror, `run-${instance}`, instance);
      mirror.applyUsers(run, [user('ann')]);
      mirror.endRun(runEnd({ runId: run }));
    }
    mirror.publish();
    return mirror;
  }
  const rows = (sql: string): Promise<unknown[]> => publishedRows(root(), sql);
  const prices = (): Promise<unknown[]> =>
    rows(
      `SELECT model_id, instance_id, valid_from, currency, input_per_million, is_deleted FROM prices ORDER BY id`,
    );
  const budgets = (): Promise<unknown[]> =>
    rows('SELECT instance_id, currency, monthly_amount, is_deleted FROM budgets ORDER BY id');

  /** As the commands do. */
  const change = (mirror: MirrorDatabase, edit: (analysis: Analysis) => Analysis): Promise<PublishResult> =>
    changingAnalysis(
      root(),
      edit,
    )({ applyAnalysis: async (analysis) => Promise.resolve(mirror.applyAnalysis(analysis)) });
  const keep = (mirror: MirrorDatabase, ...entries: PriceEntry[]): Promise<PublishResult> =>
    change(mirror, (analysis) => withPrices(analysis, entries, utcDayAt(NOON)));
  const keepBudget = (mirror: MirrorDatabase, entry: BudgetEntry): Promise<PublishResult> =>
    change(mirror, (analysis) => withBudget(analysis, entry));

  describe('are kept', () => {
    it('with what they say and when they were confirmed, and are visible at once', async () => {
      const mirror = await synced();
      const result = await keep(
        mirror,
        price({ currency: ' eur ', cachedPerMillion: 1.25, perRequest: 0.1 }),
      );
      assert.deepEqual(result, { generation: 2, published: true });
      assert.deepEqual(
        await rows(`SELECT model_id, instance_id, valid_from, valid_from_day, currency, input_per_million,
          cached_per_million, output_per_million, per_request, source, sync_datetime, is_deleted FROM prices`),
        [
          [
            'gpt-4o',
            null,
            '2025-11-01',
            20_393,
            'EUR',
            2.5,
            1.25,
            10,
            0.1,
            'admin',
            '2025-11-16 13:00:00',
            0,
          ],
        ],
      );
    });

    it('beside those of other days and instances; the same day is replaced', async () => {
      const mirror = await synced();
      await keep(mirror, price(), price({ instanceId: 2 }), price({ validFrom: '2025-11-10' }));
      await keep(mirror, price({ inputPerMillion: 3 }));
      assert.deepEqual(await prices(), [
        ['gpt-4o', null, '2025-11-01', 'USD', 3, 0],
        ['gpt-4o', 2, '2025-11-01', 'USD', 2.5, 0],
        ['gpt-4o', null, '2025-11-10', 'USD', 2.5, 0],
      ]);
    });

    it('without a new file where nothing changes', async () => {
      const mirror = await synced();
      await keep(mirror, price());
      assert.deepEqual(await keep(mirror, price()), { generation: 2, published: false });
    });

    it('all or none', async () => {
      const mirror = await synced();
      await assert.rejects(keep(mirror, price(), price({ inputPerMillion: -1 })), CostEntryError);
      await keepBudget(mirror, { currency: 'USD', monthlyAmount: 100 });
      assert.deepEqual(await prices(), []);
    });

    it('until they are removed, and again afterwards', async () => {
      const mirror = await synced();
      await keep(mirror, price(), price({ instanceId: 1 }));
      await change(mirror, (analysis) => withoutPrice(analysis, price()));
      assert.deepEqual(await prices(), [
        ['gpt-4o', null, '2025-11-01', 'USD', 2.5, 1],
        ['gpt-4o', 1, '2025-11-01', 'USD', 2.5, 0],
      ]);
      await assert.rejects(
        change(mirror, (analysis) => withoutPrice(analysis, price())),
        /gpt-4o has no such price from 2025-11-01 on/,
      );
      await keep(mirror, price());
      assert.deepEqual((await prices())[0], ['gpt-4o', null, '2025-11-01', 'USD', 2.5, 0]);
    });

    it('one budget for each instance and currency', async () => {
      const mirror = await synced();
      await keepBudget(mirror, { currency: 'usd', monthlyAmount: 100 });
      await keepBudget(mirror, { currency: 'USD', monthlyAmount: 200 });
      await keepBudget(mirror, { currency: 'EUR', monthlyAmount: 300 });
      await keepBudget(mirror, { currency: 'USD', monthlyAmount: 50, instanceId: 1 });
      await change(mirror, (analysis) => withoutBudget(analysis, { currency: 'EUR' }));
      assert.deepEqual(await budgets(), [
        [null, 'USD', 200, 0],
        [null, 'EUR', 300, 1],
        [1, 'USD', 50, 0],
      ]);
      await assert.rejects(
        change(mirror, (analysis) => withoutBudget(analysis, { currency: 'EUR' })),
        /no such budget in EUR/,
      );
    });
  });

  describe('are refused with what is wrong', () => {
    const wrong: readonly (readonly [what: string, changes: Partial<PriceEntry>, said: RegExp])[] = [
      [
        'a negative price',
        { inputPerMillion: -0.5 },
        /The price of input tokens must not be negative: -0\.5/,
      ],
      ['no number', { outputPerMillion: Number.NaN }, /The price of output tokens must be a number/],
      ['an endless number', { perRequest: Infinity }, /The price of a request must be a number/],
      [
        'an unknown currency',
        { currency: 'DOLLAR' },
        /"DOLLAR" is no currency code\. Give one of three letters/,
      ],
      ['a day that does not exist', { validFrom: '2025-02-30' }, /"2025-02-30" is no day/],
      ['another form of day', { validFrom: '1.11.2025' }, /Give it as YYYY-MM-DD/],
      [
        'a day to come',
        { validFrom: '2025-11-17' },
        /begins on 2025-11-17, which is after today \(2025-11-16 UTC\)/,
      ],
      ['no model', { modelId: '  ' }, /Name the model/],
    ];
    for (const [what, changes, said] of wrong) {
      it(what, async () => {
        const mirror = await synced();
        await assert.rejects(keep(mirror, price(changes)), said);
        assert.equal(mirror.publish().published, false);
      });
    }

    it('a budget of nothing', async () => {
      const mirror = await synced();
      await assert.rejects(
        keepBudget(mirror, { currency: 'USD', monthlyAmount: 0 }),
        /A budget must be above 0\. To have none, remove it/,
      );
    });

    it('while a sync runs, and in a preview', async () => {
      const mirror = await synced();
      begin(mirror, 'later');
      await assert.rejects(keep(mirror, price()), /is running/);
      const preview = await open({ isDryRun: true });
      await assert.rejects(keep(preview, price()), /A preview changes nothing/);
    });
  });

  it('go with their instance when its data is deleted, and stay when it is kept', async () => {
    const mirror = await synced();
    await keep(mirror, price(), price({ instanceId: 1 }), price({ instanceId: 2 }));
    await keepBudget(mirror, { currency: 'USD', monthlyAmount: 50, instanceId: 1 });
    await keepBudget(mirror, { currency: 'USD', monthlyAmount: 60, instanceId: 2 });
    await mirror.removeInstance(1, 'delete');
    await mirror.removeInstance(2, 'keep');
    assert.deepEqual(await rows('SELECT instance_id FROM prices ORDER BY id'), [[null], [2]]);
    assert.deepEqual(await rows('SELECT instance_id FROM budgets'), [[2]]);
    const database = await openPublished(root());
    assert.deepEqual(database.all('SELECT * FROM pragma_foreign_key_check'), []);
    database.close();
  });

  it('stay as they are now when an older backup is restored', async () => {
    const mirror = await synced();
    const { generation } = await keep(
      mirror,
      price({ modelId: 'kept', inputPerMillion: 1 }),
      price({ modelId: 'changed' }),
    );
    await keep(
      mirror,
      price({ modelId: 'changed', inputPerMillion: 9 }),
      price({ modelId: 'new', instanceId: 2 }),
    );
    await change(mirror, (analysis) => withoutPrice(analysis, price({ modelId: 'kept' })));
    await mirror.restore(`db/0000000${generation}.db`);
    assert.deepEqual(
      await rows('SELECT model_id, instance_id, input_per_million, is_deleted FROM prices ORDER BY model_id'),
      [
        ['changed', null, 9, 0],
        ['kept', null, 1, 1],
        ['new', 2, 2.5, 0],
      ],
    );
  });

  it('have local times in the mirror’s zone, also after it changes, and first days that do not move', async () => {
    const mirror = await synced();
    await keep(mirror, price());
    close(mirror);
    const moved = await open({ zone: 'Asia/Tokyo', now: () => NOON + 60 });
    await keepBudget(moved, { currency: 'USD', monthlyAmount: 1 });
    assert.deepEqual(await rows('SELECT valid_from, valid_from_day, sync_datetime FROM prices'), [
      ['2025-11-01', 20_393, '2025-11-16 21:00:00'],
    ]);
  });
});
