import { closeSync, openSync, writeFileSync } from 'node:fs';
import { ParquetFile, type ParquetColumn } from '../../reports/export/parquetFile';
import type { Cell } from '../../store/resultSet';
import type { Row } from '../../store/sqlite/sqlite';
import type { ColumnKind, ExportColumn } from '../tables/columns';
import { dayOfDate, isOfCalendar, millisOfLocal } from '../tables/localDates';

type Stored = Exclude<Cell, null>;

interface Kind {
  readonly element: ParquetColumn['element'];
  /** Undefined: there is no such value in Parquet, so that the cell is NULL. */
  readonly value: (cell: Stored) => bigint | number | boolean | string | undefined;
}

const MICROS = 1_000_000n;
/** In seconds. */
const DAY = 86_400;

const KINDS: Readonly<Record<ColumnKind, Kind>> = {
  integer: { element: { type: 'INT64' }, value: wholeNumber },
  real: { element: { type: 'DOUBLE' }, value: Number },
  text: {
    element: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
    value: String,
  },
  boolean: { element: { type: 'BOOLEAN' }, value: (cell) => Number(cell) !== 0 },
  instant: {
    element: {
      type: 'INT64',
      converted_type: 'TIMESTAMP_MICROS',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
    },
    value: (cell) => (isOfCalendar(Number(cell)) ? wholeNumber(cell) * MICROS : undefined),
  },
  // Without a converted type: the older ones know moments in UTC only.
  local: {
    element: {
      type: 'INT64',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' },
    },
    value: (cell) => {
      const millis = millisOfLocal(String(cell));
      return millis === undefined ? undefined : BigInt(millis) * 1000n;
    },
  },
  date: {
    element: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
    value: (cell) =>
      typeof cell === 'string'
        ? dayOfDate(cell)
        : isOfCalendar(Number(cell) * DAY)
          ? Number(cell)
          : undefined,
  },
  amount: {
    element: { type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: 8 },
    value: wholeNumber,
  },
};

/** Writes rows to a new Parquet file, group by group. */
export class ParquetTable {
  readonly #kinds: readonly Kind[];
  readonly #parquet: ParquetFile;
  readonly #file: number;

  constructor(path: string, columns: readonly ExportColumn[]) {
    this.#kinds = columns.map(({ kind }) => KINDS[kind]);
    this.#parquet = new ParquetFile(
      columns.map(({ name, kind }) => ({ name, element: KINDS[kind].element })),
    );
    this.#file = openSync(path, 'wx');
  }

  add(rows: readonly Row[]): void {
    const values = this.#kinds.map(({ value }, index) =>
      rows.map((row) => {
        const cell = row[index] ?? null;
        return cell === null ? null : (value(cell) ?? null);
      }),
    );
    writeFileSync(this.#file, this.#parquet.group(values, rows.length));
  }

  /** Ends the file. */
  end(): void {
    writeFileSync(this.#file, this.#parquet.end());
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** @throws TypeError for what is none */
function wholeNumber(cell: Stored): bigint {
  if (typeof cell === 'bigint') {
    return cell;
  }
  if (typeof cell === 'number' && Number.isInteger(cell)) {
    return BigInt(cell);
  }
  throw new TypeError(`A column of integers holds ${typeof cell === 'number' ? cell : typeof cell}`);
}
