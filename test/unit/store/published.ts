import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { dataFolderAt } from '../../../src/store/files/dataFolder';
import { generationPath, newestGeneration, openSealed } from '../../../src/store/files/fileGeneration';
import type { Row } from '../../../src/store/sqlite/sqlite';
import { SqliteDatabase } from '../../../src/store/sqlite/sqlite';

/** The newest file generation; close it. */
export async function openPublished(root: string): Promise<SqliteDatabase> {
  const { generations } = dataFolderAt(root);
  const sealed = openSealed(readFileSync(generationPath(generations, newestGeneration(generations))));
  if (sealed === undefined) {
    throw new Error('The newest generation is damaged');
  }
  return SqliteDatabase.open(sealed.image);
}

/** Rows of the newest file generation. */
export async function publishedRows(root: string, sql: string): Promise<Row[]> {
  const database = await openPublished(root);
  try {
    return database.all(sql);
  } finally {
    database.close();
  }
}

/** All files of a folder with their content, by name. */
export function filesIn(root: string): Map<string, Buffer> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(root, path), readFileSync(path)]),
  );
}

/** Names of a folder's files that hold a text, whatever its encoding. */
export function filesHolding(root: string, text: string): string[] {
  const needles = (['utf8', 'utf16le', 'base64'] as const).map((encoding) =>
    encoding === 'base64'
      ? Buffer.from(Buffer.from(text).toString('base64').replace(/=+$/u, ''))
      : Buffer.from(text, encoding),
  );
  return [...filesIn(root)]
    .filter(([, bytes]) => needles.some((needle) => bytes.includes(needle)))
    .map(([name]) => name);
}
