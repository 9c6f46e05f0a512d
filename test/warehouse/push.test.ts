import assert from 'node:assert/strict';
import { begin, chat, exchange, fetched, message, runEnd, useMirrors, user } from '../unit/store/builders';
import { messagesOf, SMALL_LIMITS, writeChat } from '../unit/store/shards';
import { createSchema, type TestSchema } from './support/postgres';
import { assertEqualToMirror } from './support/pushed';
import { pushTo } from './support/warehouses';

describe('A push', function () {
  this.timeout(60_000);
  const { root, open, close } = useMirrors();
  let schema: TestSchema;
  beforeEach(async () => (schema = await createSchema()));
  afterEach(() => schema.drop());

  it('makes the warehouse equal to the mirror, and writes nothing again', async () => {
    const mirror = await open();
    writeChat(mirror, 'one', exchange('one'));
    mirror.publish();
    const first = await pushTo(schema.name, root());
    await assertEqualToMirror(schema.client, root());
    assert.equal(first.tables['message']?.inserted, 2);
    assert.equal(first.tables['message_text']?.inserted, 2);
    const second = await pushTo(schema.name, root());
    assert.deepEqual([second.hadNews, second.tables], [false, {}]);
    const full = await pushTo(schema.name, root(), { isFull: true });
    assert.deepEqual([full.isFull, full.tables], [true, {}]);
    close(mirror);
  });
});
