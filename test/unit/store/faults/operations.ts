import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { addInstance, loadInstances } from '../../../../src/store/instances/instancesFile';
import { readJournal } from '../../../../src/store/files/journal';
import { PublishConflictError } from '../../../../src/store/errors';
import { readSealed } from '../../../../src/store/files/generationStore';
import { acquireSyncLock } from '../../../../src/store/locks/syncLock';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, exchange, chat, fetched, runEnd, user, type TestMirrors } from '../builders';
import { publishedRows } from '../published';
import { messagesOf, SMALL_LIMITS, writeChat } from '../shards';

/** A folder in which ann is published, and the writer that did it. */
export interface Scene {
  readonly root: string;
  readonly mirror: () => MirrorDatabase;
  readonly reopen: () => Promise<void>;
}

/** Something that the store does for others, and how to see that it was done. */
export interface Operation {
  /** Also after it has failed. */
  readonly run: (scene: Scene) => unknown;
  readonly isDone: (scene: Scene) => boolean | Promise<boolean>;
}

/** Opens a mirror where ann is published, and not yet copied today. */
export async function sceneOf(mirrors: TestMirrors): Promise<Scene> {
  const open = (): Promise<MirrorDatabase> => mirrors.open({ shardLimits: SMALL_LIMITS });
  let mirror = await open();
  writePerson(mirror, 'ann');
  mirror.publish();
  rmSync(dataFolderAt(mirrors.root()).daily, { recursive: true });
  mkdirSync(dataFolderAt(mirrors.root()).daily);
  return {
    root: mirrors.root(),
    mirror: () => mirror,
    reopen: async () => {
      mirrors.close(mirror);
      mirror = await open();
    },
  };
}

export function writePerson(mirror: MirrorDatabase, userId: string): void {
  const run = begin(mirror, `run-of-${userId}`);
  mirror.applyUsers(run, [user(userId)]);
  const record = chat(`chat-of-${userId}`, { userRemoteId: userId, messages: exchange(userId) });
  mirror.applyChat(run, fetched(record));
  mirror.endRun(runEnd({ runId: run }));
}

export async function publishedNames(root: string): Promise<unknown[]> {
  return (await publishedRows(root, 'SELECT remote_id FROM users ORDER BY 1')).flat();
}

/** As the engine does: after a conflict the run starts again on another writer. */
async function publish(scene: Scene, write: () => void, isWritten: () => boolean): Promise<void> {
  try {
    if (!isWritten()) {
      write();
    }
    scene.mirror().publish();
  } catch (error) {
    if (!(error instanceof PublishConflictError)) {
      throw error;
    }
    await scene.reopen();
    write();
    scene.mirror().publish();
  }
}

function publishing(write: (mirror: MirrorDatabase) => void, userId: string): () => Operation {
  return () => {
    let isWritten = false;
    return {
      run: (scene) =>
        publish(
          scene,
          () => {
            isWritten = true;
            write(scene.mirror());
          },
          () => isWritten,
        ),
      isDone: async ({ root }) => (await publishedNames(root)).includes(userId),
    };
  };
}

/** By the first word of a failpoint's name. */
export const OPERATIONS: Readonly<Record<string, () => Operation>> = {
  publish: publishing((mirror) => writePerson(mirror, 'bob'), 'bob'),
  shard: publishing(
    (mirror) => writeChat(mirror, 'long', messagesOf('m', 20), { userRemoteId: 'bob' }),
    'bob',
  ),
  compaction: publishing(
    (mirror) => writeChat(mirror, 'long', messagesOf('m', 20), { userRemoteId: 'bob' }),
    'bob',
  ),
  journal: () => {
    let runs = 0;
    return {
      run: ({ mirror }) => begin(mirror(), `started-${++runs}`),
      isDone: ({ root }) =>
        readJournal(dataFolderAt(root)).some(({ start }) => start.runId === `started-${runs}`),
    };
  },
  copy: () => ({
    run: ({ root, mirror }) => {
      const { fixedName } = dataFolderAt(root);
      if (readSealed(fixedName) === 'missing') {
        mirror().refreshCopies();
        appendFileSync(fixedName, 'edited');
      }
      mirror().refreshCopies();
    },
    isDone: ({ root }) => typeof readSealed(dataFolderAt(root).fixedName) === 'object',
  }),
  status: () => ({
    run: ({ mirror }) => mirror().refreshCopies(),
    isDone: ({ root }) => /"generation":1/u.test(readFileSync(dataFolderAt(root).status, 'utf8')),
  }),
  lock: () => ({
    run: async ({ root }) => {
      const result = await acquireSyncLock(root, { version: '0.1.0' });
      assert.ok(result.status === 'acquired');
      await result.lock.release();
    },
    isDone: () => true,
  }),
  instances: () => {
    let added = 0;
    return {
      run: ({ root }) => addInstance(root, { name: `new ${++added}`, url: 'https://chat.example.com' }),
      isDone: async ({ root }) =>
        (await loadInstances(root)).instances.some(({ name }) => name === `new ${added}`),
    };
  },
};
