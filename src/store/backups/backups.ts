import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Backup, BackupInstance, BackupKind } from './backupTypes';
import { isShardPutAside } from '../content/asideShards';
import { namedShards } from '../content/namedShards';
import { listShards } from '../content/shardFile';
import { dataFolderAt, type DataFolder } from '../files/dataFolder';
import { temporaryOwner } from '../files/durableFiles';
import { DatabaseBrokenError } from '../errors';
import { headerOf, namesIn, type SealedImage } from '../files/fileGeneration';
import { readSealed } from '../files/generationStore';
import { isOurs, readMeta, SCHEMA_VERSION } from '../migrations';
import { pinnedNames } from '../files/pinnedFiles';
import { newestFile } from '../reading/newestImage';
import { SqliteDatabase } from '../sqlite/sqlite';

const damagedText = (): string => l10n.t('The file is damaged.');
const newerText = (): string => l10n.t('A newer version of OpenWebUI Sync wrote it. Update this one first.');

/** Where backups lie, below the data folder. */
const PLACES: readonly {
  readonly kind: BackupKind;
  readonly folder: string;
  readonly names: (folder: DataFolder) => string[];
}[] = [
  { kind: 'generation', folder: 'db', names: ({ generations }) => namesIn(generations) },
  { kind: 'daily', folder: 'daily', names: ({ daily }) => namesIn(daily) },
  { kind: 'pinned', folder: 'pinned', names: pinnedNames },
  {
    kind: 'damaged',
    folder: 'corrupt',
    names: ({ corrupt }) => namesIn(corrupt).filter((name) => !isShardPutAside(name)),
  },
];

/** A file that may be a backup. */
export interface BackupFile {
  readonly name: string;
  readonly kind: BackupKind;
  readonly path: string;
}

/** All files that may be backups, whatever their state. */
export function backupFiles(folder: DataFolder): BackupFile[] {
  return PLACES.flatMap(({ kind, folder: parent, names }) =>
    names(folder)
      .filter((name) => name.endsWith('.db') && temporaryOwner(name) === undefined)
      .map((name) => ({ kind, name: `${parent}/${name}`, path: join(folder.root, parent, name) })),
  );
}

/** What could be restored, newest first. Opens one file after the other: call it in a worker. @param root the data folder */
export async function listBackups(root: string): Promise<Backup[]> {
  const folder = dataFolderAt(root);
  const shards = new Set(listShards(folder.content));
  const newest = newestFile(folder)?.path;
  const backups: Backup[] = [];
  for (const file of backupFiles(folder)) {
    const sealed = readSealed(file.path);
    if (sealed === 'missing') {
      continue;
    }
    const isNewest = file.path === newest;
    const bytes = statSync(file.path, { throwIfNoEntry: false })?.size ?? 0;
    const read = await readBackup(sealed, shards);
    backups.push({ name: file.name, kind: file.kind, bytes, isNewest, ...read });
  }
  return backups.sort(byTime);
}

type Content = Pick<Backup, 'number' | 'writtenAt' | 'schema' | 'instances' | 'missingTexts' | 'problem'>;

async function readBackup(sealed: SealedImage | 'damaged', shards: ReadonlySet<string>): Promise<Content> {
  if (sealed === 'damaged' || !isOurs(sealed.image)) {
    return { instances: [], missingTexts: [], problem: damagedText() };
  }
  const { number, image } = sealed;
  const { schema } = headerOf(image);
  const problem = schema > SCHEMA_VERSION ? newerText() : undefined;
  const unread = { number, schema, instances: [], missingTexts: [] };
  const database = await SqliteDatabase.open(image);
  try {
    return { number, schema, problem, ...readContent(database, shards) };
  } catch (error) {
    if (error instanceof DatabaseBrokenError) {
      throw error;
    }
    // A newer version may name its tables as it likes.
    return { ...unread, problem: problem ?? damagedText() };
  } finally {
    database.close();
  }
}

type InstanceRow = readonly [
  id: number,
  name: string,
  users: number,
  chats: number,
  messages: number,
  deleted: number,
];

/** Messages are summed up from their chats, which saves a scan of the largest table. */
const INSTANCES = `
  SELECT i.id, i.name, (SELECT count(*) FROM users u WHERE u.instance_id = i.id AND u.is_deleted = 0),
    count(CASE c.is_deleted WHEN 0 THEN 1 END),
    coalesce(sum(CASE c.is_deleted WHEN 0 THEN c.message_count END), 0),
    count(CASE c.is_deleted WHEN 1 THEN 1 END)
  FROM instances i LEFT JOIN chats c ON c.instance_id = i.id
  WHERE i.is_deleted = 0 GROUP BY i.id ORDER BY i.id`;

function readContent(
  database: SqliteDatabase,
  shards: ReadonlySet<string>,
): Pick<Backup, 'writtenAt' | 'instances' | 'missingTexts'> {
  const writtenAt = Number(readMeta(database, 'written_at') ?? 0);
  return {
    writtenAt: writtenAt > 0 ? writtenAt : undefined,
    instances: database.all<InstanceRow>(INSTANCES).map(instanceOf),
    missingTexts: shardsNamedBy(database).filter((name) => !shards.has(name)),
  };
}

/** Names of the shards that a database needs; older schemas know none. */
function shardsNamedBy(database: SqliteDatabase): string[] {
  const table = database.get(`SELECT 1 FROM sqlite_schema WHERE name = 'content_shards'`);
  if (table === undefined) {
    return [];
  }
  return namedShards(database).map(({ name }) => name);
}

function instanceOf([instanceId, name, users, chats, messages, deletedChats]: InstanceRow): BackupInstance {
  return { instanceId, name, users, chats, messages, deletedChats };
}

/** Newest first; what cannot be read comes last. */
function byTime(a: Backup, b: Backup): number {
  return (
    (b.writtenAt ?? -1) - (a.writtenAt ?? -1) ||
    (b.number ?? 0) - (a.number ?? 0) ||
    a.name.localeCompare(b.name)
  );
}
