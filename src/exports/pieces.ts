import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { DataFolder } from '../store/files/dataFolder';
import type { SealedImage } from '../store/files/fileGeneration';
import { saveCompleteCopy } from '../store/reading/completeCopy';
import type { Row, SqliteDatabase } from '../store/sqlite/sqlite';
import type { TableCut, TableFormat } from './exportTypes';
import { CsvTable } from './formats/csvTable';
import { ParquetTable } from './formats/parquetTable';
import { WorkbookTables } from './formats/workbookTables';
import { exportColumns } from './tables/columns';
import type { ExportedTable } from './tables/exportedTables';
import { parquetPath, type InstanceNames, type Partition } from './tables/partitions';
import type { ShardTexts } from './tables/shardTexts';
import { forEachGroup, type WantedRows } from './tables/tableRows';
import { DIGEST_CHARACTERS, scanTable } from './tables/tableScan';
import { COPY_NAME, WORKBOOK_NAME } from './wish';

/** A file of an export that can be written. */
export interface Piece extends Partition {
  /** Below the folder, with `/`. */
  readonly path: string;
  /** The table that it is of; absent: it holds all of them. */
  readonly table?: string;
  readonly rows: number;
  /** Changes with its content. */
  readonly digest: string;
  /** Writes it to a new file. @param onRows told how many rows were written, now and then @returns what there was no room for */
  readonly write: (file: string, onRows: (rows: number) => void) => Promise<readonly TableCut[]>;
}

/** Where the rows of an export are. */
export interface ExportSource {
  readonly database: SqliteDatabase;
  readonly texts: ShardTexts;
  /** `instances.id`; undefined: all. */
  readonly only: number | undefined;
  /** Told of each table before it is looked through. */
  readonly onTable: (name: string) => void;
  readonly isPseudonymised: boolean;
  /** What stands for an instance in the names of folders. */
  readonly names: InstanceNames;
  /** What the first sheet of a workbook says. */
  readonly facts: readonly (readonly [string, string])[];
}

/** The files of tables in a format. Looks through all rows for what changed; writes nothing. */
export function piecesOf(
  format: Exclude<TableFormat, 'sqlite'>,
  tables: readonly ExportedTable[],
  source: ExportSource,
): Piece[] {
  const { database, only, onTable, isPseudonymised, names } = source;
  const pieces = tables.flatMap((table): TablePiece[] => {
    onTable(table.name);
    const columns = exportColumns(database, table, isPseudonymised);
    return scanTable(database, table, columns, only, format === 'parquet').map(
      ({ partition, rows, digest }) => ({
        ...partition,
        path:
          format === 'parquet' ? parquetPath(table.name, partition, names, rows === 0) : `${table.name}.csv`,
        table: table.name,
        rows,
        digest,
        wanted: { table, columns, partition, only },
      }),
    );
  });
  return format === 'xlsx'
    ? [workbookPiece(pieces, source)]
    : pieces.map(({ wanted, ...piece }) => ({
        ...piece,
        write: (file, onRows) => writeTable(format, file, wanted, source, onRows),
      }));
}

interface TablePiece extends Omit<Piece, 'write'> {
  readonly wanted: WantedRows;
}

/** The complete copy of the database. */
export function copyPiece(folder: DataFolder, { image }: SealedImage): Piece {
  return {
    path: COPY_NAME,
    rows: 0,
    // Not its number: a data folder that was brought back from elsewhere gives it again.
    digest: createHash('sha256').update(image).digest('hex').slice(0, DIGEST_CHARACTERS),
    write: async (file) => {
      await saveCompleteCopy(folder, file);
      return [];
    },
  };
}

function writeTable(
  format: 'parquet' | 'csv',
  file: string,
  wanted: WantedRows,
  { database, texts }: ExportSource,
  onRows: (rows: number) => void,
): Promise<readonly TableCut[]> {
  const writer =
    format === 'parquet' ? new ParquetTable(file, wanted.columns) : new CsvTable(file, wanted.columns);
  try {
    forEachGroup(
      database,
      texts,
      wanted,
      counting(onRows, (rows) => writer.add(rows)),
    );
    writer.end();
  } finally {
    writer.close();
  }
  return Promise.resolve([]);
}

function workbookPiece(pieces: readonly TablePiece[], { database, texts, facts }: ExportSource): Piece {
  const digest = createHash('sha256');
  for (const piece of pieces) {
    digest.update(`${piece.path} ${piece.digest}\n`);
  }
  return {
    path: WORKBOOK_NAME,
    rows: pieces.reduce((sum, { rows }) => sum + rows, 0),
    digest: digest.digest('hex').slice(0, DIGEST_CHARACTERS),
    write: async (file, onRows) => {
      const book = new WorkbookTables();
      const add = counting(onRows, (rows) => book.add(rows));
      for (const { wanted } of pieces) {
        book.table(wanted.table.name, wanted.columns);
        forEachGroup(database, texts, wanted, add);
      }
      const cuts = book.cuts();
      writeFileSync(file, await book.bytes(facts), { flag: 'wx' });
      return cuts;
    },
  };
}

/** Tells how many rows were taken so far. */
function counting(
  onRows: (rows: number) => void,
  take: (rows: readonly Row[]) => void,
): (rows: readonly Row[]) => void {
  let count = 0;
  return (rows) => {
    take(rows);
    count += rows.length;
    onRows(count);
  };
}

/** The facts of a workbook. */
export function workbookFacts(
  zone: string,
  exportedAt: string,
  isPseudonymised: boolean,
): (readonly [string, string])[] {
  return [
    [l10n.t('Exported'), exportedAt],
    [l10n.t('Time zone of local times'), zone],
    ...(isPseudonymised ? [[l10n.t('Privacy'), l10n.t('With pseudonyms')] as const] : []),
  ];
}
