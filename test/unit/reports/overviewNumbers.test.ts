import assert from 'node:assert/strict';
import { TestMirror, at } from './mirror';
import { report, rows, tile, total } from './reading';

describe('the numbers of the overview', () => {
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

  describe('counts', () => {
    it('turns and generations apart: a regeneration is one more generation of the same turn', async () => {
      mirror.turn(chat, at('2026-03-02 10:00'));
      mirror.message(chat, at('2026-03-02 10:01'), { role: 'assistant' });
      const model = await report(mirror);
      assert.equal(total(model, 'turns'), 1);
      assert.equal(total(model, 'generations'), 2);
    });

    it('nothing of other roles', async () => {
      mirror.message(chat, at('2026-03-02 10:00'), { role: 'system' });
      mirror.turn(chat, at('2026-03-02 10:00'));
      assert.equal(rows(await report(mirror), 'quality')[0]?.['messages'], 2);
    });

    it('users by their turns: one who was only answered is not active', async () => {
      const bob = mirror.chat(mirror.user(instance, 'Bob'));
      mirror.turn(chat, at('2026-03-02 10:00'));
      mirror.message(bob, at('2026-03-02 10:00'), { role: 'assistant' });
      assert.equal(total(await report(mirror), 'active_users'), 1);
    });

    it('both days at the ends of the period and none beyond', async () => {
      for (const time of ['2026-02-28 23:59', '2026-03-01 00:00', '2026-03-31 11:00', '2026-04-01 00:00']) {
        mirror.message(chat, at(time));
      }
      assert.equal(total(await report(mirror), 'turns'), 2);
    });

    it('deleted chats, and says how many', async () => {
      const deleted = mirror.chat(ann, { isDeleted: true });
      mirror.message(deleted, at('2026-03-02 10:00'), { isDeleted: true });
      const old = mirror.chat(ann, { isDeleted: true });
      mirror.message(old, at('2026-01-02 10:00'), { isDeleted: true });
      const model = await report(mirror);
      assert.equal(total(model, 'turns'), 1);
      assert.equal(tile(model, 'chats').note, '1 of them deleted');
      assert.ok(model.notes.some((note) => note.endsWith('In this period: 1.')));
    });

    it('tokens, ratings and errors of a copied chat once', async () => {
      const original = { remoteId: 'a', input: 100, output: 10, rating: 1, isError: true } as const;
      mirror.message(chat, at('2026-03-02 10:00'), { role: 'assistant', ...original });
      mirror.message(mirror.chat(ann), at('2026-03-02 10:00'), {
        role: 'assistant',
        ...original,
        isCopy: true,
      });
      const model = await report(mirror);
      assert.equal(total(model, 'generations'), 2);
      assert.equal(total(model, 'input_tokens'), 100);
      assert.equal(total(model, 'ratings'), 1);
      assert.equal(total(model, 'errors'), 1);
      assert.equal(total(model, 'usage_coverage'), 1);
      assert.ok(model.notes.some((note) => note.startsWith('Messages repeated by copied chats: 1.')));
    });

    it('only the instance it is of', async () => {
      const other = mirror.instance('resgpt');
      mirror.turn(chat, at('2026-03-02 10:00'));
      mirror.turn(mirror.chat(mirror.user(other, 'Eve')), at('2026-03-02 10:00'), { model: 'other' });
      const model = await report(mirror, { scope: { kind: 'instance', instanceId: instance } });
      for (const [dataset, expected] of [
        ['by_user', 1],
        ['by_model', 1],
      ] as const) {
        assert.equal(rows(model, dataset).length, expected, dataset);
      }
      assert.equal(total(model, 'turns'), 1);
      assert.equal(model.subtitle, 'fasgpt');
    });
  });

  describe('never takes unknown for zero', () => {
    it('tokens that no provider told are unknown', async () => {
      mirror.turn(chat, at('2026-03-02 10:00'));
      const model = await report(mirror);
      assert.equal(total(model, 'input_tokens'), null);
      assert.equal(tile(model, 'input_tokens').value, '–');
      assert.equal(tile(model, 'input_tokens').note, 'known for 0% of generations');
    });

    it('a sum is over what is known and tells its coverage', async () => {
      mirror.turn(chat, at('2026-03-02 10:00'), { input: 30, output: 12 });
      mirror.turn(chat, at('2026-03-02 11:00'));
      mirror.turn(chat, at('2026-03-02 12:00'), { input: 0, output: 0 });
      const model = await report(mirror);
      assert.equal(total(model, 'input_tokens'), 30);
      assert.equal(tile(model, 'output_tokens').note, 'known for 66.7% of generations');
    });

    it('a share of fewer than 10 ratings is not shown', async () => {
      for (let count = 0; count < 9; count++) {
        mirror.turn(chat, at('2026-03-02 10:00') + count * 60, { rating: 1 });
      }
      assert.equal(total(await report(mirror), 'thumbs_up_share'), null);
      mirror.turn(chat, at('2026-03-02 11:00'), { rating: -1 });
      assert.equal(total(await report(mirror), 'thumbs_up_share'), 0.9);
    });

    it('a step without a message between others is a true zero; days before the first message are unknown', async () => {
      mirror.turn(chat, at('2026-03-10 10:00'));
      mirror.turn(chat, at('2026-03-12 10:00'));
      const steps = rows(await report(mirror), 'by_bucket');
      assert.deepEqual(
        steps.slice(8, 12).map(({ bucket, turns }) => [bucket, turns]),
        [
          ['2026-03-09', null],
          ['2026-03-10', 1],
          ['2026-03-11', 0],
          ['2026-03-12', 1],
        ],
      );
      assert.equal(steps.at(-1)?.['bucket'], '2026-03-31');
    });

    it('days after the last sync are unknown', async () => {
      mirror.turn(chat, at('2026-03-30 10:00'));
      const model = await report(mirror, {
        now: at('2026-04-20 08:00'),
        period: { kind: 'days', from: '2026-03-30', to: '2026-04-20' },
      });
      assert.deepEqual(
        rows(model, 'by_bucket')
          .slice(0, 3)
          .map(({ bucket, is_partial, turns }) => [bucket, is_partial, turns]),
        [
          ['2026-03-30', 0, 1],
          ['2026-03-31', 1, 0],
          ['2026-04-01', 0, null],
        ],
      );
    });
  });

  describe('errors', () => {
    it('are failed generations and those that never ended, without the ones still running', async () => {
      mirror.turn(chat, at('2026-03-02 10:00'), { isError: true });
      mirror.turn(chat, at('2026-03-02 11:00'), { isDone: false });
      mirror.turn(chat, at('2026-03-31 12:28'), { isDone: false });
      mirror.turn(chat, at('2026-03-31 12:29'));
      const model = await report(mirror);
      assert.equal(total(model, 'errors'), 2);
      assert.equal(total(model, 'error_rate'), 2 / 3);
    });
  });

  describe('compares with the span before', () => {
    beforeEach(() => {
      mirror.message(chat, at('2026-01-01 10:00'));
    });

    function turnsOn(day: string, count: number): void {
      for (let index = 0; index < count; index++) {
        mirror.turn(chat, at(`${day} 10:00`) + index * 60, index % 2 === 0 ? { isError: true } : {});
      }
    }

    it('in percent', async () => {
      turnsOn('2026-02-10', 20);
      turnsOn('2026-03-10', 25);
      const { change } = tile(await report(mirror), 'turns');
      assert.deepEqual(change, { direction: 'up', text: '+25%', before: 'from 20' });
    });

    it('by the plain difference where the base is below 10', async () => {
      turnsOn('2026-02-10', 4);
      turnsOn('2026-03-10', 2);
      assert.deepEqual(tile(await report(mirror), 'turns').change, {
        direction: 'down',
        text: '-2',
        before: 'from 4',
      });
    });

    it('in points where the number is a ratio', async () => {
      turnsOn('2026-02-10', 10);
      mirror.turn(chat, at('2026-03-10 10:00'));
      assert.equal(tile(await report(mirror), 'error_rate').change?.text, '-50 pts');
    });

    it('with zero where it is known and empty', async () => {
      turnsOn('2026-03-10', 3);
      assert.deepEqual(tile(await report(mirror), 'turns').change, {
        direction: 'up',
        text: '+3',
        before: 'from 0',
      });
    });

    it('not at all where it begins before the first message', async () => {
      const model = await report(mirror, { period: { kind: 'days', from: '2026-01-10', to: '2026-01-31' } });
      assert.equal(model.period.comparedWith, undefined);
      const all = await report(mirror, { period: { kind: 'preset', preset: 'all' } });
      assert.equal(all.period.comparedWith, undefined);
      assert.equal(tile(all, 'turns').change, undefined);
    });
  });
});
