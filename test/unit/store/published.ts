import { readFileSync } from 'node:fs';
import { dataFolderAt } from '../../../src/store/dataFolder';
import { generationPath, newestGeneration, openSealed } from '../../../src/store/fileGeneration';
import type { Row } from '../../../src/store/sqlite';
import { SqliteDatabase } from '../../../src/store/sqlite';

/** Rows of the newest file generation. */
export async function publishedRows(root: string, sql: string): Promise<Row[]> {
  const { generations } = dataFolderAt(root);
  const sealed = openSealed(readFileSync(generationPath(generations, newestGeneration(generations))));
  if (sealed === undefined) {
    throw new Error('The newest generation is damaged');
  }
  const database = await SqliteDatabase.open(sealed.image);
  try {
    return database.all(sql);
  } finally {
    database.close();
  }
}
