import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { TextFileError } from '../../../../src/store/errors';
import { injectFaults } from '../../../../src/store/files/failpoints';
import type { PurgePlan, PurgeResult } from '../../../../src/store/writeResults';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, message, NOON, useMirrors } from '../builders';
import { filesHolding, filesIn, publishedRows } from '../published';
import { messagesOf, publishChat, publishedTexts, shardFiles, SMALL_LIMITS, textOf } from '../shards';

const SENTENCE = 'The launch code is swordfish';
/** As the search index has it: a term of its own. */
const WORD = 'swordfish';
const OTHER = 'kept-';

interface Purge {
  readonly name: string;
  readonly plan: (mirror: MirrorDatabase) => PurgePlan | undefined;
  readonly perform: (mirror: MirrorDatabase) => Promise<PurgeResult> | PurgeResult;
  /** Whether texts of the instance's other people go too. */
  readonly takesAll: boolean;
}

const PURGES: readonly Purge[] = [
  {
    name: 'a stricter privacy mode',
    plan: (mirror) => mirror.planPrivacy(1, 'names'),
    perform: (mirror) => mirror.tightenPrivacy(1, 'names'),
    takesAll: true,
  },
  {
    name: 'erasing a person',
    plan: (mirror) => mirror.planErasure(1, 'ann'),
    perform: (mirror) => mirror.erasePerson(1, 'ann'),
    takesAll: false,
  },
  {
    name: 'removing an instance with its data',
    plan: () => undefined,
    perform: (mirror) => mirror.removeInstance(1, 'delete'),
    takesAll: true,
  },
];

