import * as l10n from '@vscode/l10n';
import { utcDateOf } from '../../store/costs/costEntries';
import type { CsvPiece, CsvRow } from './csvFile';
import type { FileColumns } from './dialects';
import { decimalMarkIn, readingsOf, utcDayIn, type DecimalMark } from './fields';
import { CostFileError } from './importTypes';

const DAY_MS = 86_400_000;

/** How a file writes days and amounts; programs that saved an export again write them as their language does. */
export interface WrittenForm {
  /** In dates such as 10/01/2025; undefined: the file has none. */
  readonly isDayFirst: boolean | undefined;
  readonly decimal: DecimalMark;
}

/** Finds out by as many rows as it takes how dates and amounts are written: nothing is guessed. */
export class FormFinder {
  readonly #lastDay: number;
  #isDayFirst: boolean | undefined;
  #hasPlainDates = false;
  /** A date that may be two days. */
  #unclearDate: string | undefined;
  #decimal: DecimalMark | undefined;
  #unclearAmount: string | undefined;

  /** @param now ms since 1970: nothing was used after it */
  constructor(now: number) {
    // East of Greenwich it is tomorrow already.
    this.#lastDay = Math.floor(now / DAY_MS) + 1;
  }

  add({ delimiter, rows }: CsvPiece, columns: FileColumns): void {
    for (const row of rows) {
      if (this.isFound) {
        return;
      }
      this.#lookAtDates(row, columns);
      for (const index of columns.numbers) {
        this.#lookAtNumber(row.fields[index] ?? '', delimiter);
      }
    }
  }

  /** Whether no further row can tell more. */
  get isFound(): boolean {
    return (this.#isDayFirst !== undefined || this.#hasPlainDates) && this.#decimal !== undefined;
  }

  /** @throws CostFileError where the rows do not tell */
  get form(): WrittenForm {
    if (this.#isDayFirst === undefined && this.#unclearDate !== undefined) {
      const { monthFirst = 0, dayFirst = 0 } = readingsOf(this.#unclearDate) ?? {};
      throw new CostFileError(
        l10n.t(
          'Nothing in the file tells whether "{0}" is {1} or {2}. Export a whole month, or dates such as {1}. Nothing was imported.',
          this.#unclearDate,
          utcDateOf(monthFirst),
          utcDateOf(dayFirst),
        ),
      );
    }
    if (this.#decimal === undefined && this.#unclearAmount !== undefined) {
      throw new CostFileError(
        l10n.t(
          'Nothing in the file tells whether "{0}" has decimals or groups of digits. Export it with amounts such as 1234.56. Nothing was imported.',
          this.#unclearAmount,
        ),
      );
    }
    return {
      isDayFirst: this.#isDayFirst ?? (this.#hasPlainDates ? undefined : false),
      decimal: this.#decimal ?? '.',
    };
  }

  #lookAtDates({ fields }: CsvRow, { fields: { date }, dates }: FileColumns): void {
    const own = date === undefined ? '' : (fields[date] ?? '');
    this.#hasPlainDates ||= utcDayIn(own, undefined) !== undefined;
    const isPast = (day: number | undefined): boolean => day !== undefined && day <= this.#lastDay;
    for (const index of dates) {
      const text = fields[index] ?? '';
      const readings = readingsOf(text);
      if (readings === undefined || readings.dayFirst === readings.monthFirst) {
        continue;
      }
      const isUse = index === date;
      const may = {
        monthFirst: isUse ? isPast(readings.monthFirst) : readings.monthFirst !== undefined,
        dayFirst: isUse ? isPast(readings.dayFirst) : readings.dayFirst !== undefined,
      };
      if (may.monthFirst !== may.dayFirst) {
        this.#isDayFirst ??= may.dayFirst;
      } else if (isUse && readings.monthFirst !== undefined && readings.dayFirst !== undefined) {
        this.#unclearDate ??= text.trim();
      }
    }
  }

  #lookAtNumber(text: string, delimiter: string): void {
    const mark = decimalMarkIn(text);
    if (mark !== 'unclear') {
      this.#decimal ??= mark;
    } else if (delimiter !== ',' || text.includes(',')) {
      // Where commas separate columns, amounts with a point alone have decimals.
      this.#unclearAmount ??= text.trim();
    }
  }
}
