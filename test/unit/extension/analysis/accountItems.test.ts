import assert from 'node:assert/strict';
import {
  chosenExclusions,
  excludableItems,
  personItems,
  withChosenPeople,
  type KnownAccount,
} from '../../../../src/extension/analysis/accountItems';
import { NO_ANALYSIS, type Analysis } from '../../../../src/store/analysis/analysisTypes';

const account = (instance: number, remoteId: string, changes: Partial<KnownAccount> = {}): KnownAccount => ({
  instance,
  instanceName: `server ${instance}`,
  remoteId,
  name: remoteId.toUpperCase(),
  email: `${remoteId}@example.test`,
  isDeleted: false,
  chats: 1,
  ...changes,
});

describe('Accounts to exclude', () => {
  const people = [account(1, 'ann'), account(1, 'bot')];
  const excluding: Analysis = {
    ...NO_ANALYSIS,
    excludedAccounts: [
      { instance: 1, user: 'bot' },
      { instance: 1, user: 'unseen' },
      { instance: 2, user: 'ann' },
    ],
  };

  it('are marked where they are left out now, and come first', () => {
    assert.deepEqual(
      excludableItems(excluding, 1, people).map(({ value, picked }) => [value, picked]),
      [
        ['bot', true],
        ['ann', false],
      ],
    );
  });

  it('stay so when the list does not show them', () => {
    assert.deepEqual(chosenExclusions(excluding, 1, people, ['ann']), ['unseen', 'ann']);
  });
});

describe('Accounts to merge', () => {
  const accounts = [
    account(1, 'ann', { email: 'Ann@Example.test', chats: 2 }),
    account(2, 'ann-2', { email: ' ann@example.test', chats: 9 }),
    account(1, 'bob'),
    account(1, 'nameless', { email: null }),
    account(2, 'nameless', { email: null }),
  ];
  const ann = [
    { instance: 2, user: 'ann-2' },
    { instance: 1, user: 'ann' },
  ];

  it('are suggested by the same e-mail address, whatever its case, and not merged by themselves', () => {
    const items = personItems(NO_ANALYSIS, accounts);
    assert.deepEqual(
      items.map(({ picked, value }) => [picked, value]),
      [[false, ann]],
    );
    assert.equal(withChosenPeople(NO_ANALYSIS, items, []).mergedPeople.length, 0);
  });

  it('count under the one with the most chats once somebody agreed', () => {
    const items = personItems(NO_ANALYSIS, accounts);
    const merged = withChosenPeople(
      NO_ANALYSIS,
      items,
      items.map(({ value }) => value),
    );
    assert.deepEqual(merged.mergedPeople, [ann]);
    assert.deepEqual(
      personItems(merged, accounts).map(({ picked }) => picked),
      [true],
      'present, and suggested no more',
    );
  });

  it('are apart again when they are not marked any more', () => {
    const merged = { ...NO_ANALYSIS, mergedPeople: [ann] };
    assert.deepEqual(withChosenPeople(merged, personItems(merged, accounts), []).mergedPeople, []);
  });

  it('join a person that is there already', () => {
    const other = { instance: 3, user: 'ann-3' };
    const merged = { ...NO_ANALYSIS, mergedPeople: [[{ instance: 1, user: 'ann' }, other]] };
    const items = personItems(merged, accounts);
    const chosen = items.map(({ value }) => value);
    assert.deepEqual(withChosenPeople(merged, items, chosen).mergedPeople, [[...ann, other]]);
  });
});
