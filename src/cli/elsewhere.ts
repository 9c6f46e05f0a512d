import { lookElsewhere, type Elsewhere } from '../store/tombstones/elsewhere';
import { elsewhereLines } from '../sync/texts/elsewhereText';
import { loadWarehouses } from '../warehouse/warehousesFile';
import { plainText } from './plainText';
import type { Terminal } from './terminal';

/** Where else something may still be that was removed from an instance for good. */
export function lookElsewhereOf(folder: string, instanceId: number): Promise<Elsewhere> {
  return lookElsewhere(folder, instanceId, () => loadWarehouses(folder));
}

/** Says where else something may still be that was removed from an instance for good. */
export async function tellElsewhere(
  terminal: Terminal,
  folder: string,
  zone: string,
  instanceId: number,
): Promise<void> {
  const elsewhere = await lookElsewhereOf(folder, instanceId);
  for (const line of elsewhereLines(elsewhere, zone)) {
    terminal.out(`${plainText(line)}\n`);
  }
}
