import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import * as l10n from '@vscode/l10n';
import { detectDelimiter, parseCsv } from 'hucre/csv';
import { codeOf, toError } from '../../store/errors';
import { CostFileError } from './importTypes';

/** Characters that one row may have: a quote without its partner would take in the rest of the file. */
const LONGEST_ROW = 4_000_000;

/** One row of a file. */
export interface CsvRow {
  /** Counted as a table shows it: the header is row 1. */
  readonly number: number;
  readonly fields: readonly string[];
}

/**
 * Reads the rows of a CSV file, also of one packed by gzip, some at a time: the file may be larger than memory.
 * @throws CostFileError when it is something else or damaged
 */
export async function* csvRows(path: string, signal: AbortSignal): AsyncGenerator<readonly CsvRow[]> {
  const start = await firstBytes(path);
  const source = createReadStream(path, { signal });
  const stream = isGzip(start) ? unpacked(source) : source;
  let number = 0;
  let delimiter: string | undefined;
  try {
    for await (const piece of wholeRows(stream)) {
      delimiter ??= detectDelimiter(piece);
      const rows = parseCsv(piece, { delimiter }).map((fields) => ({
        number: (number += 1),
        fields: fields.map((field) => (typeof field === 'string' ? field : '')),
      }));
      yield rows.filter(({ fields }) => fields.some((field) => field !== ''));
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof CostFileError ? error : damaged(path, error);
  } finally {
    source.destroy();
  }
}

function unpacked(source: Readable): Readable {
  const gunzip = createGunzip();
  // What goes wrong is told to who reads.
  pipeline(source, gunzip, () => undefined);
  return gunzip;
}

/** Cuts a stream of bytes where a row ends: at a line break outside of quotes. */
async function* wholeRows(stream: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let isQuoted = false;
  for await (const bytes of stream) {
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
  rest += decoder.decode();
  if (isQuoted) {
    throw new CostFileError(l10n.t('The file ends inside a quoted field: it is cut off. Export it again.'));
  }
  if (rest !== '') {
    yield rest;
  }
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

async function firstBytes(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      bytes = buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw codeOf(error) === 'ENOENT'
      ? new CostFileError(l10n.t('There is no file {0}.', path))
      : new CostFileError(l10n.t('{0} cannot be read: {1}', path, toError(error).message));
  }
  refuseOtherForms(path, bytes);
  return bytes;
}

function refuseOtherForms(path: string, start: Uint8Array): void {
  const begins = (text: string): boolean => Buffer.from(start).toString('latin1').startsWith(text);
  if (begins('PAR1') || path.toLowerCase().endsWith('.parquet')) {
    throw new CostFileError(
      l10n.t(
        '{0} is a Parquet file. Choose CSV as the format of the export, then import that.',
        basename(path),
      ),
    );
  }
  if (begins('PK')) {
    throw new CostFileError(
      l10n.t('{0} is an Excel or ZIP file. Import the CSV file of the export itself.', basename(path)),
    );
  }
  if (start.length === 0) {
    throw new CostFileError(l10n.t('{0} is empty.', basename(path)));
  }
}

function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

function damaged(path: string, error: unknown): Error {
  const name = basename(path);
  // Names of Node's and the decoder's own errors.
  const code = codeOf(error) ?? '';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new CostFileError(l10n.t('{0} is no text in UTF-8. Export it again as CSV.', name));
  }
  return code.startsWith('Z_')
    ? new CostFileError(l10n.t('{0} is damaged or cut off. Export or copy it again.', name))
    : new CostFileError(l10n.t('{0} cannot be read: {1}', name, toError(error).message));
}
