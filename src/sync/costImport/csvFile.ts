import type { Readable } from 'node:stream';
import * as l10n from '@vscode/l10n';
import { detectDelimiter, parseCsv } from 'hucre/csv';
import { codeOf, toError } from '../../store/errors';
import type { CsvSource } from './csvSources';
import { CostFileError } from './importTypes';

/** Characters that one row may have: a quote without its partner would take in the rest of the file. */
const LONGEST_ROW = 4_000_000;

type Decoder = InstanceType<typeof TextDecoder>;

/** One row of a file. */
export interface CsvRow {
  /** Counted as a table shows it: the header is row 1. */
  readonly number: number;
  readonly fields: readonly string[];
}

/** Some rows of a file. */
export interface CsvPiece {
  readonly delimiter: string;
  readonly rows: readonly CsvRow[];
}

/**
 * Reads the rows of a CSV file some at a time: the file may be larger than memory.
 * @throws CostFileError when it is something else or damaged
 */
export async function* csvRows(source: CsvSource, signal: AbortSignal): AsyncGenerator<CsvPiece> {
  const stream = source.open(signal);
  let number = 0;
  let delimiter: string | undefined;
  try {
    for await (const piece of wholeRows(stream)) {
      delimiter ??= detectDelimiter(piece);
      const rows = parseCsv(piece, { delimiter }).map((fields) => ({
        number: (number += 1),
        fields: fields.map((field) => (typeof field === 'string' ? field : '')),
      }));
      yield { delimiter, rows: rows.filter(({ fields }) => fields.some((field) => field !== '')) };
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof CostFileError ? error : damaged(source, error);
  } finally {
    stream.destroy();
  }
}

/** Cuts a stream of bytes where a row ends: at a line break outside of quotes. */
async function* wholeRows(stream: Readable): AsyncGenerator<string> {
  let decoder: Decoder | undefined;
  let rest = '';
  let isQuoted = false;
  for await (const bytes of stream) {
    decoder ??= decoderOf(bytes as Uint8Array);
    const text = decoder.decode(bytes as Uint8Array, { stream: true });
    const end = lastRowEnd(text, isQuoted);
    isQuoted = end.isQuoted;
    if (end.index === undefined) {
      rest += text;
    } else {
      yield rest + text.slice(0, end.index);
      rest = text.slice(end.index);
    }
    if (rest.length > LONGEST_ROW) {
      throw new CostFileError(
        l10n.t('A row of the file does not end: a quote may be left open. Export it again as CSV.'),
      );
    }
  }
  rest += decoder?.decode() ?? '';
  if (isQuoted) {
    throw new CostFileError(l10n.t('The file ends inside a quoted field: it is cut off. Export it again.'));
  }
  if (rest !== '') {
    yield rest;
  }
}

/** Exports are UTF-8; what Excel and PowerShell write may be UTF-16, with a mark at its start. */
function decoderOf([first, second]: Uint8Array): Decoder {
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true });
}

/** A doubled quote inside of quotes ends and begins them: the count alone tells. */
function lastRowEnd(
  text: string,
  wasQuoted: boolean,
): { readonly index: number | undefined; readonly isQuoted: boolean } {
  let isQuoted = wasQuoted;
  let index: number | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      isQuoted = !isQuoted;
    } else if (code === 0x0a && !isQuoted) {
      index = at + 1;
    }
  }
  return { index, isQuoted };
}

function damaged({ name }: CsvSource, error: unknown): Error {
  // Names of Node's and the decoder's own errors.
  const code = codeOf(error) ?? '';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new CostFileError(l10n.t('{0} is no text in UTF-8 or UTF-16. Export it again as CSV.', name));
  }
  return code.startsWith('Z_')
    ? new CostFileError(l10n.t('{0} is damaged or cut off. Export or copy it again.', name))
    : new CostFileError(l10n.t('{0} cannot be read: {1}', name, toError(error).message));
}
