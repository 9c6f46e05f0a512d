import assert from 'node:assert/strict';
import { modelsReport } from '../../../src/reports/models/modelsReport';
import type { ReportModel, ReportRow } from '../../../src/reports/reportModel';
import type { MessageOptions } from './mirror';
import { TestMirror, at } from './mirror';
import { type Asked, column, report, rows, table, tile } from './reading';

describe('The numbers of the models report', () => {
  let mirror: TestMirror;
  let instance: number;
  let ann: number;
  let chat: number;
  let minute: number;

  beforeEach(async () => {
    mirror = await TestMirror.create();
    instance = mirror.instance('fasgpt');
    ann = mirror.user(instance, 'Ann');
    chat = mirror.chat(ann);
    minute = at('2026-03-02 10:00');
  });
  afterEach(() => mirror.dispose());

  const read = (asked: Asked = {}): Promise<ReportModel> =>
    report(mirror, { definition: modelsReport, ...asked });

  /** A turn on the path that the chat shows, a minute after the one before. @returns its id */
  function ask(parent: number | null = null, inChat = chat): number {
    minute += 60;
    return mirror.message(inChat, minute, { parent, columns: { is_active_branch: 1 } });
  }

  /** An answer on that path, unless `isChosen` says otherwise. @returns its id */
  function answer(
    turn: number,
    model: string | null,
    {
      isChosen = true,
      inChat = chat,
      ...options
    }: MessageOptions & { isChosen?: boolean; inChat?: number } = {},
  ): number {
    minute += 1;
    return mirror.message(inChat, minute, {
      role: 'assistant',
      model,
      parent: turn,
      ...options,
      columns: { is_active_branch: Number(isChosen), ...options.columns },
    });
  }

  /** A thumb as the server keeps it apart, on an answer that stands beside those of other models. */
  function thumb(messageId: number, rating: 1 | -1, siblings: readonly string[], inChat = chat): void {
    mirror.run(
      `INSERT INTO feedback (instance_id, remote_id, chat_remote_id, message_remote_id, model_id, sibling_model_ids,
         rating, created_at_epoch, row_hash, sync_datetime, sync_datetime_epoch)
       SELECT m.instance_id, 'feedback-' || m.id, c.remote_id, m.remote_id, m.model_id, ?, ?, m.created_at_epoch, '', '', 0
       FROM message m JOIN chats c ON c.id = ? WHERE m.id = ?`,
      [JSON.stringify(siblings), rating, inChat, messageId],
    );
  }

  function rowOf(model: ReportModel, dataset: string, id: string): ReportRow {
    const found = rows(model, dataset).find(({ model_id }) => model_id === id);
    assert.ok(found !== undefined, `${dataset} has no row of ${id}`);
    return found;
  }

  function picked(row: ReportRow, ...columns: readonly string[]): unknown[] {
    return columns.map((name) => row[name]);
  }

  describe('share', () => {
    it('is of generations, chosen replies, tokens and users: four different answers', async () => {
      const first = ask();
      answer(first, 'a', { input: 60, output: 20 });
      answer(first, 'b', { isChosen: false, input: 10, output: 10 });
      const second = ask();
      answer(second, 'a');
      const bob = mirror.chat(mirror.user(instance, 'Bob'));
      answer(ask(null, bob), 'b', { inChat: bob });
      const model = await read();
      const shares = ['generation_share', 'chosen_share', 'token_share'];
      assert.deepEqual(picked(rowOf(model, 'by_model', 'a'), ...shares), [2 / 4, 2 / 3, 0.8]);
      assert.deepEqual(picked(rowOf(model, 'by_model', 'b'), ...shares), [2 / 4, 1 / 3, 0.2]);
      assert.deepEqual(picked(rowOf(model, 'users_by_model', 'a'), 'answered_users', 'user_share'), [1, 0.5]);
      assert.deepEqual(picked(rowOf(model, 'users_by_model', 'b'), 'answered_users', 'user_share'), [2, 1]);
      assert.equal(tile(model, 'models_used').value, '2');
      assert.equal(tile(model, 'answered_users').value, '2');
    });

    it('of tokens is unknown for a model whose provider tells none', async () => {
      answer(ask(), 'told', { input: 5, output: 5 });
      answer(ask(), 'silent');
      const model = await read();
      assert.equal(rowOf(model, 'by_model', 'silent')['token_share'], null);
      assert.equal(rowOf(model, 'by_model', 'told')['token_share'], 1);
    });

    it('counts presets at the model that they are made of, a user of both once', async () => {
      for (const [id, base] of [
        ['gpt', null],
        ['helper', 'gpt'],
        ['coach', 'helper'],
      ] as const) {
        mirror.row('models', {
          instance_id: instance,
          model_id: id,
          base_model_id: base,
          source: 'workspace',
          row_hash: '',
        });
      }
      answer(ask(), 'gpt', { input: 10, output: 0 });
      answer(ask(), 'helper');
      answer(ask(), 'coach', { input: 30, output: 0 });
      answer(ask(), 'unlisted');
      const bases = rows(await read(), 'by_base');
      const columns = ['models_used', 'generations', 'answered_users', 'input_tokens', 'usage_coverage'];
      assert.deepEqual(
        bases.map((row) => picked(row, 'base_id', ...columns)),
        [
          ['gpt', 3, 3, 1, 40, 2 / 3],
          ['unlisted', 1, 1, 1, null, 0],
        ],
      );
    });

    it('names an answer without a model "Unknown model"', async () => {
      answer(ask(), null);
      const model = await read();
      assert.deepEqual(column(model, 'modelTable', 'Model'), ['Unknown model']);
      assert.deepEqual(column(model, 'baseTable', 'Base model'), ['Unknown model']);
    });
  });

  it('have a cut that is said, and no cut where models stand beside each other (trap 10)', async () => {
    for (let index = 0; index < 52; index++) {
      answer(ask(), `model-${index}`);
    }
    const model = await read();
    assert.match(
      table(model, 'modelTable').cutNote ?? '',
      /^The first 50 of 52 models; 2 more are left out here and count in the totals\.$/u,
    );
    assert.equal(rows(model, 'performance').length, 52);
    assert.equal(rowOf(model, 'by_model', 'model-0')['generation_share'], 1 / 52);
  });

  it('are ratios of sums over all days, never means of the ratios of days (trap 7)', async () => {
    answer(ask(), 'a', { input: 1, output: 10 });
    minute += 86_400;
    for (const output of [40, 40, null]) {
      answer(ask(), 'a', { input: output, output, isError: output === null });
    }
    const row = rowOf(await read(), 'performance', 'a');
    assert.deepEqual(picked(row, 'output_tokens_per_answer', 'usage_coverage', 'error_rate'), [
      30,
      3 / 4,
      1 / 4,
    ]);
  });

  describe('trend', () => {
    it('says when each model answered first and last, whatever the period, and whether servers list it', async () => {
      for (const [id, isDeleted] of [
        ['kept', 0],
        ['gone', 1],
      ] as const) {
        mirror.row('models', {
          instance_id: instance,
          model_id: id,
          source: 'provider',
          is_deleted: isDeleted,
          row_hash: '',
        });
      }
      mirror.turn(chat, at('2025-11-05 10:00'), { model: 'gone' });
      mirror.turn(chat, at('2026-03-05 10:00'), { model: 'kept' });
      mirror.turn(chat, at('2026-03-07 10:00'), { model: 'kept' });
      mirror.turn(chat, at('2026-03-06 10:00'), { model: 'stray' });
      const days = rows(await read(), 'model_days');
      assert.deepEqual(
        days.map((row) => picked(row, 'model', 'first_day', 'last_day', 'standing')),
        [
          ['kept', '2026-03-05', '2026-03-07', 'listed'],
          ['stray', '2026-03-06', '2026-03-06', 'not listed'],
          ['gone', '2025-11-05', '2025-11-05', 'removed'],
        ],
      );
    });

    it('marks the first day of a model that was not there from the start, and the last of one that is long gone', async () => {
      for (let day = 1; day <= 28; day++) {
        const date = `2026-02-${String(day).padStart(2, '0')}`;
        mirror.turn(chat, at(`${date} 10:00`), { model: 'old' });
      }
      mirror.turn(chat, at('2026-03-10 10:00'), { model: 'new' });
      const model = await read({ period: { kind: 'days', from: '2026-02-01', to: '2026-03-31' } });
      const day = (text: string): number => at(`${text} 00:00`) / 86_400;
      assert.deepEqual(rows(model, 'model_marks'), [
        { day: day('2026-03-10'), text: 'new first used' },
        { day: day('2026-02-28'), text: 'old last used' },
      ]);
    });
  });

  describe('switching', () => {
    it('counts replies by the model of the next reply on the path that the chat shows', async () => {
      const first = answer(ask(), 'a');
      const turn = ask(first);
      answer(turn, 'c', { isChosen: false });
      const second = answer(turn, 'b');
      answer(ask(answer(ask(second), 'b')), 'a');
      const model = await read();
      assert.deepEqual(
        rows(model, 'switches').map((row) => picked(row, 'from_id', 'to_id', 'times', 'next_reply_share')),
        [
          ['a', 'b', 1, 1],
          ['b', 'a', 1, 0.5],
          ['b', 'b', 1, 0.5],
        ],
      );
      assert.equal(tile(model, 'followed_replies').value, '3');
      assert.equal(tile(model, 'switches').value, '2');
      assert.equal(tile(model, 'switch_rate').value, '66.7%');
      assert.equal(rowOf(model, 'performance', 'b')['switch_rate'], 0.5);
    });

    it('has no rate where no reply is followed by another', async () => {
      answer(ask(), 'a');
      const model = await read();
      assert.equal(tile(model, 'switch_rate').value, '–');
    });

    it('does not repeat what a copied chat repeats', async () => {
      answer(ask(answer(ask(), 'a')), 'b');
      const copy = mirror.chat(ann);
      const first = answer(ask(null, copy), 'a', { inChat: copy, isCopy: true });
      answer(ask(first, copy), 'b', { inChat: copy, isCopy: true });
      assert.equal(tile(await read(), 'followed_replies').value, '1');
    });

    it('shows a reader of one model also who came to it, without a share', async () => {
      answer(ask(answer(ask(answer(ask(), 'a')), 'b')), 'c');
      const model = await read({ filter: { models: ['b'] } });
      assert.deepEqual(
        rows(model, 'switches').map((row) => picked(row, 'from_id', 'to_id', 'next_reply_share')),
        [
          ['a', 'b', null],
          ['b', 'c', 1],
        ],
      );
      assert.equal(tile(model, 'followed_replies').value, '1');
    });
  });

  describe('performance', () => {
    it('takes same-model siblings beyond the first for regenerations, errored ones and other models for none', async () => {
      const turn = ask();
      answer(turn, 'a');
      answer(turn, 'a');
      answer(turn, 'a', { isError: true });
      answer(turn, 'b');
      answer(ask(), 'a');
      const model = await read();
      const columns = ['regenerations', 'first_answers', 'regeneration_rate', 'side_by_side_turns'];
      assert.deepEqual(picked(rowOf(model, 'performance', 'a'), ...columns), [1, 2, 0.5, 1]);
      assert.deepEqual(picked(rowOf(model, 'performance', 'b'), ...columns), [0, 1, 0, 1]);
      assert.equal(tile(model, 'regenerations').value, '1');
      assert.equal(tile(model, 'first_answers').value, '3');
      assert.equal(tile(model, 'regeneration_rate').value, '33.3%');
    });

    it('knows the side-by-side turns of a model also when the others are filtered out', async () => {
      const turn = ask();
      answer(turn, 'a');
      answer(turn, 'b');
      answer(ask(), 'a');
      const model = await read({ filter: { models: ['a'] } });
      assert.equal(rows(model, 'performance').length, 1);
      assert.equal(rowOf(model, 'performance', 'a')['side_by_side_turns'], 1);
    });

    it('tells the length of answers in characters, by nearest rank and without failed ones', async () => {
      for (let index = 1; index <= 10; index++) {
        answer(ask(), 'a', { columns: { content_chars: index * 100 } });
      }
      answer(ask(), 'a', { isError: true, columns: { content_chars: 0 } });
      const model = await read();
      assert.deepEqual(
        picked(rowOf(model, 'performance', 'a'), 'answer_chars_median', 'answer_chars_p90'),
        [500, 900],
      );
      assert.equal(rowOf(model, 'performance', 'a')['output_tokens_per_answer'], null);
    });

    it('divides output tokens by the answers that tell them', async () => {
      answer(ask(), 'a', { input: 1, output: 10 });
      answer(ask(), 'a', { input: 1, output: 20 });
      answer(ask(), 'a');
      assert.equal(rowOf(await read(), 'performance', 'a')['output_tokens_per_answer'], 15);
    });

    it('gives the thumbs-up share its 95% interval from 10 ratings on', async () => {
      for (let index = 0; index < 10; index++) {
        answer(ask(), 'a', { rating: index < 8 ? 1 : -1 });
      }
      for (let index = 0; index < 9; index++) {
        answer(ask(), 'b', { rating: 1 });
      }
      const model = await read();
      const columns = ['ratings', 'thumbs_up_share', 'thumbs_up_low', 'thumbs_up_high'];
      const [ratings, share, low, high] = picked(rowOf(model, 'performance', 'a'), ...columns);
      assert.deepEqual([ratings, share], [10, 0.8]);
      // Wilson (1927) for 8 of 10: 49.0% to 94.3%.
      assert.deepEqual([Number(low).toFixed(3), Number(high).toFixed(3)], ['0.490', '0.943']);
      assert.deepEqual(picked(rowOf(model, 'performance', 'b'), ...columns), [9, null, null, null]);
      assert.deepEqual(
        rows(model, 'rated').map(({ model_id }) => model_id),
        ['a'],
      );
    });
  });

  describe('comparisons', () => {
    it('are thumbs beside an answer of another model; those of the same model leave wins and losses alone (trap 9)', async () => {
      thumb(answer(ask(), 'a'), 1, ['a', 'b', 'c']);
      thumb(answer(ask(), 'a'), -1, ['b']);
      thumb(answer(ask(), 'a'), 1, ['a']);
      const model = await read();
      const columns = ['comparisons', 'wins', 'win_rate', 'elo'];
      assert.deepEqual(picked(rowOf(model, 'performance', 'a'), ...columns), [3, 2, 'too few', 'too few']);
      assert.deepEqual(
        rows(model, 'wins').map((row) => picked(row, 'model', 'opponent', 'wins', 'comparisons')),
        [
          ['a', 'b', 1, 2],
          ['a', 'c', 1, 1],
          ['b', 'a', 1, 2],
          ['c', 'a', 0, 1],
        ],
      );
    });

    it('show a win rate and Elo from 30 on', async () => {
      for (let index = 0; index < 29; index++) {
        const turn = ask();
        answer(turn, 'b', { isChosen: false });
        thumb(answer(turn, 'a'), index % 2 === 0 ? 1 : -1, ['b']);
      }
      assert.equal(rowOf(await read(), 'performance', 'a')['win_rate'], 'too few');
      const turn = ask();
      answer(turn, 'b', { isChosen: false });
      thumb(answer(turn, 'a'), -1, ['b']);
      const model = await read();
      assert.equal(rowOf(model, 'performance', 'a')['win_rate'], 0.5);
      const [a, b] = ['a', 'b'].map((id) => Number(rowOf(model, 'performance', id)['elo']));
      assert.equal((a ?? 0) + (b ?? 0), 2000);
      assert.ok((a ?? 0) < 1000, 'who lost the last comparison of as many wins as losses is behind');
    });

    it('obey filters: a comparison belongs to the models on both sides', async () => {
      const turn = ask();
      answer(turn, 'b', { isChosen: false });
      thumb(answer(turn, 'a'), 1, ['b']);
      const bob = mirror.chat(mirror.user(instance, 'Bob'));
      const other = ask(null, bob);
      answer(other, 'c', { inChat: bob, isChosen: false });
      thumb(answer(other, 'a', { inChat: bob }), 1, ['c'], bob);
      const ofB = await read({ filter: { models: ['b'] } });
      assert.deepEqual(picked(rowOf(ofB, 'performance', 'b'), 'comparisons', 'wins'), [1, 0]);
      const ofAnn = await read({ filter: { users: [ann] } });
      assert.deepEqual(picked(rowOf(ofAnn, 'performance', 'a'), 'comparisons', 'wins'), [1, 1]);
    });
  });

  describe('latency and speed', () => {
    it('come from what providers tell, with their coverage', async () => {
      for (const [duration, tokens, ms] of [
        [1000, 10, 500],
        [3000, 30, 1000],
        [2000, 50, 1000],
      ] as const) {
        answer(ask(), 'local', {
          input: 1,
          output: tokens,
          columns: { duration_ms: duration, output_ms: ms },
        });
      }
      answer(ask(), 'local');
      answer(ask(), 'cloud', { input: 1, output: 1 });
      const speed = rows(await read(), 'speed');
      assert.equal(speed.length, 1);
      assert.deepEqual(
        picked(
          speed[0] ?? {},
          'model',
          'answer_seconds_median',
          'answer_seconds_p95',
          'duration_coverage',
          'tokens_per_second_median',
          'speed_coverage',
        ),
        ['local', 2, 3, 0.75, 30, 0.75],
      );
    });
  });

  describe('input after the 20th turn', () => {
    it('is what long chats send again', async () => {
      for (let index = 1; index <= 22; index++) {
        answer(ask(), 'a', { input: index === 22 ? 300 : 10, output: 1 });
      }
      const model = await read();
      assert.deepEqual(picked(rows(model, 'late_input')[0] ?? {}, 'late_input_tokens', 'late_input_share'), [
        310,
        310 / 510,
      ]);
    });

    it('is unknown, not zero, where no chat is that long', async () => {
      answer(ask(), 'a', { input: 10, output: 1 });
      assert.equal(tile(await read(), 'late_input_tokens').value, '–');
    });
  });
});
