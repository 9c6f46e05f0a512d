import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { codeOf } from '../../store/errors';
import { QUERY_SUFFIX, titleOf } from './queryText';

/** A query that somebody keeps as a file. */
export interface SavedQuery {
  /** Absolute path. */
  readonly file: string;
  /** Its first line where that is a comment, else the name of the file. */
  readonly title: string;
  readonly sql: string;
}

/** Where saved queries lie in the data folder. */
export function queriesFolder(dataRoot: string): string {
  return join(dataRoot, 'queries');
}

/** The queries of a folder by their titles; none where there is no folder. @throws Error when files cannot be read */
export async function loadSavedQueries(folder: string): Promise<readonly SavedQuery[]> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith(QUERY_SUFFIX));
  const queries = await Promise.all(
    names.map(async (name): Promise<SavedQuery> => {
      const file = join(folder, name);
      const sql = await readFile(file, 'utf8');
      return { file, title: titleOf(sql) ?? basename(name, QUERY_SUFFIX), sql };
    }),
  );
  return queries.sort((a, b) => a.title.localeCompare(b.title) || a.file.localeCompare(b.file));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
