import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { personHash, pseudonymOf } from '../../../../src/store/instances/people';
import { PRIVACY_MODES, type PrivacyMode } from '../../../../src/store/instances/privacy';
import type { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, counts, exchange, fetched, message, NOON, openMirror, rating } from '../builders';
import { runEnd, user, useTemporaryFolder } from '../builders';
import { filesHolding, openPublished, publishedRows } from '../published';

const SALT = 'a salt of this test';
const ANN = 'f3b1c2aa-ann';

/** What a mode must not let through, by the thing that would show it. */
const TEXT = {
  'text of messages': 'the quick brown secret',
  'titles of chats': 'Plan for the merger',
  'titles of chat lists': 'Listed plan for the merger',
  'comments of ratings': 'This answer hurt me',
  'reasons of ratings that are a sentence': 'Because it knew my salary',
  'descriptions of knowledge bases': 'All we know of bids',
  'descriptions of groups': 'Those who bid',
};
const NAMES = {
  'names of users': 'Ann Example',
  'e-mail addresses': 'ann@example.org',
  'names of files': 'salaries-2025.xlsx',
  'names of knowledge bases': 'Bid library',
  'tags of chats': 'tag-of-chat',
  'tags of ratings': 'tag-of-rating',
};
const IDENTITIES = {
  'ids of users': ANN,
  'names of groups': 'Bid team',
  'ids of folders': 'folder-7f3a',
  'ids of share links': 'share-91bc',
};
const EXCLUDED: Readonly<Record<PrivacyMode, Readonly<Record<string, string>>>> = {
  full: {},
  names: TEXT,
  pseudonyms: { ...TEXT, ...NAMES },
  counts: { ...TEXT, ...NAMES, ...IDENTITIES },
};
const EVERYTHING: Readonly<Record<string, string>> = { ...TEXT, ...NAMES, ...IDENTITIES };

