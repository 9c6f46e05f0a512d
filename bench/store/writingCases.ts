import { closeSync, fsyncSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeNewFile } from '../../src/store/files/durableFiles';
import { sealOf } from '../../src/store/files/fileGeneration';
import { migrate } from '../../src/store/migrations';
import { openToWrite } from '../../src/store/sqlite/roomyDatabase';
import { longText, SqliteDatabase, type Value } from '../../src/store/sqlite/sqlite';
import type { MirrorDatabase } from '../../src/store/writer/mirrorDatabase';
import { World, type InstanceFeed } from './generator';
import { inTemporaryFolder, msOf, timesOf, type CaseInput, type Measured } from './measured';
import {
  buildMirror,
  cloneFolder,
  endRun,
  newestFile,
  openForWriting,
  sealedFiles,
  shardsOf,
  startRun,
  sumOf,
  warm,
} from './mirrorFolder';
import { openNative } from './nativeSqlite';
import { SIZES } from './sizes';
import { loadLog, recordStatements, saveLog } from './statementLog';

/** Part of the chats that an incremental sync finds changed. */
const CHANGED = 0.005;

/** Builds the mirror that all reading is measured on. */
export async function build({ size, folder }: CaseInput): Promise<Measured> {
  return { ...(await buildMirror(folder, new World(SIZES[size]))) };
}

/** First syncs through the whole writer: parsing, hashing, change detection, publishing. */
export function wholeWriter({ size }: CaseInput): Promise<Measured> {
  return inTemporaryFolder(async (folder) => ({ ...(await buildMirror(folder, new World(SIZES[size]))) }));
}

/** Notes the statements of these syncs up to the first publish. */
export function record({ size, log: file }: CaseInput): Promise<Measured> {
  return inTemporaryFolder(async (folder) => {
    const mirror = await openForWriting(folder);
    const log = recordStatements(() => {
      for (const feed of new World(SIZES[size]).instances()) {
        writeAll(mirror, feed);
      }
    });
    mirror.close();
    saveLog(file, log);
    return { statements: log.entries.length };
  });
}

function writeAll(mirror: MirrorDatabase, feed: InstanceFeed): void {
  const runId = startRun(mirror, feed.instance);
  mirror.applyUsers(runId, feed.users);
  for (const { chats } of feed.feeds) {
    for (const chat of chats()) {
      mirror.applyChat(runId, chat);
    }
  }
  endRun(mirror, runId);
}

/** The empty mirror that both engines begin with. */
async function emptyImage(): Promise<Uint8Array> {
  const database = await SqliteDatabase.open();
  migrate(database);
  const image = database.export();
  database.close();
  return image;
}

/** The noted statements in our database, then a sealed file of it. */
export function bulk({ log }: CaseInput): Promise<Measured> {
  return inTemporaryFolder(async (folder) => {
    const { texts, entries } = loadLog(log);
    const hasLongText = texts.map((text) => text.includes('CAST(? AS TEXT)'));
    const database = await openToWrite(await emptyImage());
    const { ms: statementsMs, cpuMs: statementsCpuMs } = timesOf(() => {
      for (const [text, values] of entries) {
        database.all(texts[text] ?? '', hasLongText[text] === true ? values.map(asBytes) : values);
      }
    });
    const publishMs = msOf(() => {
      const image = database.export();
      writeNewFile(join(folder, 'published.db'), [image, sealOf(image, 1)]);
    });
    const [messages] = database.get<[number]>('SELECT count(*) FROM message') ?? [NaN];
    database.close();
    return { statementsMs, statementsCpuMs, publishMs, messages };
  });
}

function asBytes(value: Value): Value {
  return typeof value === 'string' ? longText(value) : value;
}

/** The same in a file of `node:sqlite` with its fastest durable settings. */
export function bulkNative({ log }: CaseInput): Promise<Measured> {
  return inTemporaryFolder(async (folder) => {
    const path = join(folder, 'native.db');
    writeFileSync(path, await emptyImage());
    const { texts, entries } = loadLog(log);
    const database = openNative(path);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    const statements = texts.map((text) => database.prepare(text));
    const { ms: statementsMs, cpuMs: statementsCpuMs } = timesOf(() => {
      for (const [text, values] of entries) {
        statements[text]?.all(...values);
      }
    });
    const { messages } = database.prepare('SELECT count(*) AS messages FROM message').get() as Measured;
    const publishMs = msOf(() => {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      database.close();
      syncFile(path);
    });
    return { statementsMs, statementsCpuMs, publishMs, messages: messages ?? NaN };
  });
}

function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** One incremental sync of all instances in which every 200th chat got a question and an answer. */
export async function publish({ size, folder: source }: CaseInput): Promise<Measured> {
  const folder = join(dirname(source), `publish-${process.pid}`);
  cloneFolder(source, folder);
  try {
    const wholeBytes = wholeBytesOf(folder);
    warm([newestFile(folder)]);
    const world = new World(SIZES[size]);
    const changed = [...world.changed(CHANGED)];
    const before = sealedFiles(folder);
    const opened = performance.now();
    const mirror = await openForWriting(folder);
    const openMs = performance.now() - opened;
    const runs = world.instances().map(({ instance }) => startRun(mirror, instance));
    const applyMs = msOf(() => {
      for (const [instanceId, chat] of changed) {
        mirror.applyChat(runs[instanceId - 1] ?? '', chat);
      }
    });
    runs.forEach((runId) => {
      endRun(mirror, runId);
    });
    const publishMs = msOf(() => mirror.publish());
    const written = [...sealedFiles(folder)].filter(([file]) => !before.has(file));
    const copyMs = msOf(() => mirror.refreshCopies());
    mirror.close();
    const times = { openMs, applyMs, publishMs, copyMs };
    return { ...times, changedChats: changed.length, writtenBytes: sumOf(written), wholeBytes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The newest generation and its shards. */
function wholeBytesOf(folder: string): number {
  const newest = newestFile(folder);
  const database = openNative(newest, { readOnly: true });
  const shards = shardsOf(database).map(({ name, file_bytes: bytes }) => [name, bytes] as const);
  database.close();
  return sumOf([[newest, statSync(newest).size], ...shards]);
}
