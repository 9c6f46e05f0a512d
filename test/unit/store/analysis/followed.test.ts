import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { changingAnalysis } from '../../../../src/store/analysis/changingAnalysis';
import { createAnalysis, editAnalysis, loadAnalysis } from '../../../../src/store/analysis/analysisFile';
import { analysisHash, analysisText } from '../../../../src/store/analysis/analysisText';
import { NO_ANALYSIS, type Analysis } from '../../../../src/store/analysis/analysisTypes';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { isPersonHash } from '../../../../src/store/instances/people';
import { readStatus } from '../../../../src/store/status';
import type { PublishResult } from '../../../../src/store/writeResults';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, NOON, runEnd, useMirrors, user } from '../builders';
import { filesHolding, openPublished, publishedRows } from '../published';
import { FULL } from './samples';

const TABLES = [
  ...['prices', 'budgets', 'cost_resources', 'cost_deployments', 'cost_meters', 'cost_invoices'],
  ...['excluded_accounts', 'merged_accounts', 'engagement_weights', 'holidays'],
];

const PRICE = {
  modelId: 'gpt-4o',
  validFrom: '2025-11-01',
  currency: 'USD',
  inputPerMillion: 2.5,
  outputPerMillion: 10,
  source: 'admin',
} as const;

const ADA = 'ada-6a1c0f55-the-one';

