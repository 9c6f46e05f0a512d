import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { quotedName } from '../../store/sqlite/sqlQuoting';

/** Rows go over in pieces of so many bytes. */
const CHUNK_BYTES = 256 * 1024;

/** Signature, no flags, no extension. */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** A row of -1 fields. */
const TRAILER = Buffer.from([0xff, 0xff]);

/**
 * Copies rows into a table in PostgreSQL's binary format.
 * @param rows each as its number of fields and the fields: see {@link ./encodeRow}
 */
export async function copyRows(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<Uint8Array>,
): Promise<void> {
  const names = columns.map(quotedName).join(', ');
  const sql = `COPY ${quotedName(table)} (${names}) FROM STDIN WITH (FORMAT binary)`;
  await pipeline(Readable.from(chunksOf(rows), { objectMode: false }), client.query(copyFrom(sql)));
}

function* chunksOf(rows: Iterable<Uint8Array>): Generator<Buffer> {
  let parts: Uint8Array[] = [HEADER];
  let bytes = HEADER.length;
  for (const row of rows) {
    parts.push(row);
    bytes += row.length;
    if (bytes >= CHUNK_BYTES) {
      yield Buffer.concat(parts, bytes);
      parts = [];
      bytes = 0;
    }
  }
  parts.push(TRAILER);
  yield Buffer.concat(parts, bytes + TRAILER.length);
}