describe('Removing text for good that is in shards', () => {
  const { root, open } = useMirrors();
  const hold = (text: string): string[] => filesHolding(root(), text);
  const secrets = (count: number, createdAt: number) =>
    messagesOf('s', count, createdAt).map((record) => ({
      ...record,
      content: `${SENTENCE} ${record.remoteId}`.padEnd(100, '.'),
    }));

  /** Ann's text is in a merged shard, in one that was merged away, in a shard of its own, and in the image. */
  const grownFolder = async (): Promise<MirrorDatabase> => {
    const mirror = await open({ shardLimits: SMALL_LIMITS });
    publishChat(mirror, 'a', secrets(7, NOON - 9_000));
    publishChat(mirror, 'b', messagesOf(`${OTHER}b`, 8, NOON - 8_000), { userRemoteId: 'bob' });
    publishChat(mirror, 'other', messagesOf(`${OTHER}o`, 8, NOON - 7_000), { instanceId: 2 });
    publishChat(mirror, 'late', [message('late', { content: SENTENCE, createdAt: NOON })]);
    // Of an older version of a message: its shard still has it.
    publishChat(mirror, 'a', [message('s0', { content: 'changed', createdAt: NOON - 9_000 })]);
    mirror.refreshCopies();
    assert.ok(shardFiles(root()).length >= 2);
    const folder = dataFolderAt(root());
    writeFileSync(join(folder.content, '0009-0123456789abcdef.db'), `left by a crash: ${SENTENCE}`);
    writeFileSync(join(folder.pinned, 'schema-2-00000001.db'), SENTENCE);
    writeFileSync(join(root(), 'openwebui_sync.edited-20251102-120000.db'), SENTENCE);
    writeFileSync(join(root(), 'openwebui_sync.log'), SENTENCE);
    assert.ok(hold(SENTENCE).filter((name) => name.startsWith('content/')).length >= 2);
    assert.ok(hold(WORD).length >= 7);
    return mirror;
  };
  afterEach(() => {
    injectFaults(undefined);
  });

  for (const { name, plan, perform, takesAll } of PURGES) {
    describe(`by ${name}`, () => {
      it('leaves no byte of it in any file, and no term of its search index', async () => {
        const mirror = await grownFolder();
        assert.deepEqual((await perform(mirror)).filesLeft, []);
        assert.deepEqual(hold(SENTENCE), []);
        assert.deepEqual(hold(WORD), []);
      });

      it('keeps the texts of others, and nothing that is not needed', async () => {
        const mirror = await grownFolder();
        await perform(mirror);
        const kept = [...(await publishedTexts(root()))].filter(([remoteId]) => remoteId.startsWith(OTHER));
        assert.equal(kept.filter(([remoteId]) => remoteId.startsWith(`${OTHER}o`)).length, 8);
        for (const [remoteId, text] of kept) {
          const isGone = takesAll && remoteId.startsWith(`${OTHER}b`);
          assert.equal(text, isGone ? undefined : textOf(remoteId), remoteId);
        }
        const named = await publishedRows(
          root(),
          'SELECT name FROM content_shards WHERE is_deleted = 0 ORDER BY 1',
        );
        assert.deepEqual(
          shardFiles(root()),
          named.map(([shard]) => shard),
        );
        assert.deepEqual(await publishedRows(root(), 'PRAGMA foreign_key_check'), []);
      });

      it('says before which files go', async () => {
        const mirror = await grownFolder();
        const planned = plan(mirror)?.files;
        const before = [...filesIn(root()).keys()];
        await perform(mirror);
        const after = filesIn(root());
        const gone = before.filter((file) => !after.has(file) && !/^(?:journal|sync)/u.test(file));
        if (planned !== undefined) {
          assert.deepEqual([...planned].sort(), gone.sort());
        }
        assert.ok(gone.some((file) => file.startsWith('content/')));
        assert.ok(gone.includes('pinned/schema-2-00000001.db'));
      });

      it('is finished at the next start after it was broken off right behind its publish', async () => {
        const mirror = await grownFolder();
        const old = [...filesIn(root())].filter(([file]) => /^(?:content|pinned|daily)\//u.test(file));
        await perform(mirror);
        const staying = shardFiles(root());
        for (const [file, bytes] of old) {
          writeFileSync(join(root(), file), bytes);
        }
        assert.ok(hold(SENTENCE).length > 0);
        await open();
        assert.deepEqual(hold(SENTENCE), []);
        assert.deepEqual(shardFiles(root()), staying);
      });

      it('changes nothing when a shard with such text is damaged, and names it', async () => {
        const mirror = await grownFolder();
        const shard = hold(SENTENCE)
          .filter((file) => file.startsWith('content/') && !file.includes('0009-'))
          .at(-1);
        const path = join(root(), shard ?? '');
        const bytes = readFileSync(path);
        writeFileSync(path, 'damaged');
        await assert.rejects(
          async () => perform(mirror),
          (error) => error instanceof TextFileError && error.message.includes(shard ?? ''),
        );
        writeFileSync(path, bytes);
        await perform(mirror);
        assert.deepEqual(hold(SENTENCE), []);
      });

      it('changes nothing when it stops in the middle', async () => {
        const mirror = await grownFolder();
        const before = shardFiles(root());
        injectFaults({
          at: (point) => {
            if (point === 'shard:named') {
              throw new Error('stopped');
            }
          },
        });
        await assert.rejects(async () => perform(mirror), /stopped/u);
        injectFaults(undefined);
        assert.deepEqual(shardFiles(root()), before);
        await perform(mirror);
        assert.deepEqual(hold(SENTENCE), []);
      });
    });
  }

  it('leaves rows that a sync in the stricter mode takes for unchanged', async () => {
    const mirror = await open({ shardLimits: SMALL_LIMITS });
    publishChat(mirror, 'a', messagesOf('a', 11));
    await mirror.tightenPrivacy(1, 'names');
    const run = begin(mirror, 'run in names', 1, { privacy: 'names' });
    const again = mirror.applyChat(run, fetched(chat('a', { messages: messagesOf('a', 11) })));
    assert.equal(again.outcome === 'applied' && again.messages.unchanged, 11);
  });
});
