import { closeSync, openSync, writeFileSync } from 'node:fs';
import { CSV, delimitedLine } from '../../reports/export/csv';
import type { Row } from '../../store/sqlite/sqlite';
import type { ExportColumn } from '../tables/columns';
import { csvCell } from './plainCells';

/** Characters that are written at once. */
const PART = 1024 * 1024;

/** Writes rows to a new CSV file as they come. */
export class CsvTable {
  readonly #columns: readonly ExportColumn[];
  readonly #file: number;
  #text = '';

  constructor(path: string, columns: readonly ExportColumn[]) {
    this.#columns = columns;
    this.#file = openSync(path, 'wx');
    this.#text = delimitedLine(
      columns.map(({ name }) => name),
      CSV,
    );
  }

  add(rows: readonly Row[]): void {
    for (const row of rows) {
      this.#text += delimitedLine(
        this.#columns.map(({ kind }, index) => csvCell(row[index] ?? null, kind)),
        CSV,
      );
      if (this.#text.length >= PART) {
        this.#write();
      }
    }
  }

  /** Ends the file. */
  end(): void {
    this.#write();
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(): void {
    writeFileSync(this.#file, this.#text);
    this.#text = '';
  }
}
