import type { Cell } from '../../store/resultSet';

/** A value as exports write it: NULL is empty, bytes are an SQL blob literal, integers keep every digit. */
export function cellText(cell: Cell): string {
  if (cell === null) {
    return '';
  }
  return cell instanceof Uint8Array ? blobLiteral(cell) : String(cell);
}

/** `x'0aff'`, as SQL would read it back. */
export function blobLiteral(bytes: Uint8Array): string {
  return `x'${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}'`;
}
