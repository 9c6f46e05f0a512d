import assert from 'node:assert/strict';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { listShards } from '../../src/store/content/shardFile';
import { dataFolderAt, type DataFolder } from '../../src/store/files/dataFolder';
import { temporaryOwner } from '../../src/store/files/durableFiles';
import { namesIn } from '../../src/store/files/fileGeneration';
import { readSealed } from '../../src/store/files/generationStore';
import { loadInstances } from '../../src/store/instances/instancesFile';
import { openMirror } from '../unit/store/builders';
import { filesHolding, filesIn, publishedRows } from '../unit/store/published';
import { publishedTexts, publishChat } from '../unit/store/shards';
import type { AcknowledgedWork } from './acknowledged';
import { KILL_LIMITS } from './orders';

/** Everything acknowledged is there, and the files are whole. */
export async function assertSound(root: string, work: AcknowledgedWork): Promise<void> {
  const folder = dataFolderAt(root);
  // Who was killed at once has not made the folder.
  assert.deepEqual(namesIn(folder.corrupt), []);
  assertEditsKept(folder, work.edits);
  const listed = new Set((await loadInstances(root)).instances.map(({ name }) => name));
  assert.deepEqual(
    [...work.instances].filter((name) => !listed.has(name)),
    [],
  );
  if (work.users.size > 0) {
    await assertPublished(root, work);
  }
}

async function assertPublished(root: string, { users, erased }: AcknowledgedWork): Promise<void> {
  const texts = await publishedTexts(root);
  for (const userId of users.keys()) {
    for (const messageId of [`${userId}-q`, `${userId}-a`]) {
      assert.equal(texts.get(messageId), userId.repeat(2_000), messageId);
    }
  }
  for (const userId of erased.keys()) {
    assert.equal(texts.has(`${userId}-q`), false, `${userId} is erased`);
  }
  const rows = (sql: string): ReturnType<typeof publishedRows> => publishedRows(root, sql);
  const [[generation] = []] = await rows("SELECT value FROM meta WHERE key = 'generation'");
  assert.ok(Number(generation) >= Math.max(...users.values()));
  const okRuns = new Set((await rows("SELECT run_id FROM sync_runs WHERE status = 'ok'")).flat());
  assert.deepEqual(
    [...users.keys()].filter((userId) => !okRuns.has(`run-of-${userId}`)),
    [],
  );
  assert.deepEqual(await rows('PRAGMA integrity_check'), [['ok']]);
  assert.deepEqual(await rows('PRAGMA foreign_key_check'), []);
}

/** Each edit of the copy is still there, in the copy or beside it. */
function assertEditsKept({ root, fixedName }: DataFolder, edits: number): void {
  const kept = readdirSync(root).filter((name) => name.startsWith('openwebui_sync.edited-'));
  assert.ok(kept.length + (readSealed(fixedName) === 'damaged' ? 1 : 0) >= edits);
}

/** After one more run, and an hour and a day later, nothing is left of the processes that died. */
export async function assertTidy(root: string, work: AcknowledgedWork): Promise<void> {
  const folder = dataFolderAt(root);
  for (const path of filesIn(root).keys()) {
    utimesSync(join(root, path), 0, 0);
  }
  const mirror = await openMirror(root, { shardLimits: KILL_LIMITS });
  publishChat(mirror, 'last', []);
  mirror.refreshCopies();
  // What the copy named until now.
  publishChat(mirror, 'very last', []);
  mirror.close();
  const names = [...filesIn(root).keys()];
  assert.deepEqual(
    names.filter((name) => temporaryOwner(name) !== undefined),
    [],
  );
  const named = await publishedRows(root, 'SELECT name FROM content_shards WHERE is_deleted = 0');
  const needed = new Set([...named.flat().map(String), ...shardsNamedBy(folder)]);
  assert.deepEqual(
    listShards(folder.content).filter((name) => !needed.has(name)),
    [],
  );
  for (const text of work.erased.values()) {
    assert.deepEqual(filesHolding(root, text), [], `${text} is erased`);
  }
  await assertSound(root, work);
}

/** Shards that any file of the folder names. */
function shardsNamedBy({ root, content }: DataFolder): string[] {
  return listShards(content).filter((name) =>
    filesHolding(root, name).some((path) => !path.startsWith('content')),
  );
}
