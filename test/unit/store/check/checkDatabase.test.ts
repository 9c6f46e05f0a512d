import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDatabase } from '../../../../src/store/check/checkDatabase';
import { listShards } from '../../../../src/store/content/shardFile';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import {
  generationPath,
  newestGeneration,
  openSealed,
  sealOf,
} from '../../../../src/store/files/fileGeneration';
import { SqliteDatabase } from '../../../../src/store/sqlite/sqlite';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, message, runEnd, user, useMirrors } from '../builders';
import { filesIn, publishedRows } from '../published';

/** Everything but a little goes to shards at once. */
const SMALL_SHARDS = { beforeFirst: 500, inline: 500, kept: 100, shard: 2_000, shards: 9 };

describe('Checking the database', () => {
  const { root, open, close } = useMirrors();

  /** Two chats with a question and an answer each, whose text is in a shard but for the last. */
  const write = (
    mirror: MirrorDatabase,
    run: string,
    changes: { content?: string; gone?: boolean } = {},
  ): void => {
    const { content = 'Long enough for a shard. ' } = changes;
    begin(mirror, run);
    mirror.applyUsers(run, [user('ann')]);
    for (const id of ['c1', 'c2']) {
      const messages = [
        message(`${id}-q`, { content: `${id} asks. ${content.repeat(20)}` }),
        message(`${id}-a`, {
          ...{ role: 'assistant', modelId: 'gpt-4o', parentRemoteId: `${id}-q` },
          content: `${id} is told. ${content.repeat(20)}`,
        }),
      ];
      mirror.applyChat(run, fetched(chat(id, { messages })));
    }
    if (changes.gone === true) {
      mirror.markDeleted(run, 'chats', ['c2']);
    }
    mirror.endRun(runEnd({ runId: run }));
    mirror.publish();
    mirror.refreshCopies();
  };
  const found = async (): Promise<unknown[]> =>
    (await checkDatabase(root())).findings
      .filter(({ severity }) => severity !== 'ok')
      .map(({ file, severity, what, sentence }) => [file, severity, what, sentence]);
  const shardPath = (): string => {
    const { content } = dataFolderAt(root());
    return join(content, listShards(content)[0] ?? '');
  };
  const damage = (path: string): void => {
    const bytes = readFileSync(path);
    bytes[2_000] = (bytes[2_000] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };
  /** Changes the newest generation behind our back, with a seal that is right. */
  const forge = async (sql: string): Promise<void> => {
    const { generations } = dataFolderAt(root());
    const number = newestGeneration(generations);
    const path = generationPath(generations, number);
    const database = await SqliteDatabase.open(openSealed(readFileSync(path))?.image);
    database.script(sql);
    const image = database.export();
    database.close();
    writeFileSync(path, Buffer.concat([image, sealOf(image, number)]));
  };

  it('finds nothing in an empty folder', async () => {
    assert.deepEqual(await checkDatabase(root()), {
      ...{ generation: 0, file: undefined, findings: [] },
      lost: { messages: 0, fetchable: 0, chats: 0 },
    });
  });

  it('finds every file of a healthy folder sound, and changes none', async () => {
    const mirror = await open({ shardLimits: SMALL_SHARDS });
    write(mirror, 'a');
    write(mirror, 'b', { gone: true });
    await mirror.restore('db/00000001.db');
    mirror.refreshCopies();
    const before = filesIn(root());
    const report = await checkDatabase(root());
    assert.deepEqual(
      report.findings.map(({ file, severity }) => `${severity} ${file}`),
      [
        ...['ok db/00000003.db', 'ok db/00000002.db', 'ok db/00000001.db', 'ok daily/2025-11-16.db'],
        ...['ok openwebui_sync.db', 'ok pinned/restore-00000002.db'],
      ],
    );
    assert.equal(report.file, 'db/00000003.db');
    assert.equal(report.generation, 3);
    assert.deepEqual(filesIn(root()), before);
  });

  it('says which file is used where the newest is damaged', async () => {
    const mirror = await open();
    write(mirror, 'a');
    write(mirror, 'b', { gone: true });
    damage(generationPath(dataFolderAt(root()).generations, 2));
    const report = await checkDatabase(root());
    assert.equal(report.file, 'db/00000001.db');
    assert.deepEqual(await found(), [
      ['db/00000002.db', 'damage', 'seal', 'It does not hold what was written to it.'],
      [
        ...['db/00000001.db', 'warning', 'file'],
        'It is used in place of a newer one that is damaged. What was synced in between is fetched again.',
      ],
    ]);
  });

  it('tells damage that a right seal hides', async () => {
    const mirror = await open();
    write(mirror, 'a');
    const { generations } = dataFolderAt(root());
    const path = generationPath(generations, 1);
    const image = Buffer.from(openSealed(readFileSync(path))?.image ?? []);
    image.fill(0, 4_096 * 3, 4_096 * 4);
    writeFileSync(path, Buffer.concat([image, sealOf(image, 1)]));
    const [finding] = await found();
    assert.deepEqual((finding as string[]).slice(0, 3), ['db/00000001.db', 'damage', 'structure']);
  });

  it('tells a changed copy, a foreign file, one of a newer version, and rows without a parent', async () => {
    const mirror = await open();
    write(mirror, 'a');
    const { fixedName, daily } = dataFolderAt(root());
    appendFileSync(fixedName, 'edited');
    const foreign = Buffer.alloc(4_096, 'x');
    writeFileSync(join(daily, '2025-11-01.db'), Buffer.concat([foreign, sealOf(foreign, 1)]));
    const newer = Buffer.from(
      openSealed(readFileSync(generationPath(dataFolderAt(root()).generations, 1)))?.image ?? [],
    );
    newer.writeUInt32BE(99, 60);
    writeFileSync(join(daily, '2025-11-02.db'), Buffer.concat([newer, sealOf(newer, 1)]));
    await forge('PRAGMA foreign_keys = OFF; DELETE FROM users;');
    assert.deepEqual(
      (await found()).map((finding) => (finding as string[]).slice(0, 3).join(' ')),
      [
        'db/00000001.db damage references',
        'daily/2025-11-02.db warning format',
        'daily/2025-11-01.db damage format',
        'openwebui_sync.db warning seal',
      ],
    );
  });

  it('leaves a copy alone that another program writes to right now', async () => {
    write(await open(), 'a');
    writeFileSync(dataFolderAt(root()).fixedName, 'half written');
    writeFileSync(`${dataFolderAt(root()).fixedName}-journal`, '');
    assert.deepEqual(await found(), []);
  });

  it('finds derived numbers that do not agree, and has their chats written anew', async () => {
    const mirror = await open();
    write(mirror, 'a');
    close(mirror);
    await forge(`UPDATE chats SET message_count = 7 WHERE remote_id = 'c1';
      UPDATE chat_models SET message_count = 9 WHERE chat_id = (SELECT id FROM chats WHERE remote_id = 'c2');
      UPDATE message SET is_copy = 1 WHERE remote_id = 'c2-q';`);
    assert.deepEqual(
      (await found()).map((finding) => (finding as string[])[3]),
      [
        'The number of messages does not agree with the messages themselves in chats: 1.',
        'The list of models does not agree with the messages themselves in chats: 1.',
        'What counts as a copy of another chat does not agree with the messages themselves in chats: 1.',
      ],
    );
    const again = await open();
    assert.equal(again.refetchTexts().chats, 2);
    write(again, 'b');
    assert.deepEqual(await found(), []);
  });

  describe('where texts are lost', () => {
    for (const [state, spoil] of [
      ['missing', (path: string) => rmSync(path)],
      ['damaged', damage],
    ] as const) {
      it(`says how many and has them fetched again: a shard is ${state}`, async () => {
        const mirror = await open({ shardLimits: SMALL_SHARDS });
        write(mirror, 'a', { gone: true });
        const texts = await publishedRows(root(), 'SELECT count(content_shard) FROM message');
        assert.deepEqual(texts, [[4]]);
        const name = shardPath().split('/').at(-1) ?? '';
        spoil(shardPath());
        assert.deepEqual(await found(), [
          [
            ...['db/00000001.db', 'damage', 'texts'],
            `The file content/${name} is ${state}. Messages without their text: 4.`,
          ],
        ]);
        assert.deepEqual((await checkDatabase(root())).lost, { messages: 4, fetchable: 2, chats: 1 });

        assert.deepEqual(mirror.refetchTexts(), {
          ...{ messages: 4, fetchable: 2, chats: 1 },
          ...{ generation: 2, published: true },
        });
        const { corrupt, content } = dataFolderAt(root());
        assert.deepEqual(listShards(content), []);
        assert.equal(
          readdirSync(corrupt).filter((file) => file.startsWith('text-')).length,
          state === 'damaged' ? 1 : 0,
        );
        assert.deepEqual(await found(), [], 'the rest is known and needs nothing');
        begin(mirror, 'look');
        assert.deepEqual(
          mirror
            .knownChats('look', 'ann')
            .map(({ remoteId, isSettled, isDeleted }) => [remoteId, isSettled, isDeleted]),
          [
            ['c1', false, false],
            ['c2', true, true],
          ],
        );
        mirror.endRun(runEnd({ runId: 'look' }));
        close(mirror);

        const next = await open();
        begin(next, 'b');
        next.applyChat(
          'b',
          fetched(
            chat('c1', {
              messages: [message('c1-q', { content: 'back' }), message('c1-a', { content: 'again' })],
            }),
          ),
        );
        next.endRun(runEnd({ runId: 'b' }));
        next.publish();
        assert.deepEqual(await publishedRows(root(), 'SELECT remote_id, content FROM messages ORDER BY id'), [
          ['c1-q', 'back'],
          ['c1-a', 'again'],
          ['c2-q', null],
          ['c2-a', null],
        ]);
      });
    }

    it('fetches nothing again where nothing is lost', async () => {
      const mirror = await open({ shardLimits: SMALL_SHARDS });
      write(mirror, 'a');
      assert.deepEqual(mirror.refetchTexts(), {
        ...{ messages: 0, fetchable: 0, chats: 0 },
        ...{ generation: 1, published: false },
      });
    });

    it('tells a shard that lacks a text, and a number without a file', async () => {
      const mirror = await open({ shardLimits: SMALL_SHARDS });
      write(mirror, 'a');
      close(mirror);
      await forge(`UPDATE message SET content_shard = 77 WHERE remote_id = 'c1-q';
        DELETE FROM message_text; UPDATE message SET content_shard = 1 WHERE remote_id = 'c2-a';
        INSERT INTO message SELECT id + 50, instance_id, 'extra', chat_id, parent_id, user_id, role, model_id, created_at,
          created_at_epoch, created_at_source, day, hour, input_tokens, output_tokens, cached_tokens, reasoning_tokens,
          usage_dialect, duration_ms, output_ms, rating, is_error, is_done, is_arena, is_active_branch, is_copy,
          content_chars, dropped_images, file_count, citation_count, tool_call_count, content_shard, row_hash,
          sync_datetime, sync_datetime_epoch, 1 FROM message WHERE remote_id = 'c2-a';`);
      const name = shardPath().split('/').at(-1) ?? '';
      assert.deepEqual(
        (await found()).map((finding) => (finding as string[])[3]),
        [
          `The file content/${name} lacks texts. Messages without their text: 1.`,
          'The file number 77 of older messages is missing. Messages without their text: 1.',
        ],
      );
      assert.equal(
        (await open()).refetchTexts().fetchable,
        1,
        'a message that the server has no more stays without',
      );
      assert.deepEqual(await found(), []);
    });
  });
});
