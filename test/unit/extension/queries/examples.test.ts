import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleQueries } from '../../../../src/extension/queries/examples';
import type { Cell, SqlParameters } from '../../../../src/store/resultSet';
import { parameterNames } from '../../../../src/store/sqlite/sqlTokens';
import { PROMISED_QUERIES } from '../../../promisedQueries';
import { at, TestMirror } from '../../reports/mirror';

const PARAMETERS: Readonly<Record<string, string | number>> = {
  ':instance': 1,
  ':from': '2026-03-01',
  ':to': '2026-03-31',
};

/**
 * March 2026 on the instance `alpha`: Ann wrote three turns in two chats, Bob one long ago, Cleo none. Ann is in the group
 * `Sales`. gpt-4o answered her with tokens at a price; llama failed once and was slow.
 */
function fill(mirror: TestMirror): void {
  const alpha = mirror.instance('alpha', { lastSync: at('2026-03-31 12:30') });
  const ann = mirror.user(alpha, 'Ann');
  const bob = mirror.user(alpha, 'Bob');
  mirror.user(alpha, 'Cleo');
  mirror.price('gpt-4o', { input: 1_000_000, output: 2_000_000 });

  const group = mirror.row('user_groups', {
    instance_id: alpha,
    remote_id: 'group',
    name: 'Sales',
    member_count: 1,
    row_hash: '',
  });
  mirror.put('group_members', {
    group_id: group,
    user_id: ann,
    instance_id: alpha,
    first_seen_at: '2026-01-01 00:00:00',
    first_seen_at_epoch: at('2026-01-01 00:00'),
  });

  const first = mirror.chat(ann);
  // A Monday.
  const question = mirror.message(first, at('2026-03-02 10:00'), { columns: { is_active_branch: 1 } });
  const answer = mirror.message(first, at('2026-03-02 10:01'), {
    role: 'assistant',
    remoteId: 'last',
    parent: question,
    input: 3,
    output: 2,
    rating: -1,
    columns: { duration_ms: 900, is_active_branch: 1 },
  });
  mirror.message(first, at('2026-03-02 11:00'), { parent: null });
  mirror.run(
    `UPDATE chats SET title = 'Plans', tags = '["work"]', current_message_id = 'last' WHERE id = ?`,
    [first],
  );
  mirror.put('chat_models', { chat_id: first, model_id: 'gpt-4o', instance_id: alpha, message_count: 1 });

  const second = mirror.chat(ann);
  const asked = mirror.message(second, at('2026-03-03 10:00'));
  mirror.message(second, at('2026-03-03 10:01'), {
    role: 'assistant',
    model: 'llama',
    parent: asked,
    isError: true,
    columns: { duration_ms: 5000 },
  });

  mirror.message(mirror.chat(bob), at('2026-01-05 08:00'));

  const base = mirror.base(alpha, 'Handbook', { owner: ann });
  mirror.file(alpha, 'travel.pdf', { base });
  mirror.uses(answer, 'file', 'cited', 'file-travel.pdf');
  mirror.uses(answer, 'tool', 'called', 'calculator', 4);
  mirror.row('feedback', {
    instance_id: alpha,
    remote_id: 'rating',
    user_id: ann,
    model_id: 'gpt-4o',
    rating: -1,
    reason: 'not_accurate',
    comment: 'Wrong year',
    created_at: '2026-03-02 10:05:00',
    created_at_epoch: at('2026-03-02 10:05'),
    row_hash: '',
  });
  mirror.put('sync_state', {
    instance_id: alpha,
    scope: '',
    stream: 'chats',
    last_complete_at: '2026-03-31 12:30:00',
    last_complete_at_epoch: at('2026-03-31 12:30'),
  });
}