describe('The privacy mode of a mirror', () => {
  const root = useTemporaryFolder();
  let mirror: MirrorDatabase | undefined;
  const open = async (): Promise<MirrorDatabase> => {
    mirror = await openMirror(root());
    return mirror;
  };
  afterEach(() => {
    mirror?.close();
  });

  /** One run that meets everything; ids of users are hashed before the writer sees them. */
  const sync = (into: MirrorDatabase, mode: PrivacyMode, runId = 'run-1'): void => {
    begin(into, runId, 1, { privacy: mode });
    const ann = mode === 'counts' ? personHash(SALT, 1, ANN) : ANN;
    into.applyUsers(runId, [
      user(ann, { name: NAMES['names of users'], email: NAMES['e-mail addresses'], lastActiveAt: NOON }),
    ]);
    into.applyGroups(runId, [
      {
        remoteId: 'g1',
        name: IDENTITIES['names of groups'],
        description: TEXT['descriptions of groups'],
        memberRemoteIds: [ann],
      },
    ]);
    const told = chat('c1', {
      userRemoteId: ann,
      title: TEXT['titles of chats'],
      tags: [NAMES['tags of chats']],
      folderId: IDENTITIES['ids of folders'],
      shareId: IDENTITIES['ids of share links'],
      messages: [
        message('q', { content: TEXT['text of messages'] }),
        message('a', { parentRemoteId: 'q', role: 'assistant', modelId: 'gpt-4o', content: 'x'.repeat(200) }),
      ],
    });
    const listed = { remoteId: 'c1', title: TEXT['titles of chat lists'], updatedAt: NOON };
    into.applyChat(runId, fetched(told, { listed }));
    into.applyFeedback(runId, [
      rating('r1', {
        userRemoteId: ann,
        comment: TEXT['comments of ratings'],
        tags: [NAMES['tags of ratings']],
        reason: 'too_long',
      }),
      rating('r2', { userRemoteId: ann, reason: TEXT['reasons of ratings that are a sentence'] }),
    ]);
    into.applyModels(runId, [{ modelId: 'm1', source: 'workspace', isActive: true, owner: ann }]);
    into.applyKnowledgeBases(runId, [
      {
        remoteId: 'kb',
        name: NAMES['names of knowledge bases'],
        description: TEXT['descriptions of knowledge bases'],
        userRemoteId: ann,
      },
    ]);
    into.applyFiles(
      runId,
      [{ remoteId: 'f1', filename: NAMES['names of files'], size: 5, userRemoteId: ann }],
      'kb',
    );
    into.saveState(runId, [{ stream: 'chats', scope: ann, mark: NOON }]);
    into.endRun(runEnd({ runId }));
    into.publish();
    into.refreshCopies();
  };

  for (const mode of PRIVACY_MODES) {
    it(`"${mode}" keeps what it promises out of every file, and lets the rest in`, async () => {
      sync(await open(), mode);
      for (const [what, text] of Object.entries(EVERYTHING)) {
        const isExcluded = what in EXCLUDED[mode];
        assert.equal(filesHolding(root(), text).length > 0, !isExcluded, what);
      }
      assert.deepEqual(await publishedRows(root(), 'SELECT privacy FROM instances'), [[mode]]);
    });
  }

  it('still counts everything', async () => {
    sync(await open(), 'counts');
    const [row] = await publishedRows(
      root(),
      `SELECT u.name, m.content, m.content_chars, m.model_id, f.reason, f.rating, g.member_count, b.file_count, fi.size
       FROM messages m JOIN users u ON u.id = m.user_id JOIN feedback f ON f.user_id = u.id
       JOIN knowledge_bases b ON b.user_id = u.id JOIN files fi ON fi.user_id = u.id
       JOIN group_members gm ON gm.user_id = u.id JOIN user_groups g ON g.id = gm.group_id
       WHERE m.role = 'assistant' AND f.remote_id = 'r1'`,
    );
    const name = pseudonymOf(personHash(SALT, 1, ANN));
    assert.deepEqual(row, [name, null, 200, 'gpt-4o', 'too_long', 1, 1, 1, 5]);
    assert.deepEqual(await publishedRows(root(), 'SELECT count(*) FROM message_text'), [[0]]);
  });

  it('gives a pseudonym that tells people apart and stays the same', async () => {
    const into = await open();
    sync(into, 'pseudonyms');
    const before = await publishedRows(root(), 'SELECT name FROM users');
    assert.deepEqual(before, [[pseudonymOf(ANN)]]);
    sync(into, 'pseudonyms', 'run-2');
    assert.deepEqual(await publishedRows(root(), 'SELECT name FROM users'), before);
  });

  it('tells the engine no title of a list that it may not keep', async () => {
    const into = await open();
    sync(into, 'names');
    begin(into, 'run-2', 1, { privacy: 'names' });
    assert.equal(into.knownChats('run-2', ANN)[0]?.listTitle, undefined);
  });

  for (const mode of PRIVACY_MODES) {
    it(`"${mode}" does not let a second run believe that something changed`, async () => {
      const into = await open();
      sync(into, mode);
      sync(into, mode, 'run-2');
      assert.deepEqual(into.changes('run-2', 10), []);
    });
  }

  it('notices an edited message by its length', async () => {
    const into = await open();
    const run = begin(into, 'run-1', 1, { privacy: 'names' });
    const told = (content: string): Parameters<MirrorDatabase['applyChat']>[1] =>
      fetched(chat('c1', { messages: [message('q', { content })] }));
    into.applyChat(run, told('four'));
    const again = into.applyChat(run, told('more'));
    assert.equal(again.outcome === 'applied' && again.messages.unchanged, 1);
    const edited = into.applyChat(run, told('longer'));
    assert.equal(edited.outcome === 'applied' && edited.messages.updated, 1);
    into.publish();
    assert.deepEqual(await publishedRows(root(), 'SELECT content_chars FROM message'), [[6]]);
  });

  it('stores no hash of a text that it excludes', async () => {
    const hashes = async (content: string): Promise<unknown> => {
      const into = await openMirror(root());
      const run = begin(into, `run of ${content}`, 1, { privacy: 'names' });
      into.applyChat(run, fetched(chat('c1', { title: content, messages: [message('q', { content })] })));
      into.publish();
      const rows = await publishedRows(root(), 'SELECT m.row_hash, c.row_hash FROM message m, chats c');
      into.markDeleted(run, 'chats', ['c1']);
      into.close();
      return rows;
    };
    assert.deepEqual(await hashes('secret-a'), await hashes('secret-b'));
  });

  it('refuses ids of the server where they must be hashes, rather than storing them', async () => {
    const into = await open();
    const run = begin(into, 'run-1', 1, { privacy: 'counts' });
    assert.throws(() => into.applyUsers(run, [user(ANN)]), /keeps no user ids/u);
    assert.throws(() => into.applyFiles(run, [{ remoteId: 'f1', userRemoteId: ANN }]), /keeps no user ids/u);
    assert.throws(() => into.saveState(run, [{ stream: 'chats', scope: ANN }]), /keeps no user ids/u);
    into.applyModels(run, [{ modelId: 'm1', source: 'workspace', isActive: true, owner: ANN }]);
    into.publish();
    assert.deepEqual(filesHolding(root(), ANN), []);
  });

  it('must be purged before a run in a stricter one', async () => {
    const into = await open();
    sync(into, 'full');
    assert.throws(() => begin(into, 'run-2', 1, { privacy: 'names' }), /Change the privacy mode/u);
    await into.tightenPrivacy(1, 'names');
    begin(into, 'run-2', 1, { privacy: 'names' });
  });

  it('may be any for an instance without rows, also after a run that failed at once', async () => {
    const into = await open();
    begin(into, 'run-1', 1, { privacy: 'full' });
    into.endRun(runEnd({ status: 'failed' }));
    into.publish();
    begin(into, 'run-2', 1, { privacy: 'counts' });
  });

  it('brings back what was left out with the next sync, once it is looser', async () => {
    const into = await open();
    sync(into, 'pseudonyms');
    sync(into, 'full', 'run-2');
    const missing = Object.entries(EVERYTHING).filter(([, text]) => filesHolding(root(), text).length === 0);
    assert.deepEqual(missing, []);
  });

  it('gives people whose ids were hashed their own back, without making new users of them', async () => {
    writeFileSync(
      `${root()}/instances.json`,
      JSON.stringify({ version: 1, zone: 'UTC', nextId: 2, salt: SALT, instances: [] }),
    );
    const into = await open();
    sync(into, 'counts');
    const run = begin(into, 'run-2', 1, { privacy: 'full' });
    assert.deepEqual(into.knownUsers(run), [], 'nobody of whom the server could say that he is gone');
    into.applyUsers(run, [user(ANN, { name: 'Ann Example' }), user('bob')]);
    assert.deepEqual(new Set(into.knownUsers(run).map(({ remoteId }) => remoteId)), new Set([ANN, 'bob']));
    assert.equal(into.knownChats(run, ANN).length, 1);
    assert.deepEqual(
      into.state(run).map(({ scope }) => scope),
      [ANN],
    );
  });
});

