import { createHash } from 'node:crypto';
import type { Cell } from '../../store/resultSet';

/** No entry of an index of PostgreSQL is longer than 2,704 bytes; servers make ids of some dozen characters. */
const LONGEST = 600;
const KEPT = 500;

/** Stands for U+0000, which no text of PostgreSQL can hold: as long, and told from everything else. */
export const NUL_SYMBOL = '\u2400';

/**
 * An id as a warehouse can hold it and find it. Whoever writes a chat chooses the ids in it, whatever they are: a very long one
 * is its beginning and a hash.
 */
export function storableId(id: string): string {
  if (id.length <= LONGEST) {
    return id.includes('\0') ? id.replaceAll('\0', NUL_SYMBOL) : id;
  }
  const hash = createHash('sha256').update(id).digest('hex');
  // The cut may go through a pair of surrogates.
  const beginning = Buffer.from(id.slice(0, KEPT)).toString().replaceAll('\0', NUL_SYMBOL);
  return `${beginning}…${hash}`;
}

/** A row with its ids as a warehouse holds them. @param places of the columns that hold one */
export function withStorableIds(row: readonly Cell[], places: readonly number[]): readonly Cell[] {
  let changed: Cell[] | undefined;
  for (const place of places) {
    const cell = row[place];
    if (typeof cell === 'string') {
      const id = storableId(cell);
      if (id !== cell) {
        changed ??= [...row];
        changed[place] = id;
      }
    }
  }
  return changed ?? row;
}
