import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { saveCompleteCopy } from '../../../../src/store/reading/completeCopy';
import { PROMISED_QUERIES } from '../../../promisedQueries';
import { NOON, useMirrors, useTemporaryFolder } from '../builders';
import { nativeSqlite } from '../nativeSqlite';
import { filesIn } from '../published';
import { messagesOf, publishChat, SMALL_LIMITS } from '../shards';

const DAY = 86_400;

describe('The sqlite3 program', () => {
  const mirrors = useMirrors();
  const elsewhere = useTemporaryFolder();
  const native = nativeSqlite();
  before(function () {
    if (native === undefined) {
      this.skip();
    }
  });
  const ask = (file: string, sql: string): string => native?.(file, sql) ?? '';

  /** Publishes on four days, enough text for shards. */
  const publishDays = async (): Promise<void> => {
    let now = NOON;
    const mirror = await mirrors.open({ shardLimits: SMALL_LIMITS, now: () => now });
    for (let day = 1; day <= 4; day++) {
      publishChat(mirror, `c${day}`, messagesOf(`m${day}-`, 12, now - 3_600));
      mirror.refreshCopies();
      now += DAY;
    }
  };

  it('opens each published file and finds it sound; the promised queries run', async () => {
    await publishDays();
    const kinds = new Map<string, number>();
    for (const name of filesIn(mirrors.root()).keys()) {
      if (!name.endsWith('.db')) {
        continue;
      }
      const path = join(mirrors.root(), name);
      const kind = dirname(name);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      assert.equal(ask(path, 'PRAGMA integrity_check;'), 'ok\n', name);
      if (kind === 'content') {
        assert.match(
          ask(path, "SELECT count(*) FROM message_search WHERE message_search MATCH 'text';"),
          /^[1-9]/u,
        );
        continue;
      }
      assert.match(ask(path, PROMISED_QUERIES['messages per user']), /^ANN\|\d+\n$/u, name);
      assert.equal(ask(path, PROMISED_QUERIES['model usage']), '', name);
      assert.match(ask(path, PROMISED_QUERIES['daily volume']), /^\d{4}-\d{2}-\d{2}\|12\n/u, name);
    }
    assert.equal(kinds.get('db'), 3);
    assert.equal(kinds.get('daily'), 3);
    assert.equal(kinds.get('.'), 1, 'the copy under the fixed name');
    assert.ok((kinds.get('content') ?? 0) > 0);
  });

  it('reads all text in a complete copy', async () => {
    await publishDays();
    const path = join(elsewhere(), 'copy.db');
    await saveCompleteCopy(dataFolderAt(mirrors.root()), path);
    assert.ok(existsSync(path));
    assert.equal(ask(path, 'PRAGMA integrity_check;'), 'ok\n');
    assert.equal(ask(path, PROMISED_QUERIES['messages per user']), 'ANN|48\n');
    assert.equal(ask(path, PROMISED_QUERIES['model usage']), '');
    assert.equal(ask(path, PROMISED_QUERIES['daily volume']).split('\n').length - 1, 4);
    assert.equal(ask(path, "SELECT count(*) FROM messages WHERE content LIKE 'text of m_-%';"), '48\n');
  });
});
