import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { ContentShards } from '../../store/content/contentShards';
import { NoDatabaseError } from '../../store/errors';
import { dataFolderAt } from '../../store/files/dataFolder';
import { openFolded, plainBytes } from '../../store/reading/foldedCopy';
import { NewestImage } from '../../store/reading/newestImage';
import { runStatement } from '../../store/reading/runStatement';
import { statementsOf } from '../../store/reading/shardedText';
import type { ResultSet } from '../../store/resultSet';
import { serveRpc } from '../../store/workers/rpc';
import type { ResultExportMethods } from './resultExporter';
import { resultFile } from './resultFile';

/** All rows of a statement on a copy of the newest data. */
async function allRows(
  folderPath: string,
  { sql, parameters }: Parameters<ResultExportMethods['write']>[0],
): Promise<ResultSet> {
  const folder = dataFolderAt(folderPath);
  const sealed = new NewestImage(folder).current();
  if (sealed === undefined) {
    throw new NoDatabaseError();
  }
  const database = await openFolded(folder, { ...sealed, image: plainBytes(sealed.image) });
  try {
    return await runStatement(
      statementsOf(database, new ContentShards(folder.content)),
      sql,
      Infinity,
      parameters,
    );
  } finally {
    database.close();
  }
}

const write: ResultExportMethods['write'] = async (statement, path, format) => {
  const result = await allRows((workerData as { readonly folder: string }).folder, statement);
  const content = resultFile(result, format);
  await mkdir(dirname(path), { recursive: true });
  const parts = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  await pipeline(parts, createWriteStream(path, { flags: 'wx' }));
  return result.rowCount;
};

if (parentPort !== null) {
  serveRpc(parentPort, { write });
}
