import { dirname, join } from 'node:path';
import { createReader, type StoreReader } from '../../src/store/reader';
import type { SqlParameters } from '../../src/store/resultSet';
import { median } from '../figures';
import { inTemporaryFolder, msOf, msOfAsync, type CaseInput, type Measured } from './measured';
import { newestFile, sealedFiles, sumOf, warm } from './mirrorFolder';
import { openNative, type NativeDatabase } from './nativeSqlite';
import { COMMON_WORD, RARE_WORD } from './prose';

/** The first question of a window: starts the worker, reads and checks the file, opens it. */
export async function open({ folder }: CaseInput): Promise<Measured> {
  const generationBytes = warm([newestFile(folder)]);
  const reader = readerOf(folder);
  const openMs = await msOfAsync(() => reader.query('SELECT count(*) FROM instances'));
  const rssMb = process.memoryUsage.rss() / 1e6;
  reader.dispose();
  return { openMs, rssMb, generationBytes };
}

export function openNativeFile({ complete }: CaseInput): Measured {
  warm([complete]);
  let database: NativeDatabase | undefined;
  const openMs = msOf(() => {
    database = openNative(complete, { readOnly: true });
    database.prepare('SELECT count(*) FROM instances').get();
  });
  const rssMb = process.memoryUsage.rss() / 1e6;
  database?.close();
  return { openMs, rssMb };
}

/** The reader's worker lies beside this bundle. */
function readerOf(folder: string): StoreReader {
  return createReader({ folder, workerPath: join(dirname(process.argv[1] ?? ''), 'reader.js') });
}

/** Each question once cold, then the median of its repetitions. */
export async function questions({ folder, questions: asked, repetitions }: CaseInput): Promise<Measured> {
  const reader = readerOf(folder);
  await reader.generation();
  const measured: Record<string, number> = {};
  for (const { name, sql, parameters } of asked) {
    const run = (): Promise<number> => msOfAsync(() => reader.query(sql, parameters));
    measured[first(name)] = await run();
    const all: number[] = [];
    for (let repetition = 0; repetition < repetitions; repetition++) {
      all.push(await run());
    }
    measured[name] = median(all);
  }
  measured['rssMb'] = process.memoryUsage.rss() / 1e6;
  reader.dispose();
  return measured;
}

/** The same by `node:sqlite` on one plain file. */
export function questionsNative({ complete, questions: asked, repetitions }: CaseInput): Measured {
  const database = openNative(complete, { readOnly: true });
  const measured: Record<string, number> = {};
  for (const { name, sql, parameters } of asked) {
    const statement = database.prepare(sql);
    const used = usedIn(sql, parameters);
    const run = (): number => msOf(() => statement.all(...(Object.keys(used).length > 0 ? [used] : [])));
    measured[first(name)] = run();
    measured[name] = median(Array.from({ length: repetitions }, run));
  }
  measured['rssMb'] = process.memoryUsage.rss() / 1e6;
  database.close();
  return measured;
}

/** Name of a question's first run in what was measured. */
export function first(name: string): string {
  return `${name}, first`;
}

/** `node:sqlite` refuses a parameter that the statement does not name. */
function usedIn(sql: string, parameters: SqlParameters): SqlParameters {
  return Object.fromEntries(
    Object.entries(parameters).filter(([name]) => new RegExp(String.raw`:${name}\b`, 'u').test(sql)),
  );
}

/** A window's first search builds an index of titles and inline text; the shards bring theirs along. */
export async function search({ folder }: CaseInput): Promise<Measured> {
  const reader = readerOf(folder);
  await reader.generation();
  const find = (text: string): Promise<number> => msOfAsync(() => reader.search({ text }));
  const firstMs = await find(RARE_WORD);
  const rareMs = await find(RARE_WORD);
  const commonMs = await find(COMMON_WORD);
  reader.dispose();
  return { firstMs, rareMs, commonMs };
}

/** One plain file with all text, for other programs. */
export function saveCopy({ folder }: CaseInput): Promise<Measured> {
  return inTemporaryFolder(async (target) => {
    const reader = readerOf(folder);
    await reader.generation();
    let bytes = 0;
    const saveMs = await msOfAsync(async () => (bytes = await reader.saveCopy(join(target, 'copy.db'))));
    reader.dispose();
    return { saveMs, bytes };
  });
}

/** What the machine's memory gives: copying in reused memory. */
export function memory({ folder }: CaseInput): Measured {
  const block = Buffer.alloc(64 * 1024 * 1024, 1);
  const target = Buffer.alloc(block.length, 2);
  const copies = Array.from({ length: 20 }, () => msOf(() => block.copy(target)));
  return { bytesPerMs: block.length / median(copies), folderBytes: sumOf([...sealedFiles(folder)]) };
}
