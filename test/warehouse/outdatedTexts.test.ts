import assert from 'node:assert/strict';
import type { MirrorDatabase } from '../../src/store/writer/mirrorDatabase';
import type { MessageRecord } from '../../src/store/records';
import { exchange, message, NOON, openMirror } from '../unit/store/builders';
import { writeChat } from '../unit/store/shards';
import { usePushes } from './support/warehouses';

const DAY = 86_400;
const OLD = NOON - 400 * DAY;
/** Times of later writes. */
const LATER = NOON + 3_600;
const LAST = NOON + 7_200;

describe('A text in a warehouse whose message was written again', function () {
  this.timeout(180_000);
  const { root, schema, push, write } = usePushes();
  const { values } = schema;

  const old = (changes: Partial<MessageRecord> = {}): MessageRecord =>
    message('old', { createdAt: OLD, content: 'as it was', ...changes });
  const writeOld = (mirror: MirrorDatabase, changes: Partial<MessageRecord> = {}): void =>
    writeChat(mirror, 'one', [old(changes), ...exchange('one')]);
  /** The mirror lets the text of what is older than half a year go. */
  const letGo = (mirror: MirrorDatabase): unknown => mirror.freeUp({ textMonths: 6, runDays: 365 });
  const oldTexts = (): Promise<unknown[]> =>
    values(
      `SELECT t.content FROM message m LEFT JOIN message_text t ON t.id = m.id WHERE m.remote_id = 'old'`,
    );

  /** A warehouse that has the text, and a mirror that has let it go. */
  const pushedAndLetGo = async (changes: Partial<MessageRecord> = {}): Promise<void> => {
    await write(NOON, (mirror) => writeOld(mirror, changes));
    await push();
    await write(NOON, letGo);
    await push();
  };

  for (const isFull of [false, true]) {
    const how = isFull ? 'where all rows are compared' : 'with what was written since';

    it(`goes where an edit was let go before it was pushed, ${how}`, async () => {
      await pushedAndLetGo();
      await write(LATER, (mirror) => {
        writeOld(mirror, { content: 'as it is!' });
        letGo(mirror);
      });
      const { tables } = await push({ isFull });
      assert.equal(tables['message_text']?.deleted, 1);
      assert.deepEqual(await oldTexts(), [null]);
      assert.deepEqual((await push({ isFull: true })).tables, {});
    });

    it(`stays where something else of the message changed, ${how}`, async () => {
      const sources = [{ kind: 'tool', use: 'called', remoteId: 'search', times: 2 }] as const;
      await pushedAndLetGo({ content: 'nul \0 and \uD800', sources: [...sources] });
      await write(LATER, (mirror) => {
        writeOld(mirror, { content: 'nul \0 and \uD800', sources: [...sources], rating: 1 });
        letGo(mirror);
      });
      await push({ isFull });
      assert.deepEqual(await oldTexts(), ['nul \u2400 and \uFFFD']);
      assert.deepEqual(await values(`SELECT rating::int FROM message WHERE remote_id = 'old'`), [1]);
      assert.deepEqual((await push({ isFull: true })).tables, {});
    });
  }

  it('stays where the mirror restored a backup that has the same message', async () => {
    await pushedAndLetGo();
    const before = await openMirror(root(), { now: () => LATER });
    await before.restore('db/00000001.db').finally(() => before.close());
    await push({ afterRestore: true });
    assert.deepEqual(await oldTexts(), ['as it was']);
  });

  it('goes where a push broke off between the message and the edited text, which was let go then', async () => {
    await pushedAndLetGo();
    await write(LATER, (mirror) => writeOld(mirror, { content: 'as it is!' }));
    const stop = new AbortController();
    const stopped = push({
      isFull: true,
      signal: stop.signal,
      onProgress: ({ table }) => {
        if (table === 'message') {
          stop.abort();
        }
      },
    });
    await assert.rejects(stopped, { name: 'AbortError' });
    await write(LAST, letGo);
    await push();
    assert.deepEqual(await oldTexts(), [null]);
  });

  it('is the edited one where that was pushed before it was let go', async () => {
    await pushedAndLetGo();
    await write(LATER, (mirror) => writeOld(mirror, { content: 'as it is!' }));
    await push();
    await write(LAST, letGo);
    await push({ isFull: true });
    assert.deepEqual(await oldTexts(), ['as it is!']);
  });
});
