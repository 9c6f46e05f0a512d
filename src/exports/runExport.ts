import { mkdirSync, rmSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf, NoDatabaseError } from '../store/errors';
import { recordExport } from '../store/exportLedger/exportLedger';
import { dataFolderAt, type DataFolder } from '../store/files/dataFolder';
import { renameWithRetry } from '../store/files/durableFiles';
import type { SealedImage } from '../store/files/fileGeneration';
import { readMeta } from '../store/migrations';
import { openFolded } from '../store/reading/foldedCopy';
import { NewestImage } from '../store/reading/newestImage';
import type { SqliteDatabase } from '../store/sqlite/sqlite';
import { isWholeFolderDue, newPaths, planExport, type ExportPlan } from './changes';
import type { ExportOrder, ExportSummary, TableCut, TableProgress } from './exportTypes';
import { readManifest, writeManifest, type ExportedFile, type ExportManifest } from './manifest';
import { copyPiece, piecesOf, workbookFacts, type Piece } from './pieces';
import { isoOfEpoch } from './tables/localDates';
import { instanceNames, parquetPath, type InstanceNames } from './tables/partitions';
import { definePseudonyms } from './tables/pseudonyms';
import { ShardTexts } from './tables/shardTexts';
import { allOf, assertOwn, wishOf, type ExportWish } from './wish';
import {
  assertWorkFolder,
  hasWorkFolder,
  releaseWorkFolder,
  takeWorkFolder,
  writeFailure,
} from './workFolder';

/** Between what is looked through and what is told of it: what does not change while the export runs. */
interface Run {
  readonly order: ExportOrder;
  /** Of this export, unique. */
  readonly id: string;
  /** Where files are written before they get their names. */
  readonly work: string;
  readonly wish: ExportWish;
  readonly before: ExportManifest | undefined;
  /** An earlier export left something unfinished. */
  readonly hasLeftover: boolean;
  readonly generation: number;
  readonly zone: string;
  readonly privacy: Readonly<Record<string, string>>;
  readonly names: InstanceNames;
  readonly onProgress: (progress: TableProgress) => void;
}

/**
 * Exports the newest data: works in the thread that it is called in. The manifest says what is there before the first file is
 * written and after the last one, so that an export that was broken off is mended by the next one.
 * @param id of this export, unique
 * @throws ExportError, NoDatabaseError, TextFileError, ExportLedgerError
 */
export async function runExport(
  order: ExportOrder,
  id: string,
  onProgress: (progress: TableProgress) => void,
): Promise<ExportSummary> {
  // Refused before anything is made.
  wishOf(order, readManifest(order.output));
  const folder = dataFolderAt(order.root);
  const sealed = new NewestImage(folder).current();
  if (sealed === undefined) {
    throw new NoDatabaseError();
  }
  const wasTaken = hasWorkFolder(order.output);
  const work = takeWorkFolder(order.output, id);
  try {
    // Another export may have ended just now.
    const before = readManifest(order.output);
    const hasLeftover = wasTaken || before?.isComplete === false;
    return await exportImage(
      { order, id, work, before, hasLeftover, wish: wishOf(order, before), onProgress },
      folder,
      sealed,
    );
  } finally {
    releaseWorkFolder(order.output, id);
  }
}

async function exportImage(
  asked: Pick<Run, 'order' | 'id' | 'work' | 'before' | 'hasLeftover' | 'wish' | 'onProgress'>,
  folder: DataFolder,
  sealed: SealedImage,
): Promise<ExportSummary> {
  const { order, before, onProgress } = asked;
  const database = await openFolded(folder, sealed);
  const texts = new ShardTexts(database, folder.content);
  try {
    const zone = readMeta(database, 'zone') ?? 'UTC';
    const privacy = privacyOf(database);
    const { isPseudonymised } = asked.wish;
    const names = instanceNames(database, isPseudonymised ? definePseudonyms(database) : undefined);
    const isWhole = before !== undefined && isWholeFolderDue(before, { zone, privacy, isPseudonymised });
    const wish = isWhole ? { ...asked.wish, tables: allOf(asked.wish) } : asked.wish;
    const run: Run = { ...asked, wish, generation: sealed.number, zone, privacy, names };
    const source = {
      database,
      texts,
      only: order.instance,
      onTable: (table: string): void => onProgress({ table, rows: 0 }),
      isPseudonymised,
      names,
      facts: workbookFacts(zone, exportedAt(order), isPseudonymised),
    };
    const pieces =
      wish.format === 'sqlite' ? [copyPiece(folder, sealed)] : piecesOf(wish.format, wish.tables, source);
    return await carryOut(run, pieces);
  } finally {
    texts.close();
    database.close();
  }
}

async function carryOut(run: Run, pieces: readonly Piece[]): Promise<ExportSummary> {
  const { order, before, wish, zone, privacy, names } = run;
  const plan = planExport(pieces, before, {
    output: order.output,
    zone,
    privacy,
    isPseudonymised: wish.isPseudonymised,
    tables: new Set(wish.tables.map(({ name }) => name)),
    isIncremental: order.isIncremental === true,
    placeOf: ({ table, path, instance, month }) =>
      table === undefined ? path : parquetPath(table, { instance, month }, names, false),
  });
  assertOwn(order.output, newPaths(plan, before));
  const isNothing = plan.write.length + plan.remove.length + plan.move.length === 0;
  const { files, cuts } =
    isNothing && before?.isComplete === true ? { files: [], cuts: [] } : await apply(run, plan);
  return {
    output: order.output,
    format: wish.format,
    tables: wish.tables.map(({ name }) => name),
    isPseudonymised: wish.isPseudonymised,
    generation: run.generation,
    files: files.length,
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    unchanged: plan.unchanged.length,
    removed: plan.remove.length,
    cuts,
    hasMended: run.hasLeftover,
  };
}

