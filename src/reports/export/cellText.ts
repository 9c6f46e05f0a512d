import type { Cell } from '../../store/resultSet';

/** A value as exports write it: NULL is empty, bytes are an SQL blob literal, integers keep every digit. */
export function cellText(cell: Cell): string {
  if (cell === null) {
    return '';
  }
  return cell instanceof Uint8Array ? blobLiteral(cell) : String(cell);
}

const CHUNK_BYTES = 4096;

/** `x'0aff'`, as SQL would read it back. */
export function blobLiteral(bytes: Uint8Array): string {
  // A string for each byte of all would take a hundred times the bytes.
  const chunks: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    const chunk = bytes.subarray(start, start + CHUNK_BYTES);
    chunks.push(Array.from(chunk, (byte) => byte.toString(16).padStart(2, '0')).join(''));
  }
  return `x'${chunks.join('')}'`;
}