/** What each question is answered with. */
const ANSWERS: Readonly<Record<string, readonly (readonly Cell[])[]>> = {
  'Which users have the most messages?': [
    ['Ann', 5],
    ['Bob', 1],
  ],
  'In how many chats is each model used?': [['gpt-4o', 1]],
  'How many messages are there by day?': [
    ['2026-03-03', 2],
    ['2026-03-02', 3],
    ['2026-01-05', 1],
  ],
  'Who wrote the most?': [['Ann', 3, 2, '2026-03-03']],
  'How many people are active each month?': [
    ['2026-01', 1, 1],
    ['2026-03', 1, 3],
  ],
  'Who has not written for thirty days?': [['Bob', '2026-01-05', 1]],
  'Who never wrote anything?': [['Cleo', 'user', null]],
  'Which groups write the most?': [['Sales', 1, 1, 3]],
  'How does the volume develop?': [
    ['2026-03-02', 2, 2],
    ['2026-03-03', 1, 1.5],
  ],
  'When in the week do people write?': [
    [0, 10, 1],
    [0, 11, 1],
    [1, 10, 1],
  ],
  'Which models answer the most, and with how many tokens?': [
    ['gpt-4o', 1, 3, 2, 1],
    ['llama', 1, null, null, 0],
  ],
  'Which models are slow?': [
    ['llama', 1, 5000, 5000],
    ['gpt-4o', 1, 900, 900],
  ],
  'Which models fail?': [['llama', 1, 1, 100]],
  'How are models rated?': [['gpt-4o', 0, 1]],
  'What do people say about bad answers?': [['2026-03-02', 'Ann', 'gpt-4o', 'not_accurate', 'Wrong year']],
  'What does each model cost by month?': [
    ['2026-03', 'gpt-4o', 'USD', 7, 1, 1],
    ['2026-03', 'llama', null, null, 0, 1],
  ],
  'Who costs the most?': [['Ann', 'USD', 7, 1]],
  'Which conversations are the longest?': [
    ['Plans', 'Ann', 1, 1, '2026-03-02'],
    [null, 'Ann', null, 0, '2026-03-03'],
    [null, 'Bob', null, 0, '2026-01-05'],
  ],
  'How do conversations end?': [
    [null, 2],
    ['answered', 1],
  ],
  'Which tags are used?': [['work', 1]],
  'Which knowledge bases help to answer?': [['Handbook', 1, 1]],
  'Which tools are called?': [['tool', 'calculator', 4, 1]],
  'How fresh is each instance?': [
    ['alpha', '2026-03-31 12:30:00', 'chats', '2026-03-31 12:30:00', null, null],
  ],
};

describe('the examples of queries', () => {
  let mirror: TestMirror;

  before(async () => {
    mirror = await TestMirror.create();
    fill(mirror);
  });
  after(() => mirror.dispose());

  it('begin with the three that were promised, word by word', () => {
    assert.deepEqual(
      exampleQueries()
        .slice(0, 3)
        .map(({ sql }) => sql),
      Object.values(PROMISED_QUERIES),
    );
  });

  it('are all questions of the page, each once and with a note', () => {
    const page = readFileSync(join(__dirname, '../../../../docs/queries.md'), 'utf8');
    const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
    assert.deepEqual(
      exampleQueries().map(({ title }) => title),
      headings,
    );
    assert.equal(new Set(headings).size, 23);
    assert.deepEqual(
      exampleQueries().filter(({ note }) => note === ''),
      [],
    );
  });

  it('ask for nothing else than an instance and days', () => {
    for (const { title, sql } of exampleQueries()) {
      const unknown = parameterNames(sql).filter((name) => !(name in PARAMETERS));
      assert.deepEqual(unknown, [], title);
    }
  });

  for (const { title, sql } of exampleQueries()) {
    it(`answer: ${title}`, async () => {
      const names = parameterNames(sql);
      const parameters: SqlParameters = Object.fromEntries(
        names.map((name) => [name, PARAMETERS[name] ?? null]),
      );
      const { columns, rowCount } = await mirror.query(sql, parameters);
      const rows = Array.from({ length: rowCount }, (_, row) => columns.map((column) => column.at(row)));
      assert.deepEqual(rows, ANSWERS[title]);
    });
  }
});
