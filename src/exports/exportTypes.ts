/** How tables are written. */
export const TABLE_FORMATS = ['parquet', 'csv', 'xlsx', 'sqlite'] as const;

export type TableFormat = (typeof TABLE_FORMATS)[number];

/** What is to be exported to where. */
export interface ExportOrder {
  /** The data folder. */
  readonly root: string;
  /** Absolute path of the folder that is written to; made where it is missing. */
  readonly output: string;
  /** Undefined: as the folder holds already, else `parquet`. */
  readonly format?: TableFormat | undefined;
  /** Names of tables and views; undefined: those that the folder holds already, else all tables. */
  readonly tables?: readonly string[] | undefined;
  /** `instances.id` of the instance whose rows count; undefined: all. */
  readonly instance?: number | undefined;
  /** People are named by pseudonyms, and what they wrote is left out; undefined: as the folder holds already, else false. */
  readonly isPseudonymised?: boolean | undefined;
  /** Files of which nothing changed since the last export to this folder stay as they are. */
  readonly isIncremental?: boolean | undefined;
  /** Tells this mirror from others. */
  readonly mirror: string;
  /** Seconds since 1970, UTC. */
  readonly now: number;
}

/** What a workbook had no room for. */
export interface TableCut {
  readonly table: string;
  /** Rows that were left out. */
  readonly rows: number;
  /** Texts that were cut to what a cell holds. */
  readonly texts: number;
}

/** How far an export is. */
export interface TableProgress {
  readonly table: string;
  /** Files that are done, and that are to be written; undefined while it is looked for what changed. */
  readonly files?: { readonly done: number; readonly total: number } | undefined;
  /** Rows that were written. */
  readonly rows: number;
}

/** What came of an export. */
export interface ExportSummary {
  readonly output: string;
  readonly format: TableFormat;
  readonly tables: readonly string[];
  readonly isPseudonymised: boolean;
  /** Number of the file generation that was read. */
  readonly generation: number;
  /** Files that were written, with their rows and bytes. */
  readonly files: number;
  readonly rows: number;
  readonly bytes: number;
  /** Files of which nothing had changed. */
  readonly unchanged: number;
  /** Files that were removed: their rows are in other files, or gone for good. */
  readonly removed: number;
  readonly cuts: readonly TableCut[];
  /** An earlier export was broken off: what it left unfinished was removed, and what it left out was looked at again. */
  readonly hasMended: boolean;
}
