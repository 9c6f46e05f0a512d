import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { ShardLimits } from '../../../src/store/content/compactionPlan';
import { ContentShards } from '../../../src/store/content/contentShards';
import { listShards } from '../../../src/store/content/shardFile';
import { dataFolderAt } from '../../../src/store/files/dataFolder';
import { generationPath, newestGeneration, openSealed } from '../../../src/store/files/fileGeneration';
import type { MessageRecord } from '../../../src/store/records';
import { SqliteDatabase } from '../../../src/store/sqlite/sqlite';
import type { MirrorDatabase } from '../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, message, NOON, runEnd, user } from './builders';

/** So small that a handful of {@link textOf} is sealed. */
export const SMALL_LIMITS: ShardLimits = {
  beforeFirst: 1_000,
  inline: 600,
  kept: 300,
  shard: 2_000,
  shards: 9,
};

/** 100 bytes that tell their message. */
export function textOf(remoteId: string): string {
  return `text of ${remoteId} `.padEnd(100, '.');
}

/** Messages `<prefix>0`, `<prefix>1` and so on, a second apart, oldest first. */
export function messagesOf(prefix: string, count: number, createdAt = NOON - 86_400): MessageRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const remoteId = `${prefix}${index}`;
    return message(remoteId, { content: textOf(remoteId), createdAt: createdAt + index });
  });
}

/** Writes a chat of these messages in a run of its own, and publishes. */
export function publishChat(
  mirror: MirrorDatabase,
  remoteId: string,
  messages: readonly MessageRecord[],
  { userRemoteId = 'ann', instanceId = 1 } = {},
): void {
  writeChat(mirror, remoteId, messages, { userRemoteId, instanceId });
  mirror.publish();
}

let runs = 0;

/** {@link publishChat} without the publish. */
export function writeChat(
  mirror: MirrorDatabase,
  remoteId: string,
  messages: readonly MessageRecord[],
  { userRemoteId = 'ann', instanceId = 1 } = {},
): void {
  const run = begin(mirror, `run ${++runs}`, instanceId);
  mirror.applyUsers(run, [user(userRemoteId)]);
  mirror.applyChat(run, fetched(chat(remoteId, { userRemoteId, messages: [...messages] })));
  mirror.endRun(runEnd({ runId: run }));
}

/** Texts by the message's remote id, wherever they are; undefined where a message has none. */
export type Texts = ReadonlyMap<string, string | undefined>;

/** Reads all texts of the newest generation. @throws TextFileError */
export async function publishedTexts(root: string): Promise<Texts> {
  const { generations } = dataFolderAt(root);
  return textsIn(root, generationPath(generations, newestGeneration(generations)));
}

/** Reads all texts of a version of the database. @throws TextFileError */
export async function textsIn(root: string, path: string): Promise<Texts> {
  const sealed = openSealed(readFileSync(path));
  const database = await SqliteDatabase.open(sealed?.image);
  const shards = new ContentShards(dataFolderAt(root).content);
  try {
    const rows = database.all<[number, string, string | null, string | null]>(
      `SELECT m.id, m.remote_id, s.name, t.content FROM message m
       LEFT JOIN message_text t ON t.id = m.id LEFT JOIN content_shards s ON s.id = m.content_shard
       ORDER BY m.created_at_epoch, m.id`,
    );
    return new Map(
      rows.map(([id, remoteId, name, inline]) => {
        const sealedText = name === null ? undefined : shards.text(name, id);
        const text = sealedText === undefined ? undefined : Buffer.from(sealedText).toString();
        return [remoteId, inline ?? text];
      }),
    );
  } finally {
    shards.close();
    database.close();
  }
}

/** Names of all shards in the folder. */
export function shardFiles(root: string): string[] {
  return listShards(dataFolderAt(root).content).sort();
}

/** Lets all shards seem to have been written long ago. */
export function ageShards(root: string): void {
  const { content } = dataFolderAt(root);
  for (const name of listShards(content)) {
    utimesSync(join(content, name), 0, 0);
  }
}
