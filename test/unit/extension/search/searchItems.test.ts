import assert from 'node:assert/strict';
import { itemsOf, titleOf } from '../../../../src/extension/search/searchItems';
import type { SearchHit, SearchResult } from '../../../../src/store/search/searchTypes';

const hit: SearchHit = {
  instanceId: 1,
  instance: 'fasgpt',
  chatId: 7,
  title: 'Plans',
  messageId: 70,
  role: 'assistant',
  model: 'gpt-4o',
  user: 'Ann',
  time: '2025-11-16 12:30:15',
  snippet: { text: 'the plan', marks: [[4, 8]] },
  isDeleted: false,
};
const resultOf = (changes: Partial<SearchResult>): SearchResult => ({
  hits: [],
  total: 0,
  needles: [],
  warnings: [],
  ...changes,
});
const itemsFor = (changes: Partial<SearchResult>) =>
  itemsOf({ phase: 'done', result: resultOf(changes) }) ?? [];

describe('the list of what was found', () => {
  it('shows title, snippet, and where and when', () => {
    assert.deepEqual(itemsFor({ hits: [hit], total: 1 }), [
      {
        label: '$(hubot) Plans',
        description: 'fasgpt · Ann · 2025-11-16 12:30',
        detail: 'gpt-4o: the plan',
        alwaysShow: true,
        hit,
      },
    ]);
  });

  it('tells titles from messages, and says what is deleted', () => {
    const title = { ...hit, messageId: undefined, role: undefined, model: undefined, isDeleted: true };
    const [item] = itemsFor({ hits: [title], total: 1 });
    assert.equal(item?.label, '$(comment-discussion) Plans');
    assert.equal(item.detail, 'Found in the title');
    assert.match(item.description ?? '', / · deleted$/);
  });

  it('makes no icons of what strangers wrote', () => {
    const [item] = itemsFor({
      hits: [{ ...hit, title: '$(trash) x', user: '$(x)', snippet: { text: '$(y)', marks: [] } }],
    });
    assert.equal(item?.label, '$(hubot) $ (trash) x');
    assert.doesNotMatch(`${item.description ?? ''}${item.detail ?? ''}`, /\$\(/);
  });

  it('says that nothing was found, what could not be searched, and what failed', () => {
    assert.deepEqual(
      itemsFor({}).map(({ label }) => label),
      ['Nothing found.'],
    );
    assert.deepEqual(
      itemsFor({ warnings: ['A file is damaged.'] }).map(({ label }) => label),
      ['$(warning) A file is damaged.'],
    );
    const failed = itemsOf({ phase: 'failed', error: new Error('No database.') });
    assert.deepEqual(
      failed?.map(({ label }) => label),
      ['$(error) No database.'],
    );
  });

  it('keeps what is shown while it searches, and says so', () => {
    assert.equal(itemsOf({ phase: 'searching' }), undefined);
    assert.equal(titleOf({ phase: 'searching' }), 'Search Chats: Searching…');
    assert.deepEqual(itemsOf({ phase: 'idle' }), []);
  });

  it('counts, also what the list does not hold', () => {
    assert.equal(
      titleOf({ phase: 'done', result: resultOf({ hits: [hit], total: 1 }) }),
      'Search Chats: 1 result',
    );
    assert.equal(
      titleOf({ phase: 'done', result: resultOf({ hits: [hit], total: 1_234 }) }),
      'Search Chats: the first 1 of 1,234 results',
    );
  });
});
