import { existsSync } from 'node:fs';
import { toError } from '../errors';
import { readExports, type ExportEntry } from '../exportLedger/exportLedger';

/** An earlier export that may still hold what was removed. */
export interface HoldingExport extends ExportEntry {
  /** False: nothing is there now; it may have been moved, or be on a disk that is not connected. */
  readonly isThere: boolean;
}

/** Where rows of the mirror were copied to, so that a removal does not reach them by itself. */
export interface Elsewhere {
  readonly exports: readonly HoldingExport[];
  /** Names of the warehouses, which follow with the next push. */
  readonly warehouses: readonly string[];
  /** Why not all of it is known; empty: it is. */
  readonly problems: readonly string[];
}

/**
 * Looks where rows of an instance may be beside the data folder. Exports without anybody's name are left out. What cannot be
 * read is a problem and no error: what was to be removed is removed by then.
 * @param loadWarehouses reads `warehouses.json`
 */
export async function lookElsewhere(
  root: string,
  instanceId: number,
  loadWarehouses: () => Promise<readonly { readonly name: string }[]>,
): Promise<Elsewhere> {
  const [exports, warehouses] = await Promise.allSettled([readExports(root), loadWarehouses()]);
  return {
    exports: exports.status === 'fulfilled' ? exports.value.filter(holds(instanceId)).map(withPresence) : [],
    warehouses: warehouses.status === 'fulfilled' ? warehouses.value.map(({ name }) => name) : [],
    problems: [exports, warehouses].flatMap((read) =>
      read.status === 'rejected' ? [toError(read.reason).message] : [],
    ),
  };
}

function holds(instanceId: number) {
  return ({ instances, isPseudonymised }: ExportEntry): boolean =>
    isPseudonymised !== true && instances.includes(instanceId);
}

/** What is on no disk of this computer is taken to be there. */
function withPresence(entry: ExportEntry): HoldingExport {
  return { ...entry, isThere: entry.path.includes('://') || existsSync(entry.path) };
}