describe('Making a privacy mode stricter', () => {
  const root = useTemporaryFolder();
  let database: SqliteDatabase | undefined;
  afterEach(() => {
    database?.close();
    database = undefined;
  });

  it('leaves the rows as a sync in that mode would have written them', async () => {
    const mirror = await openMirror(root());
    const told = fetched(
      chat('c1', { tags: ['t'], folderId: 'f', messages: [...exchange('x'), ...exchange('y')] }),
    );
    const write = (run: string): unknown => {
      const people = mirror.applyUsers(run, [user('ann')]);
      const talk = mirror.applyChat(run, told);
      const ratings = mirror.applyFeedback(run, [
        rating('r1', { comment: 'Good', reason: 'A sentence', tags: ['t'] }),
      ]);
      const bases = mirror.applyKnowledgeBases(run, [{ remoteId: 'kb', name: 'n', description: 'd' }]);
      const files = mirror.applyFiles(run, [{ remoteId: 'f1', filename: 'n' }]);
      const groups = mirror.applyGroups(run, [
        { remoteId: 'g1', name: 'n', description: 'd', memberRemoteIds: ['ann'] },
      ]);
      return [
        people,
        talk.outcome === 'applied' && [talk.chats, talk.messages],
        ratings,
        bases,
        files,
        groups,
      ];
    };
    write(begin(mirror));
    mirror.endRun(runEnd());
    await mirror.tightenPrivacy(1, 'pseudonyms');
    const one = counts({ seen: 1, unchanged: 1 });
    assert.deepEqual(write(begin(mirror, 'run-2', 1, { privacy: 'pseudonyms' })), [
      one,
      [one, counts({ seen: 4, unchanged: 4 })],
      one,
      one,
      one,
      one,
    ]);
    mirror.close();
  });

  it('touches no other instance', async () => {
    const mirror = await openMirror(root());
    for (const id of [1, 2]) {
      const run = begin(mirror, `run-${id}`, id);
      mirror.applyUsers(run, [user('ann')]);
      mirror.applyChat(run, fetched(chat('c1')));
      mirror.endRun(runEnd({ runId: run }));
    }
    await mirror.tightenPrivacy(1, 'counts');
    database = await openPublished(root());
    assert.deepEqual(
      database.all(
        `SELECT m.instance_id, u.name, count(m.content) FROM messages m JOIN users u ON u.id = m.user_id
         WHERE m.instance_id = 2 GROUP BY 1`,
      ),
      [[2, 'ANN', 2]],
    );
    assert.deepEqual(
      database.all('SELECT count(*) FROM messages WHERE instance_id = 1 AND content IS NOT NULL'),
      [[0]],
    );
    assert.deepEqual(database.all('PRAGMA foreign_key_check'), []);
    mirror.close();
  });

  it('says before how many rows it concerns', async () => {
    const mirror = await openMirror(root());
    const run = begin(mirror);
    mirror.applyUsers(run, [user('ann'), user('bob')]);
    mirror.applyChat(run, fetched(chat('c1')));
    mirror.applyFeedback(run, [rating('r1', { comment: 'Good' }), rating('r2')]);
    mirror.endRun(runEnd());
    mirror.publish();
    const { rows, files } = mirror.planPrivacy(1, 'names');
    assert.deepEqual(
      Object.entries(rows).filter(([, count]) => count > 0),
      [
        ['messages', 2],
        ['chats', 1],
        ['feedback', 1],
      ],
    );
    assert.deepEqual(files, ['daily/2025-11-16.db', 'db/00000001.db']);
    assert.equal(mirror.planPrivacy(1, 'pseudonyms').rows.users, 2);
    mirror.close();
  });

  it('is no purge where the mode is looser', async () => {
    const mirror = await openMirror(root());
    const run = begin(mirror, 'run-1', 1, { privacy: 'names' });
    mirror.applyUsers(run, [user('ann')]);
    mirror.endRun(runEnd());
    mirror.publish();
    assert.deepEqual(mirror.planPrivacy(1, 'full'), { rows: {}, files: [] });
    assert.deepEqual(await mirror.tightenPrivacy(1, 'full'), {
      generation: 2,
      published: true,
      filesLeft: [],
    });
    assert.deepEqual(await publishedRows(root(), 'SELECT privacy FROM instances'), [['full']]);
    assert.deepEqual(await publishedRows(root(), 'SELECT name FROM users'), [['ANN']]);
    mirror.close();
  });
});
