import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import * as l10n from '@vscode/l10n';
import type { Entry } from 'yauzl';
import { codeOf, toError } from '../../store/errors';
import { CostFileError } from './importTypes';
import { openZipEntry, zipEntries } from './zipFile';

/** One CSV file, however it is packed. */
export interface CsvSource {
  readonly name: string;
  /** ms since 1970. */
  readonly madeAt: number;
  /** Its unpacked bytes, from the start. */
  open(signal: AbortSignal): Readable;
}

/** The CSV files at a path: itself, also packed by gzip, or those in a ZIP file. @throws CostFileError where there is none */
export async function csvSourcesAt(path: string): Promise<readonly CsvSource[]> {
  const start = await firstBytes(path);
  const name = basename(path);
  const madeAt = (await stat(path)).mtimeMs;
  const begins = (text: string): boolean => start.toString('latin1').startsWith(text);
  if (begins('PAR1') || path.toLowerCase().endsWith('.parquet')) {
    throw new CostFileError(
      l10n.t('{0} is a Parquet file. Choose CSV as the format of the export, then import that.', name),
    );
  }
  if (start.length === 0) {
    throw new CostFileError(l10n.t('{0} is empty.', name));
  }
  if (begins('PK')) {
    return (await csvEntries(path)).map((entry) => ({
      name: `${name}: ${entry.fileName}`,
      madeAt,
      open: (signal) => openZipEntry(path, entry, signal),
    }));
  }
  const isPacked = start[0] === 0x1f && start[1] === 0x8b;
  return [{ name, madeAt, open: (signal) => streamOf(path, isPacked, signal) }];
}

function streamOf(path: string, isPacked: boolean, signal: AbortSignal): Readable {
  const source = createReadStream(path, { signal });
  if (!isPacked) {
    return source;
  }
  const gunzip = createGunzip();
  // What goes wrong is told to who reads.
  pipeline(source, gunzip, () => undefined);
  return gunzip;
}

async function csvEntries(path: string): Promise<readonly Entry[]> {
  const name = basename(path);
  const entries = await zipEntries(path);
  if (entries === undefined) {
    throw new CostFileError(l10n.t('{0} is damaged or cut off. Export or copy it again.', name));
  }
  if (entries.some(({ fileName }) => fileName === '[Content_Types].xml')) {
    throw new CostFileError(l10n.t('{0} is an Excel file. Import the CSV file of the export itself.', name));
  }
  const tables = entries.filter(
    ({ fileName }) => /\.csv$/iu.test(fileName) && !fileName.startsWith('__MACOSX/'),
  );
  if (tables.length === 0) {
    throw new CostFileError(l10n.t('{0} holds no CSV file.', name));
  }
  if (tables.some((entry) => !entry.canDecodeFileData())) {
    throw new CostFileError(
      l10n.t('{0} cannot be unpacked here. Unpack it, then import its CSV file.', name),
    );
  }
  return tables;
}

async function firstBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw codeOf(error) === 'ENOENT'
      ? new CostFileError(l10n.t('There is no file {0}.', path))
      : new CostFileError(l10n.t('{0} cannot be read: {1}', path, toError(error).message));
  }
}
