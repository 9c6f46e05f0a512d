import { closeSync, createWriteStream, openSync } from 'node:fs';
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
import { statementsOf, type Statements } from '../../store/reading/shardedText';
import { serveRpc } from '../../store/workers/rpc';
import type { ResultExportMethods, SavedStatement } from './resultExporter';
import { assertFits, mostRows, resultFile, type WholeFormat, type WholeLimits } from './resultFile';
import { ROW_TEXTS, type RowText } from './rowText';
import { RowTextFile } from './rowTextFile';

/** How often it is told how far the file is, in ms. */
const TELL_EVERY_MS = 250;

type OnRows = (count: number) => void;

/** Works on a copy of the newest data. */
async function onNewestData<T>(folderPath: string, work: (statements: Statements) => Promise<T>): Promise<T> {
  const folder = dataFolderAt(folderPath);
  const sealed = new NewestImage(folder).current();
  if (sealed === undefined) {
    throw new NoDatabaseError();
  }
  const database = await openFolded(folder, { ...sealed, image: plainBytes(sealed.image) });
  try {
    return await work(statementsOf(database, new ContentShards(folder.content)));
  } finally {
    database.close();
  }
}

/** Writes each row as it comes: memory does not grow with them. */
async function writeText(
  statements: Statements,
  { sql, parameters }: SavedStatement,
  path: string,
  text: RowText,
  onRows: OnRows,
): Promise<number> {
  const file = openSync(path, 'wx');
  try {
    const sink = new RowTextFile(file, text, onRows);
    await runStatement(statements, sql, { rows: Infinity, sink }, parameters);
    return sink.end();
  } finally {
    closeSync(file);
  }
}

/** Reads all rows and writes them. */
async function writeWhole(
  statements: Statements,
  { sql, parameters }: SavedStatement,
  path: string,
  format: WholeFormat,
  limits: WholeLimits,
  onRows: OnRows,
): Promise<number> {
  const limit = { rows: mostRows(format, limits), size: limits.size };
  const result = await runStatement(statements, sql, limit, parameters);
  assertFits(result, format, limits);
  const content = resultFile(result, format, onRows);
  const parts = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  await pipeline(parts, createWriteStream(path, { flags: 'wx' }));
  return result.rowCount;
}

const write: ResultExportMethods['write'] = async ({ statement, path, format, limits }, told) => {
  let toldAt = performance.now();
  const onRows = (count: number): void => {
    const now = performance.now();
    if (now - toldAt >= TELL_EVERY_MS) {
      toldAt = now;
      told.postMessage(count);
    }
  };
  try {
    await mkdir(dirname(path), { recursive: true });
    const { folder } = workerData as { readonly folder: string };
    return await onNewestData(folder, (statements) =>
      format === 'csv' || format === 'json'
        ? writeText(statements, statement, path, ROW_TEXTS[format](), onRows)
        : writeWhole(statements, statement, path, format, limits, onRows),
    );
  } finally {
    told.close();
  }
};

if (parentPort !== null) {
  serveRpc(parentPort, { write });
}
