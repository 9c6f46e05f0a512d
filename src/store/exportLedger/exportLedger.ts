import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { ExportLedgerError } from '../errors';
import { dataFolderAt, ensureDataFolder } from '../files/dataFolder';
import { editJson, loadJson, unusableText, type JsonFile } from '../files/jsonFile';

/** More entries than a person's exports of years; the file stays small. */
const MOST_ENTRIES = 1000;

/** What was written: tables as files, a complete copy of the database, or reports and results of queries. */
export const EXPORT_KINDS = ['tables', 'copy', 'report'] as const;

export type ExportKind = (typeof EXPORT_KINDS)[number];

/** A file or folder outside of the data folder that holds rows of the mirror. */
export interface ExportEntry {
  /** Absolute; as a URI where it is on no disk of this computer. */
  readonly path: string;
  /** Such as `parquet`, `html`, `sqlite`. */
  readonly format: string;
  readonly kind: ExportKind;
  /** `instances.id` of those whose rows it may hold. */
  readonly instances: readonly number[];
  /** Seconds since 1970, UTC. */
  readonly at: number;
  /** True: people's names were replaced. */
  readonly isPseudonymised?: boolean | undefined;
}

/** Content of `exports.json` (0600, replaced by temp + rename), oldest entry first. */
interface ExportLedgerFile {
  readonly version: 1;
  readonly exports: readonly ExportEntry[];
}

const text = v.pipe(v.string(), v.nonEmpty());

const fileSchema = v.object({
  version: v.literal(1),
  exports: v.array(
    v.object({
      path: text,
      format: text,
      kind: v.picklist(EXPORT_KINDS),
      instances: v.array(v.pipe(v.number(), v.integer())),
      at: v.pipe(v.number(), v.integer()),
      isPseudonymised: v.optional(v.boolean()),
    }),
  ),
}) satisfies v.GenericSchema<unknown, ExportLedgerFile>;

/**
 * What was exported from a data folder's mirror, oldest first; also of files that were removed or moved since.
 * @throws ExportLedgerError when the file is damaged; it stays as it is
 */
export async function readExports(root: string): Promise<readonly ExportEntry[]> {
  return (await loadJson(fileAt(dataFolderAt(root).exports))).exports;
}

/**
 * Notes an export, so that an erasure and a stricter privacy mode can name it later. It replaces an older note of the
 * same place, keeping the instances of it: files of a folder may stay when others are written.
 * @throws ExportLedgerError, StorageError
 */
export function recordExport(root: string, entry: ExportEntry): Promise<void> {
  return editJson(fileAt(ensureDataFolder(root).exports), (file) => {
    const path = isUri(entry.path) ? entry.path : resolve(entry.path);
    const before = file.exports.find((other) => other.path === path);
    const noted = before === undefined ? { ...entry, path } : followed(before, { ...entry, path });
    const others = file.exports.filter((other) => other !== before);
    return [{ ...file, exports: within(MOST_ENTRIES, [...others, noted]) }, undefined];
  });
}

/** A file is replaced as a whole; a folder of tables may keep what an earlier export left in it. */
function followed(before: ExportEntry, entry: ExportEntry): ExportEntry {
  return entry.kind === 'tables' && before.kind === 'tables'
    ? {
        ...entry,
        instances: [...new Set([...before.instances, ...entry.instances])].sort((a, b) => a - b),
      }
    : entry;
}

/** The newest ones; those whose files are gone make room first. */
function within(most: number, entries: readonly ExportEntry[]): readonly ExportEntry[] {
  if (entries.length <= most) {
    return entries;
  }
  const kept = entries.filter(({ path }) => isUri(path) || existsSync(path));
  return kept.slice(-most);
}

/** A path of Windows begins with a letter and a colon as well. */
function isUri(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//iu.test(path);
}

function fileAt(path: string): JsonFile<ExportLedgerFile> {
  return {
    path,
    schema: fileSchema,
    missing: () => ({ version: 1, exports: [] }),
    unusable: (path, reason) => new ExportLedgerError(unusableText(path, reason)),
  };
}
