import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nameBelow, type DataFolder } from '../files/dataFolder';
import { generationName } from '../files/fileGeneration';
import type { SpaceUsed } from '../retention/retention';
import type { SqliteDatabase } from '../sqlite/sqlite';
import { inlineTextBytes } from './compaction';

type Part = 'imageBytes' | 'shardBytes' | 'backupBytes' | 'copyBytes';

/** What a file of the data folder is, by its name below the folder; what is in neither counts to the total alone. */
const PARTS: readonly (readonly [pattern: RegExp, part: Part])[] = [
  [/^content\//u, 'shardBytes'],
  [/^(?:db|daily|pinned|corrupt)\//u, 'backupBytes'],
  [/^openwebui_sync(?:\.edited-.*)?\.db/u, 'copyBytes'],
];

/** The demo, whole or being made or removed: no part of the mirror. */
const DEMO = /^demo[./]/u;

/** What the mirror takes on disk. @param generation the newest file generation */
export function spaceUsed(folder: DataFolder, database: SqliteDatabase, generation: number): SpaceUsed {
  const newest = `db/${generationName(generation)}`;
  const sums: Record<Part, number> = { imageBytes: 0, shardBytes: 0, backupBytes: 0, copyBytes: 0 };
  let totalBytes = 0;
  for (const { name, size } of filesBelow(folder.root)) {
    const part = name === newest ? 'imageBytes' : PARTS.find(([pattern]) => pattern.test(name))?.[1];
    totalBytes += size;
    if (part !== undefined) {
      sums[part] += size;
    }
  }
  return { ...sums, inlineTextBytes: inlineTextBytes(database), totalBytes };
}

function filesBelow(root: string): { readonly name: string; readonly size: number }[] {
  if (!existsSync(root)) {
    return [];
  }
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const name = nameBelow(root, path);
      // Another process may have removed it since.
      const size = DEMO.test(name) ? undefined : statSync(path, { throwIfNoEntry: false })?.size;
      return size === undefined ? [] : [{ name, size }];
    });
}
