import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import * as l10n from '@vscode/l10n';
import { codeOf } from '../store/errors';
import { ExportError } from './exportError';
import type { ExportOrder, TableFormat } from './exportTypes';
import type { ExportManifest } from './manifest';
import { EXPORTED_TABLES, type ExportedTable } from './tables/exportedTables';

/** File names of formats that put all into one. */
export const WORKBOOK_NAME = 'openwebui_sync.xlsx';
export const COPY_NAME = 'openwebui_sync.db';

/** What an order comes to in the folder that it names. */
export interface ExportWish {
  readonly format: TableFormat;
  /** To be written now. */
  readonly tables: readonly ExportedTable[];
  /** Names of those and of what the folder holds besides. */
  readonly allTables: readonly string[];
  readonly isPseudonymised: boolean;
}

/**
 * What is to be exported, after a look at what the folder holds.
 * @param before the folder's manifest
 * @throws ExportError when the two do not go together
 */
export function wishOf(order: ExportOrder, before: ExportManifest | undefined): ExportWish {
  assertOutside(order);
  const format = order.format ?? before?.format ?? 'parquet';
  if (before !== undefined) {
    assertSameExport(order, before, format);
  }
  const isPseudonymised = order.isPseudonymised ?? before?.isPseudonymised ?? false;
  if (isPseudonymised && format === 'sqlite') {
    throw new ExportError(
      l10n.t(
        'A copy of the database holds everything as it is. With pseudonyms, choose Parquet, CSV or Excel.',
      ),
    );
  }
  const tables = chosenTables(order, before, format);
  const isNew = ({ name }: ExportedTable): boolean => before?.tables.includes(name) !== true;
  assertFree(order.output, format, tables.filter(isNew), before === undefined);
  const names = new Set([...(before?.tables ?? []), ...tables.map(({ name }) => name)]);
  return {
    format,
    tables,
    allTables: EXPORTED_TABLES.map(({ name }) => name).filter((name) => names.has(name)),
    isPseudonymised,
  };
}

/** All that a folder holds, and what is asked for. */
export function allOf({ allTables }: ExportWish): readonly ExportedTable[] {
  return EXPORTED_TABLES.filter(({ name }) => allTables.includes(name));
}

function chosenTables(
  { tables, instance }: ExportOrder,
  before: ExportManifest | undefined,
  format: TableFormat,
): readonly ExportedTable[] {
  if (format === 'sqlite') {
    if (tables !== undefined || instance !== undefined) {
      throw new ExportError(
        l10n.t('A copy of the database holds everything: leave tables and instance out, or choose Parquet.'),
      );
    }
    return [];
  }
  if (tables === undefined && before === undefined) {
    return EXPORTED_TABLES.filter(
      ({ isView = false, ...table }) => !isView && (instance === undefined || table.instance !== undefined),
    );
  }
  // Sheets of a workbook are written together.
  const names = new Set([
    ...(tables ?? []),
    ...(tables === undefined || format === 'xlsx' ? (before?.tables ?? []) : []),
  ]);
  const unknown = [...names].filter((name) => !EXPORTED_TABLES.some((table) => table.name === name));
  if (unknown.length > 0) {
    throw new ExportError(
      l10n.t(
        'There is no table {0} to export. There are: {1}',
        unknown.join(', '),
        EXPORTED_TABLES.map(({ name }) => name).join(', '),
      ),
    );
  }
  const chosen = EXPORTED_TABLES.filter(({ name }) => names.has(name));
  const ofNone = instance === undefined ? undefined : chosen.find((table) => table.instance === undefined);
  if (ofNone !== undefined) {
    throw new ExportError(
      l10n.t('Rows of {0} are of no single instance. Leave the table or the instance out.', ofNone.name),
    );
  }
  return chosen;
}

/** @throws ExportError when the folder holds another export */
function assertSameExport(
  { output, mirror, instance }: ExportOrder,
  before: ExportManifest,
  format: TableFormat,
): void {
  if (before.mirror !== mirror) {
    throw new ExportError(l10n.t('{0} holds the export of another mirror. Choose another folder.', output));
  }
  if (before.format !== format) {
    throw new ExportError(
      l10n.t('{0} holds an export as {1}. Choose that format, or another folder.', output, before.format),
    );
  }
  if (before.instance !== instance) {
    throw new ExportError(
      l10n.t('{0} holds the export of other instances. Choose those, or another folder.', output),
    );
  }
}

/** What no export of ours made is never replaced. @param tables those that the folder does not hold yet @throws ExportError */
function assertFree(
  output: string,
  format: TableFormat,
  tables: readonly ExportedTable[],
  isFirst: boolean,
): void {
  const names: Readonly<Record<TableFormat, readonly string[]>> = {
    parquet: tables.map(({ name }) => name),
    csv: tables.map(({ name }) => `${name}.csv`),
    xlsx: isFirst ? [WORKBOOK_NAME] : [],
    sqlite: isFirst ? [COPY_NAME] : [],
  };
  assertOwn(output, names[format]);
}

/** @param paths below the folder, none of which an export made @throws ExportError where one is there */
export function assertOwn(output: string, paths: readonly string[]): void {
  const taken = paths.map((path) => join(output, path)).find((path) => existsSync(path));
  if (taken !== undefined) {
    throw new ExportError(
      l10n.t('{0} exists already, and no export made it. Choose an empty folder.', taken),
    );
  }
}

/** A purge deletes what it finds in the data folder, and only there. */
function assertOutside({ root, output }: ExportOrder): void {
  const way = relative(realPath(root), realPath(output));
  if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) {
    throw new ExportError(l10n.t('Choose a folder outside the data folder for the export.'));
  }
}

/** Where a path leads to, links followed as far as it is there. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) {
      throw error;
    }
    return join(realPath(dirname(path)), basename(path));
  }
}
