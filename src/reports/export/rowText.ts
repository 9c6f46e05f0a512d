import type { Cell } from '../../store/resultSet';
import { CSV, delimitedLine } from './csv';
import { BYTE_ORDER_MARK } from './csvExport';
import { jsonKeys, jsonLine } from './json';

/** A format that needs nothing of the rows in advance: it is written as they come. */
export interface RowText {
  begin(names: readonly string[]): string;
  row(cells: readonly Cell[]): string;
  end(): string;
}

/** Formats of texts that are written row by row. Each writes one file. */
export const ROW_TEXTS = { csv: csvText, json: jsonText } as const;

function csvText(): RowText {
  return {
    begin: (names) => BYTE_ORDER_MARK + delimitedLine(names, CSV),
    row: (cells) => delimitedLine(cells, CSV),
    end: () => '',
  };
}

function jsonText(): RowText {
  let keys: readonly string[] = [];
  let isFirst = true;
  return {
    begin: (names) => {
      keys = jsonKeys(names);
      isFirst = true;
      return '[\n';
    },
    row: (cells) => {
      const separator = isFirst ? '' : ',\n';
      isFirst = false;
      return separator + jsonLine(cells, keys);
    },
    end: () => (isFirst ? ']\n' : '\n]\n'),
  };
}
