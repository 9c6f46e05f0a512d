import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isStricter, PRIVACY_MODES, type PrivacyMode } from '../store/instances/privacy';
import type { ExportedFile, ExportManifest } from './manifest';
import type { Piece } from './pieces';
import { EXPORTED_TABLES } from './tables/exportedTables';

/** What has to be done to a folder so that it holds what the mirror does. */
export interface ExportPlan {
  readonly write: readonly Piece[];
  /** Files that stay as they are. */
  readonly unchanged: readonly ExportedFile[];
  /** Files that go. */
  readonly remove: readonly ExportedFile[];
  /** Files that stay as they are at another path: their instance has another name. */
  readonly move: readonly MovedFile[];
}

/** A file and where it goes, below the folder. */
interface MovedFile {
  readonly from: ExportedFile;
  readonly to: ExportedFile;
}

/** What of the mirror is compared with the manifest. */
export interface ExportState {
  readonly output: string;
  readonly zone: string;
  readonly privacy: Readonly<Record<string, string>>;
  readonly isPseudonymised: boolean;
  /** Names of the tables that are looked at; files of others stay. */
  readonly tables: ReadonlySet<string>;
  /** Unchanged files stay, and those of rows that the mirror has forgotten by itself. */
  readonly isIncremental: boolean;
  /** Where the rows of a file belong now. */
  readonly placeOf: (file: ExportedFile) => string;
}

/**
 * Whether all tables of a folder have to be looked at, whichever were asked for: an export was broken off, local times are of
 * another zone, people are named otherwise, or somebody has to go from it.
 */
export function isWholeFolderDue(
  before: ExportManifest,
  { zone, privacy, isPseudonymised }: Pick<ExportState, 'zone' | 'privacy' | 'isPseudonymised'>,
): boolean {
  const isKept = ([instance, kept]: readonly [string, string]): boolean => privacy[instance] === kept;
  return (
    !before.isComplete ||
    before.zone !== zone ||
    !namesAlike(before, isPseudonymised) ||
    !Object.entries(before.privacy).every(isKept)
  );
}

function namesAlike(before: ExportManifest | undefined, isPseudonymised: boolean): boolean {
  return (before?.isPseudonymised ?? false) === isPseudonymised;
}

/** Compares what a folder holds with what is to be there. */
export function planExport(
  pieces: readonly Piece[],
  before: ExportManifest | undefined,
  state: ExportState,
): ExportPlan {
  const known = new Map(before?.files.map((file) => [file.path, file]));
  const isIncremental = state.isIncremental && namesAlike(before, state.isPseudonymised);
  const write = pieces.filter(({ path, digest }) => {
    const file = known.get(path);
    return !(isIncremental && file?.digest === digest && isThere(state.output, file));
  });
  const written = new Set(write);
  const wanted = new Set(pieces.map(({ path }) => path));
  const gone = [...known.values()].filter(({ path }) => !wanted.has(path));
  const isAskedFor = ({ table }: ExportedFile): boolean => table === undefined || state.tables.has(table);
  const going = gone.filter(isAskedFor);
  const forgotten = going.filter((file) => isForgotten(file, pieces, before, state));
  const kept = forgotten
    .filter(({ path }) => existsSync(join(state.output, path)))
    .map((from) => ({ from, to: { ...from, path: state.placeOf(from) } }));
  return {
    write,
    unchanged: [
      ...pieces.filter((piece) => !written.has(piece)).flatMap(({ path }) => known.get(path) ?? []),
      ...gone.filter((file) => !isAskedFor(file)),
      ...kept.filter(({ from, to }) => from.path === to.path).map(({ to }) => to),
    ],
    remove: going.filter((file) => !forgotten.includes(file)),
    move: kept.filter(({ from, to }) => from.path !== to.path),
  };
}

/** Paths that an export writes to for the first time. */
export function newPaths({ write, move }: ExportPlan, before: ExportManifest | undefined): string[] {
  const known = new Set(before?.files.map(({ path }) => path));
  return [...write, ...move.map(({ to }) => to)].map(({ path }) => path).filter((path) => !known.has(path));
}

/**
 * Whether rows went because the mirror keeps such rows for a time only. Not where somebody was erased, a privacy mode became
 * stricter or an instance was removed since: then they are to go here, too.
 */
function isForgotten(
  { table, instance, month, digest }: ExportedFile,
  pieces: readonly Piece[],
  before: ExportManifest | undefined,
  { zone, privacy, isPseudonymised, isIncremental }: ExportState,
): boolean {
  const isPruned = EXPORTED_TABLES.find(({ name }) => name === table)?.isPruned === true;
  if (!isIncremental || !isPruned || digest === '' || typeof instance !== 'number') {
    return false;
  }
  // An instance with another name is the same one in another folder.
  const hasMoved = pieces.some(
    (piece) => piece.table === table && piece.instance === instance && piece.month === month,
  );
  return (
    !hasMoved &&
    zone === before?.zone &&
    mayHoldAll(privacy[instance], before.privacy[String(instance)]) &&
    (!isPseudonymised || before.isPseudonymised === true)
  );
}

/** Whether what was exported of an instance may still be there: nobody was erased since, and the mode keeps as much. */
function mayHoldAll(now: string | undefined, before: string | undefined): boolean {
  const [mode, erased] = now?.split(' ') ?? [];
  const [modeBefore, erasedBefore] = before?.split(' ') ?? [];
  return (
    isPrivacyMode(mode) &&
    isPrivacyMode(modeBefore) &&
    !isStricter(mode, modeBefore) &&
    erased === erasedBefore
  );
}

function isPrivacyMode(text: string | undefined): text is PrivacyMode {
  return PRIVACY_MODES.some((mode) => mode === text);
}

/** Disks round times to 2 seconds at most. */
const CLOCK_MS = 2_000;

/** Whether a file is there as it was written. */
function isThere(output: string, { path, bytes, writtenMs }: ExportedFile): boolean {
  const file = statSync(join(output, path), { throwIfNoEntry: false });
  const isOfItsTime = (at: number): boolean =>
    writtenMs === undefined || Math.abs(at - writtenMs) <= CLOCK_MS;
  return file?.isFile() === true && file.size === bytes && isOfItsTime(file.mtimeMs);
}
