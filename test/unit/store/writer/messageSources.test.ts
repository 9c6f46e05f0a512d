import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { generationPath, newestGeneration, sealOf } from '../../../../src/store/files/fileGeneration';
import { PRIVACY_MODES } from '../../../../src/store/instances/privacy';
import type { MessageRecord, MessageSourceRecord } from '../../../../src/store/records';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, counts, fetched, message, NOON, runEnd, useMirrors, user } from '../builders';
import { openPublished, publishedRows } from '../published';

const PLAN: MessageSourceRecord = { kind: 'file', use: 'attached', remoteId: 'f1', times: 1 };
const HANDBOOK: MessageSourceRecord = { kind: 'knowledge', use: 'cited', remoteId: 'k1', times: 1 };
const WEATHER: MessageSourceRecord = { kind: 'tool', use: 'called', remoteId: 'get_weather', times: 2 };
const WEB: MessageSourceRecord = { kind: 'web', use: 'called', remoteId: '', times: 1 };

const SOURCES = `SELECT m.remote_id, s.kind, s.use, s.remote_id, s.times, s.is_deleted
  FROM message_sources s JOIN message m ON m.id = s.message_id ORDER BY 1, 2, 3, 4`;

describe('What messages use, in the mirror', () => {
  const { root, open, close } = useMirrors();
  let mirror: MirrorDatabase;
  let now = NOON;
  let run = '';
  beforeEach(async () => {
    now = NOON;
    mirror = await open({ now: () => now });
    run = begin(mirror);
    mirror.applyUsers(run, [user('ann'), user('bob')]);
  });

  const apply = (messages: readonly MessageRecord[], chatId = 'c1', owner = 'ann') =>
    mirror.applyChat(run, fetched(chat(chatId, { userRemoteId: owner, messages })));
  const published = async (sql = SOURCES): Promise<unknown> => {
    mirror.publish();
    return publishedRows(root(), sql);
  };
  const dialogue = (question: readonly MessageSourceRecord[], answer: readonly MessageSourceRecord[]) => [
    message('q', { sources: question }),
    message('a', { parentRemoteId: 'q', role: 'assistant', modelId: 'gpt', sources: answer }),
  ];

  it('is written with the chat', async () => {
    apply(dialogue([PLAN], [HANDBOOK, WEATHER, WEB]));
    assert.deepEqual(await published(), [
      ['a', 'knowledge', 'cited', 'k1', 1, 0],
      ['a', 'tool', 'called', 'get_weather', 2, 0],
      ['a', 'web', 'called', '', 1, 0],
      ['q', 'file', 'attached', 'f1', 1, 0],
    ]);
  });

  it('is replaced with a message that changed and untouched in one that did not', async () => {
    apply(dialogue([PLAN], [HANDBOOK, WEB]));
    mirror.publish();
    now += 60;
    const result = apply(dialogue([PLAN], [WEATHER]));
    assert.ok(result.outcome === 'applied');
    assert.deepEqual(result.messages, counts({ seen: 2, unchanged: 1, updated: 1 }));
    assert.deepEqual(await published('SELECT kind, sync_datetime_epoch FROM message_sources ORDER BY 1'), [
      ['file', NOON],
      ['tool', NOON + 60],
    ]);
  });

  it('does not depend on the order in which a server tells it', () => {
    apply(dialogue([], [HANDBOOK, WEATHER, WEB]));
    mirror.publish();
    apply(dialogue([], [WEB, HANDBOOK, WEATHER]));
    assert.equal(mirror.publish().published, false);
  });

  it('is marked with a deleted message or chat, and back with it', async () => {
    apply(dialogue([PLAN], [HANDBOOK]));
    apply([message('q', { sources: [PLAN] })]);
    assert.deepEqual(await published(), [
      ['a', 'knowledge', 'cited', 'k1', 1, 1],
      ['q', 'file', 'attached', 'f1', 1, 0],
    ]);
    mirror.markDeleted(run, 'chats', ['c1']);
    assert.deepEqual(await published('SELECT DISTINCT is_deleted FROM message_sources'), [[1]]);
    apply(dialogue([PLAN], [HANDBOOK]));
    assert.deepEqual(await published('SELECT kind, is_deleted FROM message_sources ORDER BY 1'), [
      ['file', 0],
      ['knowledge', 0],
    ]);
  });

  it('goes with a person who is erased and with an instance that is removed', async () => {
    apply(dialogue([PLAN], [HANDBOOK]));
    apply([message('other', { sources: [WEB] })], 'c2', 'bob');
    mirror.endRun(runEnd({ runId: run }));
    mirror.publish();
    await mirror.erasePerson(1, 'ann');
    assert.deepEqual(await publishedRows(root(), SOURCES), [['other', 'web', 'called', '', 1, 0]]);
    await mirror.removeInstance(1, 'delete');
    assert.deepEqual(await publishedRows(root(), SOURCES), []);
  });

  for (const mode of PRIVACY_MODES) {
    it(`stays in mode ${mode}, and a later sync finds it unchanged`, async () => {
      apply(dialogue([PLAN], [HANDBOOK, WEATHER, WEB]));
      const before = await published();
      mirror.endRun(runEnd({ runId: run }));
      await mirror.tightenPrivacy(1, mode);
      assert.deepEqual(await publishedRows(root(), SOURCES), before);
      const [[ann]] = (await publishedRows(root(), 'SELECT remote_id FROM users ORDER BY id LIMIT 1')) as [
        [string],
      ];
      run = begin(mirror, 'run-2', 1, { privacy: mode });
      const result = apply(dialogue([PLAN], [HANDBOOK, WEATHER, WEB]), 'c1', ann);
      assert.ok(result.outcome === 'applied');
      assert.deepEqual(result.messages, counts({ seen: 2, unchanged: 2 }));
    });
  }

  describe('in a mirror that an earlier version filled', () => {
    /** Its messages have no sources, also not in their hashes, and its chats are not known to have been read for them. */
    beforeEach(async () => {
      apply(dialogue([], []));
      apply([message('plain')], 'c2');
      mirror.endRun(runEnd({ runId: run }));
      mirror.publish();
      close(mirror);
      const database = await openPublished(root());
      database.run('UPDATE chats SET has_sources = 0');
      const image = database.export();
      database.close();
      const { generations } = dataFolderAt(root());
      const number = newestGeneration(generations) + 1;
      writeFileSync(generationPath(generations, number), Buffer.concat([image, sealOf(image, number)]));
      now += 60;
      mirror = await open({ now: () => now });
      run = begin(mirror, 'run-2');
    });
    const KNOWN = 'SELECT remote_id, has_sources FROM chats ORDER BY 1';

    it('is written once a chat is read again; what uses nothing keeps its row', async () => {
      const result = apply(dialogue([PLAN], []));
      assert.ok(result.outcome === 'applied');
      assert.deepEqual(result.messages, counts({ seen: 2, updated: 1, unchanged: 1 }));
      assert.deepEqual(await published(), [['q', 'file', 'attached', 'f1', 1, 0]]);
      assert.deepEqual(await publishedRows(root(), KNOWN), [
        ['c1', 1],
        ['c2', 0],
      ]);
    });

    it('is known of a chat that uses nothing, too, and noted once', async () => {
      assert.deepEqual(apply([message('plain')], 'c2').outcome, 'applied');
      assert.deepEqual(await published(KNOWN), [
        ['c1', 0],
        ['c2', 1],
      ]);
      now += 60;
      apply([message('plain')], 'c2');
      assert.equal(mirror.publish().published, false);
    });
  });
});
