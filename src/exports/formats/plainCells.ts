import type { Cell } from '../../store/resultSet';
import type { ColumnKind } from '../tables/columns';
import { dateOfDay, isoOfEpoch } from '../tables/localDates';

/** Digits behind the point of an amount. */
const PLACES = 8;

/** A value as files of text hold it. @returns null for NULL, and for a time beyond the calendar */
export function csvCell(cell: Cell, kind: ColumnKind): Cell {
  if (cell === null) {
    return null;
  }
  switch (kind) {
    case 'boolean':
      return Number(cell) === 0 ? 'false' : 'true';
    case 'instant':
      return isoOfEpoch(Number(cell)) ?? null;
    case 'date':
      return typeof cell === 'number' ? (dateOfDay(cell) ?? null) : cell;
    case 'amount':
      return decimalText(cell);
    case 'integer':
    case 'real':
    case 'text':
    case 'local':
      return cell;
  }
}

/** A value as a spreadsheet shows it: moments in UTC as a date and time, amounts as numbers. */
export function sheetValue(cell: Cell, kind: ColumnKind): Cell {
  const value = kind === 'boolean' ? cell : csvCell(cell, kind);
  if (typeof value !== 'string') {
    return value;
  }
  return kind === 'instant'
    ? value.slice(0, 19).replace('T', ' ')
    : kind === 'amount'
      ? Number(value)
      : value;
}

/** An integer of 0.00000001 as a decimal number, to the last digit. */
function decimalText(cell: Exclude<Cell, null>): string {
  const text = String(cell);
  const digits = text.replace('-', '').padStart(PLACES + 1, '0');
  return `${text.startsWith('-') ? '-' : ''}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}
