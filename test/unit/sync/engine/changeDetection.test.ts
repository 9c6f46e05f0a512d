import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { KnownChat } from '../../../../src/store/mirrorFacts';
import type { ChatListRecord } from '../../../../src/store/records';
import { compareChats, compareUsers, isUnchanged } from '../../../../src/sync/engine/changeDetection';

function listed(remoteId: string, changes: Partial<ChatListRecord> = {}): ChatListRecord {
  return { remoteId, title: 'Trip', updatedAt: 100, ...changes };
}

function known(remoteId: string, changes: Partial<KnownChat> = {}): KnownChat {
  return { remoteId, listTitle: 'Trip', updatedAt: 100, isSettled: true, isDeleted: false, ...changes };
}

function fetched(rows: readonly ChatListRecord[], chats: readonly KnownChat[]): string[] {
  return compareChats(rows, chats, isUnchanged).toFetch.map(({ remoteId }) => remoteId);
}

describe('compareChats', () => {
  it('fetches what is new, changed, renamed, unsettled or back', () => {
    const rows = ['same', 'new', 'changed', 'older', 'renamed', 'unsettled', 'back'].map((id) => listed(id));
    const chats = [
      known('same'),
      known('changed', { updatedAt: 99 }),
      known('older', { updatedAt: 101 }),
      known('renamed', { listTitle: 'Other' }),
      known('unsettled', { isSettled: false }),
      known('back', { isDeleted: true }),
    ];
    assert.deepEqual(fetched(rows, chats), ['new', 'changed', 'older', 'renamed', 'unsettled', 'back']);
  });

  it('takes a new title for no change where the mirror holds no titles', () => {
    const isSame = (chat: KnownChat): boolean => isUnchanged(chat, listed('a', { title: 'New' }), false);
    assert.deepEqual([isSame(known('a', { listTitle: undefined })), isSame(known('a'))], [true, false]);
    assert.equal(isUnchanged(known('a', { listTitle: undefined }), listed('a')), false);
  });

  it('counts rows that came more than once', () => {
    const { shown, duplicates } = compareChats([listed('a'), listed('b'), listed('a')], [], isUnchanged);
    assert.deepEqual([shown, duplicates], [['a', 'b'], 1]);
  });

  it('takes the later of two rows of one chat', () => {
    assert.deepEqual(
      fetched([listed('a', { updatedAt: 100 }), listed('a', { updatedAt: 90 })], [known('a')]),
      [],
    );
    assert.deepEqual(fetched([listed('a'), listed('a', { updatedAt: 110 })], [known('a')]), ['a']);
  });

  it('counts every listed chat once, as fetched or unchanged, and misses only living ones', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    fc.assert(
      fc.property(
        fc.array(fc.record({ id: ids, updatedAt: fc.integer({ min: 98, max: 101 }) })),
        fc.uniqueArray(fc.record({ id: ids, isDeleted: fc.boolean() }), { selector: ({ id }) => id }),
        (rows, chats) => {
          const changes = compareChats(
            rows.map(({ id, updatedAt }) => listed(id, { updatedAt })),
            chats.map(({ id, isDeleted }) => known(id, { isDeleted })),
            isUnchanged,
          );
          const shown = new Set(rows.map(({ id }) => id));
          assert.equal(changes.toFetch.length + changes.unchanged, shown.size);
          assert.deepEqual(
            [...changes.missing].sort(),
            chats
              .filter(({ id, isDeleted }) => !isDeleted && !shown.has(id))
              .map(({ id }) => id)
              .sort(),
          );
        },
      ),
    );
  });
});

describe('compareUsers', () => {
  const user = (remoteId: string, lastActiveAt?: number) => ({ remoteId, lastActiveAt });
  const mirrored = (remoteId: string, lastActiveAt?: number, isDeleted = false) => ({
    remoteId,
    lastActiveAt,
    isDeleted,
  });

  it('looks at users who are new, back, active, or whose activity moved', () => {
    const { toWalk } = compareUsers(
      [
        user('idle', 50),
        user('new'),
        user('back', 50),
        user('active', 100),
        user('moved', 60),
        user('untold'),
      ],
      [
        mirrored('idle', 50),
        mirrored('back', 50, true),
        mirrored('active', 100),
        mirrored('moved', 50),
        mirrored('untold', 50),
      ],
      100,
    );
    assert.deepEqual(toWalk, ['new', 'back', 'active', 'moved']);
  });

  it('looks at everybody when nothing is known', () => {
    assert.deepEqual(compareUsers([user('a', 1), user('b')], [mirrored('a', 1)], undefined).toWalk, [
      'a',
      'b',
    ]);
  });

  it('misses living users only', () => {
    const { missing } = compareUsers([user('a')], [mirrored('a'), mirrored('b'), mirrored('c', 1, true)], 0);
    assert.deepEqual(missing, ['b']);
  });
});
