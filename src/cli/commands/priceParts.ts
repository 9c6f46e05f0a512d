import { proposalsOf, readModelsSeen, type PriceProposal } from '../../reports/cost/modelsSeen';
import { priceText } from '../../reports/cost/priceText';
import { withPrices } from '../../store/analysis/analysisEdits';
import { utcDateOf, utcDayAt, type PriceEntry } from '../../store/costs/costEntries';
import { readPrices } from '../../store/costs/readCosts';
import { loadInstances } from '../../store/instances/instancesFile';
import { columnsOf, type Cell } from '../../store/resultSet';
import { changeAnalysis } from '../lockedWriter';
import { plainText } from '../plainText';
import { tableLines } from '../table';
import type { Terminal } from '../terminal';
import { withReader } from '../workers';

/** Keeps prices and says what was kept. @throws CostEntryError, AnalysisError, SyncBusyError */
export async function keepPrices(
  terminal: Terminal,
  folder: string,
  entries: readonly PriceEntry[],
): Promise<void> {
  const { zone } = await loadInstances(folder);
  const today = utcDayAt(Date.now() / 1000);
  await changeAnalysis(folder, zone, terminal, (analysis) => withPrices(analysis, entries, today));
  for (const entry of entries) {
    terminal.out(`${plainText(entry.modelId)}, from ${entry.validFrom} on: ${priceText(entry)}\n`);
  }
}

/** The models that answered, with their prices and suggestions. @throws NoDatabaseError */
export function readProposals(folder: string): Promise<readonly PriceProposal[]> {
  return withReader(folder, async (reader) =>
    proposalsOf(await readModelsSeen(reader), await readPrices(reader)),
  );
}

/** Rows for reading. */
export function writeTable(
  terminal: Terminal,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
): void {
  const table = { columns: columnsOf(heads, rows), rowCount: rows.length, truncated: false, elapsedMs: 0 };
  for (const line of tableLines(table)) {
    terminal.out(`${line}\n`);
  }
}

/** UTC day as `YYYY-MM-DD`. */
export function todayUtc(): string {
  return utcDateOf(utcDayAt(Date.now() / 1000));
}
