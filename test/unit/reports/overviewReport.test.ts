import assert from 'node:assert/strict';
import type { PeriodChoice } from '../../../src/reports/period';
import { NoReportDataError } from '../../../src/reports/sources';
import { overviewReport } from '../../../src/reports/overview/overviewReport';
import { TestMirror, at } from './mirror';
import { column, report, rows, table, total } from './reading';

describe('the overview', () => {
  let mirror: TestMirror;
  let instance: number;
  let ann: number;
  let chat: number;

  beforeEach(async () => {
    mirror = await TestMirror.create();
    instance = mirror.instance('fasgpt');
    ann = mirror.user(instance, 'Ann');
    chat = mirror.chat(ann);
  });
  afterEach(() => mirror.dispose());

  describe('ranks', () => {
    it('two users of one name as two, told apart by e-mail', async () => {
      const first = mirror.chat(mirror.user(instance, 'Max', { email: 'max@a.test' }));
      const second = mirror.chat(mirror.user(instance, 'Max', { email: 'max@b.test' }));
      mirror.turn(first, at('2026-03-02 10:00'));
      mirror.turn(second, at('2026-03-02 10:00'));
      const model = await report(mirror);
      assert.deepEqual(column(model, 'userTable', 'User'), ['Max', 'Max']);
      const one = await report(mirror, { scope: { kind: 'instance', instanceId: instance } });
      assert.deepEqual(
        rows(one, 'by_user').map(({ label }) => label),
        ['Max (max@a.test)', 'Max (max@b.test)'],
      );
    });

    it('users of several instances by account, with the instance', async () => {
      const other = mirror.instance('resgpt');
      mirror.turn(chat, at('2026-03-02 10:00'));
      mirror.turn(mirror.chat(mirror.user(other, 'Ann')), at('2026-03-02 10:00'));
      const model = await report(mirror);
      assert.deepEqual(column(model, 'userTable', 'Instance'), ['fasgpt', 'resgpt']);
      assert.deepEqual(
        rows(model, 'by_user').map(({ label }) => label),
        ['Ann · fasgpt', 'Ann · resgpt'],
      );
    });

    it('at most 50 users, and says how many are left out', async () => {
      for (let index = 0; index < 53; index++) {
        mirror.turn(mirror.chat(mirror.user(instance, `User ${index}`)), at('2026-03-02 10:00'));
      }
      const { rows: lines, cutNote } = table(await report(mirror), 'userTable');
      assert.equal(lines.length, 50);
      assert.equal(cutNote, 'The first 50 of 53 users; 3 more are left out here and count in the totals.');
    });

    it('deleted users, marked', async () => {
      const gone = mirror.user(instance, 'Gone', { isDeleted: true });
      mirror.turn(mirror.chat(gone), at('2026-03-02 10:00'));
      assert.deepEqual(column(await report(mirror), 'userTable', 'Role'), ['deleted']);
    });

    it('models by generations, with shares that add up to one', async () => {
      mirror.turn(chat, at('2026-03-02 10:00'), { model: 'b', input: 10, output: 10 });
      mirror.turn(chat, at('2026-03-02 11:00'), { model: 'a', input: 60, output: 20 });
      mirror.turn(chat, at('2026-03-02 12:00'), { model: 'a' });
      mirror.turn(chat, at('2026-03-02 13:00'), { model: null });
      const models = rows(await report(mirror), 'by_model');
      assert.deepEqual(
        models.map(({ model, generations, generation_share, token_share }) => [
          model,
          generations,
          generation_share,
          token_share,
        ]),
        [
          ['a', 2, 0.5, 0.8],
          ['Unknown model', 1, 0.25, null],
          ['b', 1, 0.25, 0.2],
        ],
      );
    });

    it('models beyond the fifth as "Other models" over time', async () => {
      for (let model = 0; model < 7; model++) {
        for (let count = model; count < 7; count++) {
          mirror.turn(chat, at('2026-03-02 10:00') + count, { model: `m${model}` });
        }
      }
      assert.deepEqual(
        rows(await report(mirror), 'model_by_bucket').map(({ series, generations }) => [series, generations]),
        [
          ['m0', 7],
          ['m1', 6],
          ['m2', 5],
          ['m3', 4],
          ['m4', 3],
          ['Other models', 3],
        ],
      );
    });
  });

  describe('over several instances', () => {
    it('shows each, also one without a message', async () => {
      mirror.instance('resgpt');
      mirror.turn(chat, at('2026-03-02 10:00'), { input: 5, output: 1 });
      const model = await report(mirror);
      assert.deepEqual(column(model, 'instanceTable', 'Instance'), ['fasgpt', 'resgpt']);
      assert.deepEqual(column(model, 'instanceTable', 'Turns'), ['1', '0']);
      assert.deepEqual(column(model, 'instanceTable', 'Input tokens'), ['5', '–']);
      assert.ok(model.sections.some(({ id }) => id === 'instances'));
    });

    it('leaves the comparison of instances out of a single report', async () => {
      mirror.turn(chat, at('2026-03-02 10:00'));
      const model = await report(mirror, { scope: { kind: 'instance', instanceId: instance } });
      assert.ok(!model.sections.some(({ id }) => id === 'instances'));
      assert.ok(!table(model, 'userTable').columns.some(({ title }) => title === 'Instance'));
    });

    it('says how fresh each is', async () => {
      mirror.instance('resgpt', { lastSync: at('2026-03-30 08:00') });
      mirror.instance('newgpt', { lastSync: null });
      const { freshness } = await report(mirror);
      assert.equal(
        freshness,
        'Data as of 2026-03-30 08:00:00 to 2026-03-31 12:30:00, by instance; no complete sync yet: newgpt',
      );
    });
  });

  describe('in local time', () => {
    for (const zone of ['Asia/Kolkata', 'America/New_York', 'UTC']) {
      it(`gives each turn to one day: days add up to the period (${zone})`, async () => {
        mirror.dispose();
        mirror = await TestMirror.create(zone);
        const bob = mirror.chat(mirror.user(mirror.instance('fasgpt'), 'Bob'));
        for (let hour = 0; hour < 96; hour++) {
          mirror.message(bob, at('2026-03-07 00:00') + hour * 3600);
        }
        const period: PeriodChoice = { kind: 'days', from: '2026-03-01', to: '2026-03-15' };
        const model = await report(mirror, { period });
        const sum = rows(model, 'by_bucket').reduce((sums, { turns }) => sums + Number(turns), 0);
        assert.equal(sum, 96);
        assert.equal(total(model, 'turns'), 96);
      });
    }

    it('divides by the hours that a clock change leaves', async () => {
      mirror.dispose();
      mirror = await TestMirror.create('Europe/Berlin');
      const bob = mirror.chat(mirror.user(mirror.instance('fasgpt'), 'Bob'));
      // 29 March 2026, 00:30 UTC is 01:30, 01:30 UTC is 03:30: there is no hour 2.
      mirror.message(bob, at('2026-03-29 00:30'));
      mirror.message(bob, at('2026-03-29 01:30'));
      const model = await report(mirror, {
        period: { kind: 'days', from: '2026-03-29', to: '2026-03-29' },
      });
      const sunday = rows(model, 'by_hour').filter(({ weekday }) => weekday === 6);
      assert.deepEqual(
        sunday.slice(1, 4).map(({ turns_per_hour }) => turns_per_hour),
        [1, null, 1],
      );
    });
  });

  describe('before there is anything', () => {
    it('asks for a sync when no database was published', async () => {
      mirror.generations = [0];
      await assert.rejects(report(mirror), NoReportDataError);
    });

    it('asks for a sync of an instance that has none', async () => {
      await assert.rejects(
        report(mirror, { scope: { kind: 'instance', instanceId: 99 } }),
        /not synced yet/u,
      );
    });

    it('is empty without messages, and names the days that have some', async () => {
      assert.equal((await report(mirror)).isEmpty, true);
      mirror.turn(chat, at('2025-06-01 10:00'));
      const model = await report(mirror);
      assert.equal(model.isEmpty, true);
      assert.equal(model.knownDays, '2025-06-01');
    });

    it('covers messages of a first sync that did not end', async () => {
      mirror.dispose();
      mirror = await TestMirror.create();
      const fresh = mirror.instance('fasgpt', { lastSync: null });
      mirror.turn(mirror.chat(mirror.user(fresh, 'Ann')), at('2026-03-20 10:00'));
      const model = await report(mirror);
      assert.equal(total(model, 'turns'), 1);
      assert.match(model.freshness, /No sync has ended yet/u);
    });
  });

  describe('reads', () => {
    beforeEach(() => mirror.turn(chat, at('2026-03-02 10:00')));

    it('one file generation: begins anew when a sync publishes in between', async () => {
      mirror.generations = [1, 1, 2, 2];
      assert.equal((await report(mirror)).generation, 2);
    });

    it('few queries, each of which stands alone', async () => {
      const { queries } = await report(mirror);
      assert.ok(queries.length <= 14);
      for (const { sql, rowCount, title } of queries) {
        assert.equal((await mirror.query(sql)).rowCount, rowCount, title);
      }
    });

    it('names the dataset that fails', async () => {
      const broken = {
        ...overviewReport,
        datasets: { ...overviewReport.datasets, totals: { title: 'Totals', sql: 'SELECT nothing' } },
      };
      await assert.rejects(report(mirror, { definition: broken }), /Failed to read "Totals"/u);
    });
  });
});
