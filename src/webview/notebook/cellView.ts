import { cellText } from '../../reports/export/cellText';
import { fromWire, isCut, type WireCell } from './notebookResult';

/** Longer texts are cut in the table: a row is one line. */
const MOST_SHOWN = 300;
const MOST_SHOWN_BYTES = 16;

/** A value as the table shows it. */
export interface CellView {
  readonly text: string;
  readonly kind: 'null' | 'number' | 'text' | 'bytes';
  /** Something of the value is not there. */
  readonly isCut: boolean;
}

/** The words of a value on one line; NULL is not the text "NULL", which the kind tells. */
export function cellView(cell: WireCell): CellView {
  const value = fromWire(cell);
  if (value === null) {
    return { text: 'NULL', kind: 'null', isCut: false };
  }
  if (value instanceof Uint8Array) {
    return {
      text: cellText(value.subarray(0, MOST_SHOWN_BYTES)),
      kind: 'bytes',
      isCut: value.length > MOST_SHOWN_BYTES || isCut(cell),
    };
  }
  if (typeof value !== 'string') {
    return { text: String(value), kind: 'number', isCut: false };
  }
  const shown = value
    .slice(0, MOST_SHOWN)
    .replace(/\r\n|\r|\n/gu, '⏎')
    .replaceAll('\t', ' ');
  return { text: shown, kind: 'text', isCut: value.length > MOST_SHOWN || isCut(cell) };
}
