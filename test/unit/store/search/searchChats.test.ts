import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { nothingToSearch } from '../../../../src/store/search/searchChats';
import { begin, chat, message, NOON } from '../builders';
import { chatOf, fill, useSearchable } from './searchable';

describe('the search', () => {
  const { openMirror, publish, reopen, root, withChats } = useSearchable();

  it('finds messages that hold all words, whatever their case and accents', async () => {
    const mirror = await withChats(
      chatOf('c', { a: 'The Über-Budget of 2025', b: 'a budget', c: 'uber alone' }),
    );
    assert.deepEqual(mirror.found('BUDGET uber'), ['a']);
    assert.deepEqual(mirror.found('bud'), []);
  });

  const texts = {
    plan: 'The plan for the next quarter',
    plans: 'Plans of the quarter, next to none',
    other: 'nothing of the kind',
  };
  const queries: readonly (readonly [query: string, found: readonly string[]])[] = [
    ['"next quarter"', ['plan']],
    ['plan*', ['plan', 'plans']],
    ['"the next q*', ['plan']],
    ['quarter -plans', ['plan']],
    ['quarter -"next quarter"', ['plans']],
    ['plan OR nothing', ['other', 'plan']],
    ['plan OR nothing quarter', ['plan']],
    ['“next quarter”', ['plan']],
    ['OR plan', ['plan']],
    ['quarter NOT plans', []],
    ['', []],
    ['   ', []],
    ['-plan', []],
    ['""', []],
    ['*', []],
    ['-', []],
  ];
  for (const [query, found] of queries) {
    it(`understands ${JSON.stringify(query)}`, async () => {
      const mirror = await withChats(chatOf('c', texts));
      assert.deepEqual(mirror.found(query).sort(), [...found].sort());
    });
  }

  it('takes the last word as a beginning while it is typed', async () => {
    const mirror = await withChats(chatOf('c', texts));
    assert.deepEqual(mirror.found({ text: 'quar', isTyping: true }).sort(), ['plan', 'plans']);
    assert.deepEqual(mirror.found({ text: 'quar ', isTyping: true }), []);
    assert.deepEqual(mirror.found({ text: 'no', isTyping: true }), [], 'two letters would find too much');
  });

  it('finds parts of a text in scripts that have no spaces, and signs that are no words', async () => {
    const mirror = await withChats(
      chatOf('c', {
        ja: '来年の予算について',
        th: 'งบประมาณปีหน้า',
        party: 'done 🎉',
        percent: 'by 5 % or a_b',
      }),
    );
    assert.deepEqual(mirror.found('予算'), ['ja']);
    assert.deepEqual(mirror.found('ประมาณ'), ['th']);
    assert.deepEqual(mirror.found('🎉'), ['party']);
    assert.deepEqual(mirror.found('%'), ['percent'], 'a sign is no wildcard');
    assert.deepEqual(mirror.found('done -🎉'), []);
    assert.deepEqual(mirror.found('予算 OR done').sort(), ['ja', 'party']);
    assert.deepEqual(mirror.found('🎉 -done'), []);
  });

  it('never fails, whatever is typed', async () => {
    const mirror = await withChats(chatOf('c', { a: 'some text' }));
    const word = fc.constantFrom(
      'AND',
      'OR',
      'NOT',
      'NEAR',
      'NEAR/2',
      '"',
      '-',
      '*',
      '^',
      '(',
      ')',
      ':',
      'content:',
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc
        .array(fc.oneof(word, fc.string({ maxLength: 4 })), { maxLength: 40 })
        .map((parts) => parts.join(' ')),
      fc.constant('a '.repeat(5_000)),
      fc.constant('-a '.repeat(100)),
      fc.constant('x'.repeat(100_000)),
    );
    fc.assert(
      fc.property(anything, fc.boolean(), (text, isTyping) => {
        mirror.search({ text, isTyping });
      }),
      { numRuns: 500 },
    );
  });

  it('finds each word of a text by the word itself', async () => {
    const text = 'Straße naïve gpt-4o 50% foo_bar İstanbul Αθήνα мир हिन्दी 한국어 日本語 🎉 C++';
    const mirror = await withChats(chatOf('c', { a: text }));
    for (const word of text.split(' ')) {
      assert.deepEqual(mirror.found(word), ['a'], word);
    }
  });

  it('puts titles first and then messages, in each the newest first', async () => {
    const at = (days: number) => NOON - days * 86_400;
    const mirror = await withChats(
      chat('old', {
        title: 'Budget, old',
        updatedAt: at(9),
        messages: [message('m1', { content: 'budget', createdAt: at(9) })],
      }),
      chat('new', {
        title: 'The new budget',
        updatedAt: at(1),
        messages: [
          message('m2', { content: 'no word of it', createdAt: at(3) }),
          message('m3', { content: 'our budget', createdAt: at(2) }),
        ],
      }),
    );
    assert.deepEqual(mirror.found('budget'), ['title: The new budget', 'title: Budget, old', 'm3', 'm1']);
    const limited = mirror.search({ text: 'budget', limit: 3 });
    assert.deepEqual([limited.hits.length, limited.total], [3, 4]);
    assert.deepEqual(mirror.found({ text: 'budget', since: at(2), until: at(1) }), ['m3']);
    assert.deepEqual(mirror.found({ text: 'budget', role: 'user' }), ['m3', 'm1']);
    assert.deepEqual(mirror.found({ text: 'budget', role: 'assistant' }), []);
  });

  it('tells where a hit stands and what was found in it', async () => {
    const mirror = await withChats(
      chat('c', {
        title: 'Plans',
        messages: [
          message('q', {
            content: `${'long '.repeat(100)}about <b>Budgets</b>\n of ours ${'more '.repeat(100)}`,
          }),
          message('a', { content: 'x', role: 'assistant', modelId: 'gpt-4o', parentRemoteId: 'q' }),
        ],
      }),
    );
    const [hit] = mirror.search('budgets').hits;
    assert.ok(hit);
    const { snippet, ...facts } = hit;
    assert.deepEqual(facts, {
      instanceId: 1,
      instance: 'instance 1',
      chatId: 1,
      title: 'Plans',
      messageId: mirror.idOf('q'),
      role: 'user',
      model: undefined,
      user: 'ANN',
      time: '2025-11-15 13:00:00',
      isDeleted: false,
    });
    assert.match(snippet.text, /^…(long )+about <b>Budgets<\/b> of ours (more )+more…$/u);
    assert.deepEqual(
      snippet.marks.map(([start, end]) => snippet.text.slice(start, end)),
      ['Budgets'],
    );
    assert.equal(mirror.search('x').hits[0]?.model, 'gpt-4o');
  });

  it('finds the same in shards as in the database itself', async () => {
    const chats = Array.from({ length: 12 }, (_, chatNo) =>
      chatOf(`c${chatNo}`, {
        [`m${chatNo}-1`]: `budget ${'abcdef'.charAt(chatNo % 6)} 予算`,
        [`m${chatNo}-2`]: `nothing ${chatNo}`,
      }),
    );
    const queries = ['budget', 'budget -a', 'a OR b', '予算', 'nothing 7', '予算 -b', '"budget c"', 'noth*'];
    const inline = await withChats(...chats);
    const sealed = await reopen();
    sealed.seal('m0-1', 'm3-1', 'm3-2', 'm7-2');
    sealed.seal('m1-1', 'm2-1', 'm9-2');
    for (const query of queries) {
      assert.deepEqual(sealed.search(query), inline.search(query), query);
      assert.ok(sealed.search(query).total > 0, query);
    }
  });

  it('reads a text where its message says, not where it stood before', async () => {
    const mirror = await withChats(chatOf('c', { a: 'first words', b: 'more words' }));
    mirror.seal('a', 'b');
    mirror.database.run('UPDATE message SET content_shard = NULL WHERE id IN (?, ?)', [
      mirror.idOf('a'),
      mirror.idOf('b'),
    ]);
    mirror.database.run('INSERT INTO message_text VALUES (?, ?)', [mirror.idOf('a'), 'changed since']);
    assert.deepEqual(mirror.found('words'), [], 'one was changed, of the other the text was removed');
    assert.deepEqual(mirror.found('changed'), ['a']);
  });

  it('keeps finding what the server has deleted, and says so', async () => {
    const mirror = await openMirror();
    fill(mirror, begin(mirror), [chatOf('c', { a: 'kept words', b: 'gone words' })]);
    fill(mirror, begin(mirror, 'run-2'), [chatOf('c', { a: 'kept words' }, { updatedAt: NOON })]);
    const hits = (await publish(mirror)).search('words').hits;
    assert.deepEqual(
      hits.map(({ snippet, isDeleted }) => [snippet.text, isDeleted]),
      [
        ['gone words', true],
        ['kept words', false],
      ],
    );
  });

  it('searches all instances or one, and one person', async () => {
    const mirror = await openMirror();
    fill(mirror, begin(mirror, 'run-1', 1), [
      chatOf('c', { a: 'words' }),
      chatOf('d', { b: 'words' }, { userRemoteId: 'bob' }),
    ]);
    fill(mirror, begin(mirror, 'run-2', 2), [chatOf('c', { c: 'words' })]);
    const searchable = await publish(mirror);
    assert.deepEqual(searchable.found('words').sort(), ['a', 'b', 'c']);
    assert.deepEqual(searchable.found({ text: 'words', instanceId: 2 }), ['c']);
    assert.deepEqual(searchable.found({ text: 'words', instanceId: 1, userId: 2 }), ['b']);
    assert.deepEqual(
      searchable
        .search('words')
        .hits.map(({ instance }) => instance)
        .sort(),
      ['instance 1', 'instance 1', 'instance 2'],
    );
  });

  it('says so when no instance keeps text', async () => {
    const mirror = await openMirror();
    fill(mirror, begin(mirror, 'run-1', 1, { privacy: 'names' }), [chatOf('c', { a: 'words' })]);
    fill(mirror, begin(mirror, 'run-2', 2), [chatOf('c', { b: 'words' })]);
    const searchable = await publish(mirror);
    assert.deepEqual(searchable.found('words'), ['b']);
    assert.deepEqual(searchable.search({ text: 'words', instanceId: 1 }).warnings, [nothingToSearch()]);
  });

  it('leaves out what cannot be read, and names the file', async () => {
    const mirror = await withChats(chatOf('c', { a: 'words 1', b: 'words 2', d: 'words 3' }));
    const lost = mirror.seal('a');
    mirror.seal('b');
    rmSync(join(root(), 'content', lost));
    const { hits, warnings } = mirror.search('words');
    assert.deepEqual(
      hits.map(({ snippet }) => snippet.text),
      ['words 3', 'words 2'],
    );
    assert.equal(warnings.length, 1);
    assert.ok(warnings[0]?.includes(lost));
  });

  it('leaves the copy protected against writing', async () => {
    const mirror = await withChats(chatOf('c', { a: 'words' }));
    mirror.search('words');
    assert.throws(() => mirror.database.run('DELETE FROM message'), /readonly/u);
    assert.deepEqual(mirror.found('words'), ['a']);
  });
});