/** Writes and removes files. @throws ExportError where the folder does not take them */
async function apply(
  run: Run,
  plan: ExportPlan,
): Promise<{ readonly files: readonly ExportedFile[]; readonly cuts: readonly TableCut[] }> {
  const { order, work } = run;
  const { output } = order;
  try {
    const isFreeOfNames = isPseudonymisedThroughout(run);
    await noteInLedger(run, isFreeOfNames);
    const unfinished = [...plan.write.map((piece) => fileOf(piece, 0, '')), ...plan.remove].map((file) => ({
      ...file,
      digest: '',
    }));
    // Of a file that moves one of the two places is there, whenever this is broken off.
    const moving = plan.move.flatMap(({ from, to }) => [from, to]);
    writeManifest(output, work, manifestOf(run, false, [...plan.unchanged, ...moving, ...unfinished]));
    const written = await writePieces(run, plan.write);
    const moved = plan.move.map(({ from, to }) => {
      mkdirSync(dirname(join(output, to.path)), { recursive: true });
      renameWithRetry(join(output, from.path), join(output, to.path));
      return to;
    });
    removeFiles(output, [...plan.remove, ...plan.move.map(({ from }) => from)]);
    writeManifest(output, work, manifestOf(run, true, [...plan.unchanged, ...moved, ...written.files]));
    if (run.wish.isPseudonymised && !isFreeOfNames) {
      await noteInLedger(run, true);
    }
    return written;
  } catch (error) {
    throw writeFailure(output, error);
  }
}

async function writePieces(
  { order, id, work, onProgress }: Run,
  pieces: readonly Piece[],
): Promise<{ files: ExportedFile[]; cuts: TableCut[] }> {
  const files: ExportedFile[] = [];
  const cuts: TableCut[] = [];
  let rows = 0;
  for (const [done, piece] of pieces.entries()) {
    const tell = (count: number): void =>
      onProgress({
        table: piece.table ?? piece.path,
        files: { done, total: pieces.length },
        rows: rows + count,
      });
    tell(0);
    const unfinished = join(work, String(done));
    cuts.push(...(await piece.write(unfinished, tell)));
    const path = join(order.output, piece.path);
    assertWorkFolder(order.output, id);
    mkdirSync(dirname(path), { recursive: true });
    renameWithRetry(unfinished, path);
    const { size, mtimeMs } = statSync(path);
    files.push({ ...fileOf(piece, size, piece.digest), writtenMs: Math.floor(mtimeMs) });
    rows += piece.rows;
  }
  return { files, cuts };
}

/** Also the folders that are empty then. */
function removeFiles(output: string, files: readonly ExportedFile[]): void {
  for (const { path } of files) {
    rmSync(join(output, path), { force: true });
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      try {
        rmdirSync(join(output, folder));
      } catch (error) {
        if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) {
          break;
        }
        throw error;
      }
    }
  }
}

/** Whether the folder names nobody at any time of this export. */
function isPseudonymisedThroughout({ wish, before }: Run): boolean {
  const didNameNobody = before === undefined || (before.isComplete && before.isPseudonymised === true);
  return wish.isPseudonymised && didNameNobody;
}

/** Before the first file is there: what is broken off holds rows, too. */
function noteInLedger({ order, wish, privacy }: Run, isPseudonymised: boolean): Promise<void> {
  const all = Object.keys(privacy).map(Number);
  return recordExport(order.root, {
    path: order.output,
    format: wish.format,
    kind: wish.format === 'sqlite' ? 'copy' : 'tables',
    instances: all.filter((id) => order.instance === undefined || id === order.instance),
    at: order.now,
    ...(isPseudonymised ? { isPseudonymised } : {}),
  });
}

function manifestOf(run: Run, isComplete: boolean, files: readonly ExportedFile[]): ExportManifest {
  const { order, wish, zone, generation, privacy } = run;
  return {
    version: 1,
    mirror: order.mirror,
    zone,
    format: wish.format,
    tables: wish.allTables,
    ...(order.instance === undefined ? {} : { instance: order.instance }),
    ...(wish.isPseudonymised ? { isPseudonymised: true } : {}),
    isComplete,
    generation,
    exportedAt: exportedAt(order),
    privacy,
    files: [...files].sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

function fileOf({ path, table, rows, instance, month }: Piece, bytes: number, digest: string): ExportedFile {
  return {
    path,
    rows,
    bytes,
    digest,
    ...(table === undefined ? {} : { table }),
    ...(instance === undefined ? {} : { instance }),
    ...(month === undefined ? {} : { month }),
  };
}

function exportedAt({ now }: ExportOrder): string {
  return isoOfEpoch(now) ?? '';
}

/** What is kept of whom, by `instances.id`. */
function privacyOf(database: SqliteDatabase): Readonly<Record<string, string>> {
  return Object.fromEntries(
    database.all<[number, string]>(`SELECT i.id,
      i.privacy || ' ' || (SELECT count(*) FROM erased_people e WHERE e.instance_id = i.id) FROM instances i`),
  );
}
