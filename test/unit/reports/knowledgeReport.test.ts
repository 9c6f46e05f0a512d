import assert from 'node:assert/strict';
import { knowledgeReport } from '../../../src/reports/knowledge/knowledgeReport';
import type { ReportModel, ReportRow } from '../../../src/reports/reportModel';
import type { ReportFilter } from '../../../src/reports/reportSettings';
import { TestMirror, at } from './mirror';
import { report, rows, tile, total, type Asked } from './reading';

const DAY = 86_400;

describe('The report on knowledge and files', () => {
  let mirror: TestMirror;
  let instance: number;
  let ann: number;
  let bob: number;
  let chat: number;
  beforeEach(async () => {
    mirror = await TestMirror.create();
    instance = mirror.instance('fasgpt');
    ann = mirror.user(instance, 'Ann');
    bob = mirror.user(instance, 'Bob');
    chat = mirror.chat(ann);
  });
  afterEach(() => mirror.dispose());

  const build = (asked: Asked = {}): Promise<ReportModel> =>
    report(mirror, { definition: knowledgeReport, ...asked });
  /** A question and its answer. */
  const turn = (time: string, chatId = chat, model = 'gpt-4o') => {
    const question = mirror.message(chatId, at(time));
    const answer = mirror.message(chatId, at(time) + 1, { role: 'assistant', parent: question, model });
    return { question, answer };
  };
  const shown = (model: ReportModel, dataset: string, ...columns: string[]): unknown[] =>
    rows(model, dataset).map((row: ReportRow) => columns.map((column) => row[column]));
  const sentences = (model: ReportModel): string[] =>
    model.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.type === 'text' ? block.sentences.map(({ text }) => text) : [])),
    );

  describe('counts', () => {
    it('a turn with retrieval once, however much its answers were given', async () => {
      mirror.base(instance, 'law');
      mirror.file(instance, 'a.txt');
      const { question, answer } = turn('2026-03-02 10:00');
      mirror.uses(answer, 'file', 'cited', 'file-a.txt');
      mirror.uses(answer, 'knowledge', 'cited', 'base-law');
      const again = mirror.message(chat, at('2026-03-02 10:01'), { role: 'assistant', parent: question });
      mirror.uses(again, 'knowledge', 'cited', 'base-law');
      mirror.uses(turn('2026-03-03 10:00').question, 'file', 'attached', 'file-a.txt');
      assert.equal(total(await build(), 'retrieval_turns'), 1);
    });

    it('also what the mirror has no row of: it was deleted before the first sync', async () => {
      mirror.uses(turn('2026-03-02 10:00').answer, 'file', 'cited', 'file-gone');
      const model = await build();
      assert.equal(total(model, 'retrieval_turns'), 1);
      assert.equal(total(model, 'library_files'), 0);
    });

    it('users who reach a base: by carrying it, by its answers, or by one of its files', async () => {
      const base = mirror.base(instance, 'law');
      mirror.file(instance, 'a.txt', { base });
      mirror.file(instance, 'own.txt');
      const eve = mirror.user(instance, 'Eve');
      mirror.uses(turn('2026-03-02 10:00').question, 'knowledge', 'attached', 'base-law');
      mirror.uses(turn('2026-03-02 11:00', mirror.chat(bob)).answer, 'file', 'cited', 'file-a.txt');
      mirror.uses(turn('2026-03-02 12:00', mirror.chat(eve)).answer, 'file', 'cited', 'file-own.txt');
      const model = await build();
      assert.equal(total(model, 'knowledge_reach'), 2);
      assert.deepEqual(shown(model, 'bases', 'base', 'source_turns', 'source_users', 'last_used', 'state'), [
        ['law', 2, 2, '2026-03-02', 'used'],
      ]);
    });

    it('web searches by answers and tools by their calls, those of a copied chat once', async () => {
      const { question, answer } = turn('2026-03-02 10:00');
      mirror.uses(question, 'web', 'attached');
      mirror.uses(answer, 'web', 'called');
      mirror.uses(answer, 'web', 'cited');
      mirror.uses(answer, 'tool', 'called', 'get_weather', 3);
      mirror.uses(answer, 'tool', 'called', 'get_time');
      const copy = mirror.message(mirror.chat(ann), at('2026-03-02 10:00'), {
        role: 'assistant',
        isCopy: true,
      });
      mirror.uses(copy, 'web', 'called');
      mirror.uses(copy, 'tool', 'called', 'get_weather', 3);
      mirror.uses(turn('2026-03-04 10:00', mirror.chat(bob)).answer, 'tool', 'called', 'get_weather', 2);
      const model = await build();
      assert.equal(total(model, 'web_searches'), 1);
      assert.equal(total(model, 'tool_calls'), 6);
      assert.equal(tile(model, 'tool_calls').note, 'by 2 answers');
      assert.deepEqual(
        shown(model, 'tools', 'rank', 'tool', 'tool_calls', 'tool_answers', 'source_users', 'last_used'),
        [
          [1, 'get_weather', 5, 2, 2, '2026-03-04'],
          [2, 'get_time', 1, 1, 1, '2026-03-02'],
        ],
      );
    });

    it('bases, files and sizes that are on the server, with the share that the period used', async () => {
      const law = mirror.base(instance, 'law');
      mirror.base(instance, 'tax');
      mirror.base(instance, 'gone', { isDeleted: true });
      mirror.file(instance, 'a.txt', { size: 100, base: law });
      mirror.file(instance, 'b.txt', { size: 20 });
      mirror.file(instance, 'c.txt', { size: 3 });
      mirror.file(instance, 'd.txt');
      mirror.file(instance, 'e.txt', { size: 1_000, isDeleted: true });
      mirror.uses(turn('2026-03-02 10:00').answer, 'file', 'cited', 'file-a.txt');
      mirror.uses(turn('2026-02-02 10:00').question, 'file', 'attached', 'file-b.txt');
      const model = await build();
      assert.deepEqual(
        ['knowledge_bases', 'library_files', 'library_bytes', 'used_base_share', 'used_file_share'].map(
          (id) => total(model, id),
        ),
        [2, 4, 123, 0.5, 0.25],
      );
      assert.equal(total(model, 'unused_bytes'), 3, 'b was used before the period');
      assert.equal(tile(model, 'used_file_share').note, '1 of 4');
      assert.equal(tile(model, 'unused_bytes').note, '2 files');
    });

    it('sizes that no server told as unknown', async () => {
      mirror.file(instance, 'd.txt');
      turn('2026-03-02 10:00');
      const model = await build();
      assert.equal(total(model, 'library_bytes'), null);
      assert.equal(tile(model, 'library_bytes').value, '–');
    });

    it('the span before in the same way', async () => {
      mirror.base(instance, 'law');
      mirror.base(instance, 'tax');
      mirror.turn(chat, at('2026-01-01 10:00'));
      mirror.uses(turn('2026-02-10 10:00').answer, 'knowledge', 'cited', 'base-law');
      mirror.uses(turn('2026-03-02 10:00').answer, 'knowledge', 'cited', 'base-law');
      mirror.uses(turn('2026-03-02 10:00').answer, 'knowledge', 'cited', 'base-tax');
      const model = await build();
      assert.deepEqual(
        rows(model, 'totals').map((row) => [
          row['is_current'],
          row['retrieval_turns'],
          row['used_base_share'],
        ]),
        [
          [1, 2, 1],
          [0, 1, 0.5],
        ],
      );
      assert.equal(tile(model, 'used_base_share').change?.text, '+50 pts');
    });
  });

  describe('lists', () => {
    it('bases with their files and sizes; used ones first, then those of before, then those never used', async () => {
      const law = mirror.base(instance, 'law', { owner: bob });
      mirror.base(instance, 'never');
      mirror.base(instance, 'earlier');
      mirror.base(instance, 'gone', { isDeleted: true });
      mirror.base(instance, 'gone unused', { isDeleted: true });
      mirror.file(instance, 'a.txt', { size: 100, base: law });
      mirror.file(instance, 'b.txt', { size: 20, base: law });
      mirror.run('UPDATE knowledge_bases SET file_count = 2 WHERE id = ?', [law]);
      for (const time of ['2026-03-02 10:00', '2026-03-03 10:00']) {
        mirror.uses(turn(time).answer, 'knowledge', 'cited', 'base-law');
      }
      mirror.uses(turn('2026-03-05 10:00').answer, 'knowledge', 'cited', 'base-gone');
      mirror.uses(turn('2026-01-05 10:00').answer, 'knowledge', 'cited', 'base-earlier');
      assert.deepEqual(
        shown(
          await build(),
          'bases',
          'base',
          'file_count',
          'library_bytes',
          'source_turns',
          'last_used',
          'state',
          'user',
        ),
        [
          ['law', 2, 120, 2, '2026-03-03', 'used', 'Bob'],
          ['gone (deleted)', 0, 0, 1, '2026-03-05', 'used', null],
          ['earlier', 0, 0, 0, '2026-01-05', 'not in this period', null],
          ['never', 0, 0, 0, null, 'never', null],
        ],
      );
    });

    it('files that are never used, largest first, and their size by age', async () => {
      const asOf = at('2026-03-31 00:00');
      for (const [name, size, days] of [
        ['new', 5, 0],
        ['month', 70, 29],
        ['quarter', 600, 30],
        ['old', 8_000, 400],
        ['older', 90_000, 500],
        ['used', 1_000_000, 500],
      ] as const) {
        mirror.file(instance, name, { size, uploaded: asOf - days * DAY });
      }
      mirror.file(instance, 'undated', { size: 2, uploaded: null });
      mirror.uses(turn('2026-03-02 10:00').question, 'file', 'attached', 'file-used');
      const model = await build();
      assert.deepEqual(shown(model, 'unused_files', 'file', 'library_bytes'), [
        ['older', 90_000],
        ['old', 8_000],
        ['quarter', 600],
        ['month', 70],
        ['new', 5],
        ['undated', 2],
      ]);
      assert.deepEqual(shown(model, 'unused_by_age', 'age', 'unused_files', 'unused_bytes'), [
        ['0-29', 2, 75],
        ['30-89', 1, 600],
        ['90-179', 0, 0],
        ['180-364', 0, 0],
        ['365 and more', 2, 98_000],
        ['unknown', 1, 2],
      ]);
      assert.equal(total(model, 'unused_bytes'), 98_677);
    });

    it('files by type, with what of them is unused', async () => {
      mirror.file(instance, 'a.pdf', { size: 10 });
      mirror.file(instance, 'b.pdf', { size: 20 });
      mirror.file(instance, 'c.txt', { size: 500 });
      mirror.file(instance, 'd', { size: 1 });
      mirror.run(`UPDATE files SET content_type = 'application/pdf' WHERE filename LIKE '%.pdf'`);
      mirror.run(`UPDATE files SET content_type = 'text/plain' WHERE filename LIKE '%.txt'`);
      mirror.uses(turn('2026-03-02 10:00').question, 'file', 'attached', 'file-a.pdf');
      assert.deepEqual(
        shown(
          await build(),
          'by_type',
          'rank',
          'content_type',
          'library_files',
          'library_bytes',
          'unused_bytes',
        ),
        [
          [1, 'text/plain', 1, 500, 500],
          [2, 'application/pdf', 2, 30, 20],
          [3, 'unknown', 1, 1, 1],
        ],
      );
    });

    it('use over time, with true zeros between', async () => {
      const { answer } = turn('2026-03-02 10:00');
      mirror.uses(answer, 'file', 'cited', 'file-x');
      mirror.uses(answer, 'tool', 'called', 'get_time', 4);
      mirror.uses(turn('2026-03-04 10:00').answer, 'web', 'called');
      assert.deepEqual(
        shown(await build(), 'by_bucket', 'bucket', 'retrieval_turns', 'web_searches', 'tool_answers').slice(
          0,
          4,
        ),
        [
          ['2026-03-01', null, null, null],
          ['2026-03-02', 1, 0, 1],
          ['2026-03-03', 0, 0, 0],
          ['2026-03-04', 0, 1, 0],
        ],
      );
    });

    it('instances side by side', async () => {
      const other = mirror.instance('resgpt');
      mirror.base(other, 'law');
      mirror.file(other, 'a.txt', { size: 7 });
      const eve = mirror.chat(mirror.user(other, 'Eve'));
      turn('2026-03-02 10:00');
      mirror.uses(turn('2026-03-02 10:00', eve).answer, 'knowledge', 'cited', 'base-law');
      assert.deepEqual(
        shown(
          await build(),
          'by_instance',
          'instance',
          'knowledge_bases',
          'library_files',
          'library_bytes',
          'retrieval_turns',
          'knowledge_reach',
        ),
        [
          ['resgpt', 1, 1, 7, 1, 1],
          ['fasgpt', 0, 0, 0, 0, 0],
        ],
      );
    });

    it('a file of the same id on another instance as another file', async () => {
      const other = mirror.instance('resgpt');
      mirror.file(instance, 'a.txt', { size: 1 });
      mirror.file(other, 'a.txt', { size: 2 });
      mirror.uses(turn('2026-03-02 10:00').question, 'file', 'attached', 'file-a.txt');
      assert.deepEqual(shown(await build(), 'files', 'file', 'instance', 'state'), [
        ['a.txt', 'fasgpt', 'used'],
        ['a.txt', 'resgpt', 'never'],
      ]);
    });
  });

  describe('says since when use is known', () => {
    it('as the first message, where all chats were read', async () => {
      turn('2026-02-10 10:00');
      assert.deepEqual(sentences(await build()).slice(0, -1), [
        'Use is known since Feb 10, 2026, the first message in the mirror.',
      ]);
    });

    it('after the last message of the chats that were not read for it', async () => {
      const unread = mirror.chat(ann, { hasSources: false });
      turn('2026-02-10 10:00', unread);
      turn('2026-03-09 10:00', unread);
      mirror.uses(turn('2026-03-12 10:00').answer, 'file', 'cited', 'file-x');
      const model = await build();
      assert.equal(
        sentences(model)[0],
        'Use is known since Mar 10, 2026. Chats that were read before it was noted: 1. A full sync reads them again.',
      );
      assert.equal(tile(model, 'retrieval_turns').note, 'known for 50% of turns');
      const days = shown(model, 'by_bucket', 'bucket', 'retrieval_turns');
      assert.deepEqual(days[8], ['2026-03-09', null], 'not a zero');
      assert.deepEqual(days[9], ['2026-03-10', 0]);
      assert.deepEqual(days[11], ['2026-03-12', 1]);
    });

    it('as never, and no number as zero, where no chat was read for it', async () => {
      mirror.base(instance, 'law');
      turn('2026-03-31 10:00', mirror.chat(ann, { hasSources: false }));
      const model = await build();
      assert.equal(
        sentences(model)[0],
        'What messages use is not known yet. Chats that were read before it was noted: 1. A full sync reads them again.',
      );
      for (const id of [
        'retrieval_turns',
        'knowledge_reach',
        'web_searches',
        'tool_calls',
        'used_base_share',
      ]) {
        assert.equal(tile(model, id).value, '–', id);
      }
      assert.equal(tile(model, 'knowledge_bases').value, '1');
    });

    it('without the chats that are deleted on the server, which it names', async () => {
      turn('2026-03-20 10:00', mirror.chat(ann, { hasSources: false, isDeleted: true }));
      turn('2026-03-02 10:00');
      assert.deepEqual(sentences(await build()).slice(0, 2), [
        'Use is known since Mar 2, 2026, the first message in the mirror.',
        'Deleted chats whose use was never read: 1. It stays unknown.',
      ]);
    });
  });

  describe('obeys', () => {
    /** Ann owns and uses "hers"; Bob uses the base that nobody owns, by another model, in a chat that is deleted. */
    beforeEach(() => {
      mirror.base(instance, 'hers', { owner: ann });
      mirror.base(instance, 'shared');
      mirror.file(instance, 'hers.txt', { owner: ann, size: 10 });
      mirror.file(instance, 'shared.txt', { size: 200 });
      const own = turn('2026-03-02 10:00');
      mirror.uses(own.answer, 'knowledge', 'cited', 'base-hers');
      mirror.uses(own.answer, 'tool', 'called', 'get_time');
      mirror.uses(own.question, 'file', 'attached', 'file-hers.txt');
      const deleted = mirror.chat(bob, { isDeleted: true });
      const question = mirror.message(deleted, at('2026-03-03 10:00'), { isDeleted: true });
      const answer = mirror.message(deleted, at('2026-03-03 10:00'), {
        role: 'assistant',
        parent: question,
        model: 'llama',
        isDeleted: true,
      });
      mirror.uses(answer, 'knowledge', 'cited', 'base-shared');
      mirror.uses(answer, 'web', 'called');
      mirror.uses(answer, 'tool', 'called', 'search_web', 2);
    });

    const NUMBERS = ['retrieval_turns', 'knowledge_reach', 'web_searches', 'tool_calls'];
    const filtered = async (filter: ReportFilter): Promise<unknown[]> => {
      const model = await build({ filter });
      return [
        NUMBERS.map((id) => total(model, id)),
        shown(model, 'bases', 'base', 'source_turns'),
        shown(model, 'files', 'file'),
        total(model, 'knowledge_bases'),
        total(model, 'library_bytes'),
        shown(model, 'tools', 'tool'),
      ];
    };
    const ANNS = [[1, 1, 0, 1], [['hers', 1]], [['hers.txt']], 1, 10, [['get_time']]];
    const BOTH_BASES = [
      ['hers', 1],
      ['shared', 0],
    ];
    const BOTH_FILES = [['hers.txt'], ['shared.txt']];

    it('no filter: everything', async () => {
      assert.deepEqual(await filtered({}), [
        [2, 2, 1, 3],
        [
          ['shared', 1],
          ['hers', 1],
        ],
        BOTH_FILES,
        2,
        210,
        [['search_web'], ['get_time']],
      ]);
    });

    it('a filter of users: what they own or used, by their use alone', async () => {
      assert.deepEqual(await filtered({ users: [ann] }), ANNS);
      assert.deepEqual(await filtered({ users: [bob] }), [
        [1, 1, 1, 2],
        [['shared', 1]],
        [],
        1,
        0,
        [['search_web']],
      ]);
    });

    it('a filter of groups and of roles', async () => {
      const group = mirror.row('user_groups', {
        instance_id: instance,
        remote_id: 'g',
        name: 'G',
        row_hash: '',
      });
      mirror.put('group_members', {
        group_id: group,
        user_id: ann,
        instance_id: instance,
        first_seen_at: '',
        first_seen_at_epoch: 0,
      });
      mirror.run(`UPDATE users SET role = 'admin' WHERE id = ?`, [ann]);
      assert.deepEqual(await filtered({ groups: [group] }), ANNS);
      assert.deepEqual(await filtered({ roles: ['admin'] }), ANNS);
    });

    it('without the account that syncs', async () => {
      mirror.run('UPDATE instances SET sync_user_id = ?', [bob]);
      assert.deepEqual(await filtered({ withoutSyncAccount: true }), ANNS);
    });

    it('a filter of models: the answers of those, and turns that they answered', async () => {
      assert.deepEqual(await filtered({ models: ['gpt-4o'] }), [
        [1, 1, 0, 1],
        BOTH_BASES,
        BOTH_FILES,
        2,
        210,
        [['get_time']],
      ]);
      const model = await build({ filter: { models: ['llama'] } });
      assert.equal(
        total(model, 'used_file_share'),
        0,
        'the turn with the file was answered by another model',
      );
    });

    it('without deleted chats', async () => {
      assert.deepEqual(await filtered({ withoutDeleted: true }), [
        [1, 1, 0, 1],
        BOTH_BASES,
        BOTH_FILES,
        2,
        210,
        [['get_time']],
      ]);
    });
  });

  it('leaves the days outside of the period out of the counts, not out of "last used"', async () => {
    mirror.base(instance, 'law');
    mirror.uses(turn('2026-02-28 23:59').answer, 'knowledge', 'cited', 'base-law');
    mirror.uses(turn('2026-03-01 00:00').answer, 'knowledge', 'cited', 'base-law');
    mirror.uses(turn('2026-04-01 00:00').answer, 'knowledge', 'cited', 'base-law');
    assert.deepEqual(shown(await build(), 'bases', 'source_turns', 'last_used'), [[1, '2026-04-01']]);
  });

  it('is there without any use in the period, since files lie about all the same', async () => {
    mirror.file(instance, 'a.txt', { size: 5 });
    const model = await build();
    assert.equal(model.isEmpty, false);
    assert.equal(total(model, 'library_bytes'), 5);
  });
});
