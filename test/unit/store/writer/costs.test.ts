import assert from 'node:assert/strict';
import { CostEntryError, type PriceEntry } from '../../../../src/store/costs/costEntries';
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

  describe('are kept', () => {
    it('with what they say and when they were confirmed, and are visible at once', async () => {
      const mirror = await synced();
      const result = mirror.setPrices([
        price({ currency: ' eur ', cachedPerMillion: 1.25, perRequest: 0.1 }),
      ]);
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
      mirror.setPrices([price(), price({ instanceId: 2 }), price({ validFrom: '2025-11-10' })]);
      mirror.setPrices([price({ inputPerMillion: 3 })]);
      assert.deepEqual(await prices(), [
        ['gpt-4o', null, '2025-11-01', 'USD', 3, 0],
        ['gpt-4o', 2, '2025-11-01', 'USD', 2.5, 0],
        ['gpt-4o', null, '2025-11-10', 'USD', 2.5, 0],
      ]);
    });

    it('without a new file where nothing changes', async () => {
      const mirror = await synced();
      mirror.setPrices([price()]);
      assert.deepEqual(mirror.setPrices([price()]), { generation: 2, published: false });
    });

    it('all or none', async () => {
      const mirror = await synced();
      assert.throws(() => mirror.setPrices([price(), price({ inputPerMillion: -1 })]), CostEntryError);
      mirror.setBudget({ currency: 'USD', monthlyAmount: 100 });
      assert.deepEqual(await prices(), []);
    });

    it('until they are removed, and again afterwards', async () => {
      const mirror = await synced();
      mirror.setPrices([price(), price({ instanceId: 1 })]);
      mirror.removePrice(price());
      assert.deepEqual(await prices(), [
        ['gpt-4o', null, '2025-11-01', 'USD', 2.5, 1],
        ['gpt-4o', 1, '2025-11-01', 'USD', 2.5, 0],
      ]);
      assert.throws(() => mirror.removePrice(price()), /gpt-4o has no such price from 2025-11-01 on/);
      mirror.setPrices([price()]);
      assert.deepEqual((await prices())[0], ['gpt-4o', null, '2025-11-01', 'USD', 2.5, 0]);
    });

    it('one budget for each instance and currency', async () => {
      const mirror = await synced();
      mirror.setBudget({ currency: 'usd', monthlyAmount: 100 });
      mirror.setBudget({ currency: 'USD', monthlyAmount: 200 });
      mirror.setBudget({ currency: 'EUR', monthlyAmount: 300 });
      mirror.setBudget({ currency: 'USD', monthlyAmount: 50, instanceId: 1 });
      mirror.removeBudget({ currency: 'EUR' });
      assert.deepEqual(await budgets(), [
        [null, 'USD', 200, 0],
        [null, 'EUR', 300, 1],
        [1, 'USD', 50, 0],
      ]);
      assert.throws(() => mirror.removeBudget({ currency: 'EUR' }), /no such budget in EUR/);
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
      [
        'an instance that was never synced',
        { instanceId: 9 },
        /does not know this instance yet\. Sync it first/,
      ],
    ];
    for (const [what, changes, said] of wrong) {
      it(what, async () => {
        const mirror = await synced();
        assert.throws(() => mirror.setPrices([price(changes)]), said);
        assert.equal(mirror.publish().published, false);
      });
    }

    it('a budget of nothing', async () => {
      const mirror = await synced();
      assert.throws(
        () => mirror.setBudget({ currency: 'USD', monthlyAmount: 0 }),
        /A budget must be above 0\. To have none, remove it/,
      );
    });

    it('while a sync runs, and in a preview', async () => {
      const mirror = await synced();
      begin(mirror, 'later');
      assert.throws(() => mirror.setPrices([price()]));
      const preview = await open({ isDryRun: true });
      assert.throws(() => preview.setPrices([price()]), /A preview changes nothing/);
    });
  });

  it('go with their instance when its data is deleted, and stay when it is kept', async () => {
    const mirror = await synced();
    mirror.setPrices([price(), price({ instanceId: 1 }), price({ instanceId: 2 })]);
    mirror.setBudget({ currency: 'USD', monthlyAmount: 50, instanceId: 1 });
    mirror.setBudget({ currency: 'USD', monthlyAmount: 60, instanceId: 2 });
    mirror.removeInstance(1, 'delete');
    mirror.removeInstance(2, 'keep');
    assert.deepEqual(await rows('SELECT instance_id FROM prices ORDER BY id'), [[null], [2]]);
    assert.deepEqual(await rows('SELECT instance_id FROM budgets'), [[2]]);
    const database = await openPublished(root());
    assert.deepEqual(database.all('SELECT * FROM pragma_foreign_key_check'), []);
    database.close();
  });

  it('stay as they are now when an older backup is restored', async () => {
    const mirror = await synced();
    const { generation } = mirror.setPrices([
      price({ modelId: 'kept', inputPerMillion: 1 }),
      price({ modelId: 'changed' }),
    ]);
    mirror.setPrices([
      price({ modelId: 'changed', inputPerMillion: 9 }),
      price({ modelId: 'new', instanceId: 2 }),
    ]);
    mirror.removePrice(price({ modelId: 'kept' }));
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
    close(await synced().then((mirror) => (mirror.setPrices([price()]), mirror)));
    const moved = await open({ zone: 'Asia/Tokyo', now: () => NOON + 60 });
    moved.setBudget({ currency: 'USD', monthlyAmount: 1 });
    assert.deepEqual(await rows('SELECT valid_from, valid_from_day, sync_datetime FROM prices'), [
      ['2025-11-01', 20_393, '2025-11-16 21:00:00'],
    ]);
  });
});