describe('The database follows analysis.json', () => {
  const { root, open, close } = useMirrors();
  const path = (): string => dataFolderAt(root()).analysis;
  const rows = (sql: string): Promise<unknown[]> => publishedRows(root(), sql);
  const change = (mirror: MirrorDatabase, edit: (analysis: Analysis) => Analysis): Promise<PublishResult> =>
    changingAnalysis(
      root(),
      edit,
    )({ applyAnalysis: (analysis) => Promise.resolve(mirror.applyAnalysis(analysis)) });

  async function synced(users = [user('ann'), user(ADA)]): Promise<MirrorDatabase> {
    const mirror = await open();
    for (const instance of [1, 2]) {
      const run = begin(mirror, `run-${instance}`, instance);
      mirror.applyUsers(run, users);
      mirror.endRun(runEnd({ runId: run }));
    }
    mirror.publish();
    return mirror;
  }

  it('in all its tables, and says which content it took', async () => {
    const mirror = await synced();
    await change(mirror, () => FULL);
    const present = await loadAnalysis(root());
    assert.deepEqual(await rows('SELECT cost_type, allocation, content_hash FROM analysis_settings'), [
      ['amortized', 'attributed', analysisHash(present)],
    ]);
    const counts = await Promise.all(
      TABLES.map(async (table) => [table, ...((await rows(`SELECT count(*) FROM ${table}`))[0] as number[])]),
    );
    assert.deepEqual(Object.fromEntries(counts), {
      prices: 2,
      budgets: 2,
      cost_resources: 3,
      cost_deployments: 2,
      cost_meters: 2,
      cost_invoices: 2,
      excluded_accounts: 1,
      merged_accounts: 1,
      engagement_weights: 2,
      holidays: 3,
    });
    mirror.refreshCopies();
    assert.equal((await readStatus(root())).status?.analysis, analysisHash(present));
  });

  it('and gives all of it back when the file was lost', async () => {
    const mirror = await synced();
    await change(mirror, () => FULL);
    const before = analysisText(await loadAnalysis(root()));
    close(mirror);
    rmSync(path());
    const again = await open();
    assert.equal(analysisText(await loadAnalysis(root())), before);
    assert.equal(again.publish().published, false, 'nothing has changed');
  });

  it('by writing what differs alone, under the ids that rows have', async () => {
    const mirror = await synced();
    await change(mirror, (analysis) => ({
      ...analysis,
      prices: [PRICE, { ...PRICE, modelId: 'other' }],
      holidays: FULL.holidays,
    }));
    close(mirror);
    const later = await open({ now: () => NOON + 60 });
    await change(later, (analysis) => ({
      ...analysis,
      prices: [
        { ...PRICE, modelId: 'new' },
        { ...PRICE, inputPerMillion: 3 },
      ],
      holidays: FULL.holidays.slice(1),
    }));
    assert.deepEqual(
      await rows('SELECT id, model_id, input_per_million, is_deleted, sync_datetime_epoch FROM prices'),
      [
        [1, 'gpt-4o', 3, 0, NOON + 60],
        [2, 'other', 2.5, 1, NOON + 60],
        [3, 'new', 2.5, 0, NOON + 60],
      ],
    );
    assert.deepEqual(await rows('SELECT date, instance_id, is_deleted, sync_datetime_epoch FROM holidays'), [
      ['2025-12-24', 1, 1, NOON + 60],
      ['2025-12-24', 2, 1, NOON + 60],
      ['2025-12-25', 0, 0, NOON],
    ]);
    await change(later, (analysis) => ({ ...analysis, holidays: FULL.holidays }));
    assert.deepEqual(await rows('SELECT count(*) FROM holidays WHERE is_deleted = 0'), [[3]]);
  });

  it('when a writer opens after somebody has changed the file, with the next publish', async () => {
    close(await synced());
    writeFileSync(path(), '{"budgets": [{"currency": "EUR", "monthlyAmount": 7}]}');
    const mirror = await open();
    const run = begin(mirror, 'next');
    mirror.endRun(runEnd({ runId: run }));
    mirror.publish();
    assert.deepEqual(await rows('SELECT currency, monthly_amount FROM budgets'), [['EUR', 7]]);
    assert.equal(readFileSync(path(), 'utf8'), '{"budgets": [{"currency": "EUR", "monthlyAmount": 7}]}');
  });

  it('not in a preview', async () => {
    close(await synced());
    writeFileSync(path(), '{"budgets": [{"currency": "EUR", "monthlyAmount": 7}]}');
    const preview = await open({ isDryRun: true });
    begin(preview, 'looking');
    assert.equal(preview.publish().published, false);
    assert.deepEqual(await rows('SELECT * FROM budgets'), []);
  });

  it('from the first sync of an instance on, where it names one that was never synced', async () => {
    const mirror = await synced();
    await change(mirror, (analysis) => ({
      ...analysis,
      prices: [{ ...PRICE, instanceId: 3 }],
      budgets: [{ instanceId: 3, currency: 'USD', monthlyAmount: 5 }],
    }));
    assert.deepEqual(await rows('SELECT * FROM prices'), []);
    const run = begin(mirror, 'third', 3);
    mirror.endRun(runEnd({ runId: run }));
    mirror.publish();
    assert.deepEqual(await rows('SELECT instance_id FROM prices'), [[3]]);
    assert.deepEqual(await rows('SELECT instance_id FROM budgets'), [[3]]);
  });

  describe('of which there is none yet', () => {
    /** As earlier versions left it: prices in the database alone. */
    async function withoutFile(): Promise<void> {
      const mirror = await synced();
      await change(mirror, (analysis) => ({ ...analysis, prices: [PRICE], budgets: FULL.budgets }));
      close(mirror);
      rmSync(path());
    }

    it('which is written from the prices and budgets that are there', async () => {
      await withoutFile();
      const mirror = await open();
      const { prices, budgets } = await loadAnalysis(root());
      assert.deepEqual(prices, [{ ...PRICE, instanceId: undefined }]);
      assert.deepEqual(
        budgets.map(({ instanceId, monthlyAmount }) => [instanceId, monthlyAmount]),
        [
          [undefined, 500],
          [2, 50],
        ],
      );
      mirror.publish();
      assert.deepEqual(await rows('SELECT model_id, is_deleted FROM prices'), [['gpt-4o', 0]]);
    });

    it('which a command’s edit adds to', async () => {
      await withoutFile();
      const mirror = await open();
      await change(mirror, (analysis) => ({
        ...analysis,
        prices: [...analysis.prices, { ...PRICE, modelId: 'new' }],
      }));
      assert.deepEqual(await rows('SELECT model_id FROM prices WHERE is_deleted = 0 ORDER BY id'), [
        ['gpt-4o'],
        ['new'],
      ]);
    });

    it('which is not made where there is nothing to say', async () => {
      close(await synced());
      await open();
      assert.equal(existsSync(path()), false);
    });
  });

  describe('that is damaged', () => {
    it('by keeping the numbers of before, while syncs go on', async () => {
      const mirror = await synced();
      await change(mirror, (analysis) => ({ ...analysis, prices: [PRICE] }));
      close(mirror);
      writeFileSync(path(), '{ not json');
      const again = await open();
      const run = begin(again, 'next');
      again.applyUsers(run, [user('zoe')]);
      again.endRun(runEnd({ runId: run }));
      assert.equal(again.publish().published, true);
      assert.deepEqual(await rows('SELECT model_id, is_deleted FROM prices'), [['gpt-4o', 0]]);
      assert.equal(readFileSync(path(), 'utf8'), '{ not json');
    });

    it('by refusing to erase anybody: it may name him', async () => {
      const mirror = await synced();
      writeFileSync(path(), `{ "excludedAccounts": "${ADA}"`);
      await assert.rejects(mirror.erasePerson(1, ADA), /analysis\.json cannot be used: it is not JSON/);
      assert.deepEqual(await rows(`SELECT count(*) FROM users WHERE remote_id = '${ADA}'`), [[2]]);
    });

    it('by taking the present numbers into a backup that is restored', async () => {
      const mirror = await synced();
      const { generation } = await change(mirror, (analysis) => ({ ...analysis, prices: [PRICE] }));
      await change(mirror, (analysis) => ({ ...analysis, prices: [{ ...PRICE, inputPerMillion: 9 }] }));
      writeFileSync(path(), '{ not json');
      await mirror.restore(`db/0000000${generation}.db`);
      assert.deepEqual(await rows('SELECT input_per_million FROM prices'), [[9]]);
    });
  });

  it('when a backup is restored', async () => {
    const mirror = await synced();
    const { generation } = await change(mirror, () => FULL);
    await change(mirror, (analysis) => ({
      ...analysis,
      allocation: 'allocated',
      excludedAccounts: [{ instance: 2, user: 'new' }],
    }));
    await mirror.restore(`db/0000000${generation}.db`);
    assert.deepEqual(await rows('SELECT allocation FROM analysis_settings'), [['allocated']]);
    assert.deepEqual(await rows('SELECT instance_id, remote_id FROM excluded_accounts'), [[2, 'new']]);
  });

  describe('and forgets with it', () => {
    const named = (analysis: Analysis): Analysis => ({
      ...analysis,
      excludedAccounts: [
        { instance: 1, user: ADA },
        { instance: 1, user: 'ann' },
      ],
      mergedPeople: [
        [
          { instance: 1, user: ADA },
          { instance: 2, user: 'ann' },
          { instance: 1, user: 'ann' },
        ],
      ],
    });

    it('a person who is erased, in every file of the folder', async () => {
      const mirror = await synced([user('ann'), user(ADA)]);
      await change(mirror, named);
      await mirror.erasePerson(1, ADA);
      await mirror.erasePerson(2, ADA);
      assert.deepEqual(filesHolding(root(), ADA), []);
      const { excludedAccounts, mergedPeople } = await loadAnalysis(root());
      assert.deepEqual(excludedAccounts, [{ instance: 1, user: 'ann' }]);
      assert.deepEqual(mergedPeople, [
        [
          { instance: 2, user: 'ann' },
          { instance: 1, user: 'ann' },
        ],
      ]);
      assert.deepEqual(
        await rows(
          'SELECT instance_id, remote_id, person_instance_id, person_remote_id FROM merged_accounts',
        ),
        [[1, 'ann', 2, 'ann']],
      );
    });

    it('who somebody is, where a privacy mode keeps no identities', async () => {
      const mirror = await synced([user(ADA)]);
      await change(mirror, (analysis) => ({ ...named(analysis), mergedPeople: [] }));
      await mirror.tightenPrivacy(1, 'counts');
      await mirror.tightenPrivacy(2, 'counts');
      assert.deepEqual(filesHolding(root(), ADA), []);
      const [first] = (await loadAnalysis(root())).excludedAccounts;
      assert.ok(first !== undefined && isPersonHash(first.user));
      assert.deepEqual(
        await rows(`SELECT u.remote_id FROM users u JOIN excluded_accounts e
          ON e.instance_id = u.instance_id AND e.remote_id = u.remote_id`),
        [[first.user]],
      );
    });

    it('what was said of an instance whose data is deleted', async () => {
      const mirror = await synced();
      await change(mirror, () => FULL);
      await mirror.removeInstance(1, 'delete');
      const present = await loadAnalysis(root());
      assert.deepEqual(
        present.prices.map(({ instanceId }) => instanceId),
        [undefined],
      );
      assert.deepEqual(
        present.resources.map(({ instances }) => instances),
        [[2], []],
      );
      assert.deepEqual([present.excludedAccounts, present.mergedPeople], [[], []]);
      assert.deepEqual(present.holidays[0]?.instances, [2]);
      const database = await openPublished(root());
      assert.deepEqual(database.all('SELECT * FROM pragma_foreign_key_check'), []);
      database.close();
    });

    it('nothing of one whose data is kept', async () => {
      const mirror = await synced();
      await change(mirror, () => FULL);
      const before = readFileSync(path(), 'utf8');
      await mirror.removeInstance(1, 'keep');
      assert.equal(readFileSync(path(), 'utf8'), before);
    });
  });

  it('only after the file says so: one that is refused changes nothing', async () => {
    const mirror = await synced();
    await createAnalysis(root(), NO_ANALYSIS);
    await assert.rejects(
      change(mirror, (analysis) => ({ ...analysis, budgets: [{ currency: 'XXL', monthlyAmount: 1 }] })),
      /budgets\[0\]\.currency: "XXL" is no currency code/,
    );
    assert.deepEqual(await rows('SELECT * FROM budgets'), []);
    assert.deepEqual(await editAnalysis(root(), (analysis) => analysis), await loadAnalysis(root()));
  });
});
