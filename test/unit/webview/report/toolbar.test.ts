import assert from 'node:assert/strict';
import { chipsOf, without } from '../../../../src/webview/report/toolbar/chips';
import { ALL, scopeOf, scopeOptions, SEVERAL } from '../../../../src/webview/report/toolbar/scopes';

const instances = [
  { id: 1, name: 'fasgpt' },
  { id: 2, name: 'research' },
  { id: 3, name: 'test' },
];
const titles = (options: readonly { readonly title: string }[]): string[] =>
  options.map(({ title }) => title);

describe('the list of instances of a report', () => {
  it('offers all, each, and several', () => {
    const { options, selected } = scopeOptions({ kind: 'all' }, instances);
    assert.deepEqual(titles(options), ['All instances', 'fasgpt', 'research', 'test', 'Several...']);
    assert.equal(selected, ALL);
  });

  it('offers several only where they are fewer than all', () => {
    assert.deepEqual(titles(scopeOptions({ kind: 'all' }, instances.slice(0, 2)).options), [
      'All instances',
      'fasgpt',
      'research',
    ]);
  });

  it('names those that are picked', () => {
    const { options, selected } = scopeOptions({ kind: 'instances', instanceIds: [1, 3] }, instances);
    assert.equal(options.find(({ value }) => value === selected)?.title, 'fasgpt, test');
  });

  it('still shows an instance that was removed', () => {
    const { options, selected } = scopeOptions({ kind: 'instance', instanceId: 9 }, instances);
    assert.equal(options.find(({ value }) => value === selected)?.title, 'Removed instance');
  });

  it('gives what a value stands for', () => {
    assert.deepEqual(scopeOf(ALL), { kind: 'all' });
    assert.deepEqual(scopeOf('2'), { kind: 'instance', instanceId: 2 });
    assert.equal(scopeOf(SEVERAL), undefined);
  });
});

describe('the filters that a report shows', () => {
  const users = { kind: 'users', title: 'Users', words: 'Ann, Ben' } as const;

  it('have the words of the report', () => {
    assert.deepEqual(chipsOf({ users: [1, 2] }, [users]), [users]);
  });

  it('tell their size until the report is there', () => {
    assert.deepEqual(chipsOf({ models: ['gpt-5', ''], withoutDeleted: true }, [users]), [
      { kind: 'models', title: 'Models', words: '2 picked' },
      { kind: 'withoutDeleted', title: 'Deleted chats', words: 'left out' },
    ]);
  });

  it('leave out what filters nothing', () => {
    assert.deepEqual(chipsOf({ users: [], roles: undefined, withoutSyncAccount: false }, [users]), []);
  });

  it('go one by one', () => {
    assert.deepEqual(chipsOf(without({ users: [1], withoutDeleted: true }, 'users'), []), [
      { kind: 'withoutDeleted', title: 'Deleted chats', words: 'left out' },
    ]);
  });
});
