import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { FetchedChat } from '../../src/store/mirrorWriter';
import type { InstanceProjection } from '../../src/store/instances/projection';
import { MirrorDatabase } from '../../src/store/writer/mirrorDatabase';
import { parseChat } from '../../src/sync/openwebui/chat/parseChat';
import { NOW, type World } from './generator';
import type { NativeDatabase } from './nativeSqlite';

export const ZONE = 'Europe/Berlin';
/** Messages between two publishes of a first sync: what comes in some 20 minutes at the promised pace. */
const MESSAGES_PER_PUBLISH = 20_000;

/** What building a mirror took. */
export interface BuildTimes {
  readonly writeMs: number;
  readonly publishMs: number;
  readonly publishes: number;
  readonly bodyBytes: number;
}

export function openForWriting(folder: string): Promise<MirrorDatabase> {
  return MirrorDatabase.open({ folder, zone: ZONE, decodeChat: parseChat, now: () => NOW });
}

/** Starts a run of an instance. @returns its id */
export function startRun(mirror: MirrorDatabase, instance: InstanceProjection): string {
  const runId = `bench-${instance.id}`;
  const start = { runId, instanceId: instance.id, startedAt: NOW, clientVersion: 'bench' };
  mirror.startRun({ ...start, kind: 'full', walk: 'complete', trigger: 'cli' }, instance);
  return runId;
}

/** Ends a run without a failure. */
export function endRun(mirror: MirrorDatabase, runId: string): void {
  const counted = { finishedAt: NOW, durationMs: 1, requests: 1, retries: 0, bytesReceived: 1 };
  mirror.endRun({ runId, status: 'ok', ...counted, streams: [], notes: [] });
}

/** First syncs of all instances through the product's own writer, published as a sync does. */
export async function buildMirror(folder: string, world: World): Promise<BuildTimes> {
  const mirror = await openForWriting(folder);
  const times = { writeMs: 0, publishMs: 0, publishes: 0, bodyBytes: 0 };
  const timed = (part: 'writeMs' | 'publishMs', work: () => void): void => {
    const started = performance.now();
    work();
    times[part] += performance.now() - started;
  };
  const publish = (): void => {
    timed('publishMs', () => mirror.publish());
    times.publishes++;
  };
  for (const feed of world.instances()) {
    const runId = startRun(mirror, feed.instance);
    timed('writeMs', () => mirror.applyUsers(runId, feed.users));
    let unpublished = 0;
    for (const chat of chatsOf(feed.feeds)) {
      times.bodyBytes += chat.body.length;
      timed('writeMs', () => {
        const result = mirror.applyChat(runId, chat);
        unpublished += result.outcome === 'applied' ? result.messages.inserted : 0;
      });
      if (unpublished >= MESSAGES_PER_PUBLISH) {
        publish();
        unpublished = 0;
      }
    }
    endRun(mirror, runId);
    publish();
  }
  mirror.refreshCopies();
  mirror.close();
  return times;
}

function* chatsOf(feeds: readonly { readonly chats: () => Iterable<FetchedChat> }[]): Iterable<FetchedChat> {
  for (const { chats } of feeds) {
    yield* chats();
  }
}

/** A folder that may be written to: sealed files are linked, since nobody ever changes one; all others are copied. */
export function cloneFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    const source = join(from, name);
    if (!statSync(source).isFile()) {
      continue;
    }
    mkdirSync(dirname(join(to, name)), { recursive: true });
    if (name.endsWith('.db')) {
      linkSync(source, join(to, name));
    } else {
      copyFileSync(source, join(to, name));
    }
  }
}

/** Path of the newest file generation. */
export function newestFile(folder: string): string {
  const names = readdirSync(join(folder, 'db')).filter((name) => name.endsWith('.db'));
  return join(folder, 'db', names.sort().at(-1) ?? '');
}

/** A shard that holds text of the newest generation. */
export interface NamedShard {
  readonly id: number;
  readonly name: string;
  readonly file_bytes: number;
}

/** Others in the folder belong to older generations, and go with them. */
export function shardsOf(database: NativeDatabase): readonly NamedShard[] {
  const sql = 'SELECT id, name, file_bytes FROM content_shards WHERE is_deleted = 0';
  return database.prepare(sql).all() as NamedShard[];
}

/** Bytes of the files below `db/` and `content/`, by path. */
export function sealedFiles(folder: string): ReadonlyMap<string, number> {
  const files = ['db', 'content'].flatMap((parent) =>
    existsSync(join(folder, parent))
      ? readdirSync(join(folder, parent)).map((name) => join(folder, parent, name))
      : [],
  );
  return new Map(files.map((file) => [file, statSync(file).size]));
}

/** Bytes of files together. */
export function sumOf(files: readonly (readonly [path: string, bytes: number])[]): number {
  return files.reduce((total, [, bytes]) => total + bytes, 0);
}

/** Reads files into the system's cache. @returns their bytes */
export function warm(files: Iterable<string>): number {
  let bytes = 0;
  for (const file of files) {
    bytes += readFileSync(file).length;
  }
  return bytes;
}
