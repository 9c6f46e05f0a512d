import { parseName } from '../../store/costs/costConnectionsFile';
import { parseScope } from '../../store/costs/costScope';
import type { CostMonth, CostMonthResult, CostScope } from '../../store/costs/costTypes';
import type { EpochSeconds } from '../../store/records';
import { showableName } from '../../store/instances/instanceName';
import type { CostStore } from '../costs/costSyncTypes';
import { withLockedWriter } from '../engine/lockedWriter';
import { refuseDoubleCounting } from './doubleCounting';
import { totalsOf } from './importMonths';
import {
  CostFileError,
  type CostImportDeps,
  type CostImportRequest,
  type CostImportResult,
  type ImportedScope,
} from './importTypes';
import { readCostFile, type CostFile } from './readCostFile';

type FileScope = CostFile['scopes'][number];

/**
 * Imports a cost export or FOCUS file: all of it, or nothing. Days that it covers replace those of an earlier import of the
 * same scope, so that importing a file again changes nothing.
 * @throws CostFileError, InvalidCostConnectionError for its scope or name, SyncBusyError while a sync runs, the signal's reason
 */
export async function importCosts(
  request: CostImportRequest,
  { locker, openWriter, connections, now }: CostImportDeps,
  signal: AbortSignal,
): Promise<CostImportResult> {
  const scope = request.scope === undefined ? undefined : parseScope(request.scope);
  const name = request.name === undefined ? undefined : parseName(request.name);
  const file = await readCostFile({ ...request, scope }, now(), signal);
  signal.throwIfAborted();
  const at = Math.floor(now() / 1000);
  const scopes = await withLockedWriter(locker, openWriter, async (writer) => {
    const facts = await writer.costFacts();
    for (const { owner, months } of file.scopes) {
      months.forEach((month) => refuseDoubleCounting(owner.scope, month, { facts, connections, now: at }));
    }
    const imported: ImportedScope[] = [];
    for (const one of file.scopes) {
      imported.push(await writeScope(writer, one, nameOf(one, file, name), at));
    }
    await writer.publish();
    return imported;
  });
  return { rows: file.rows, dialect: file.dialect, scopes };
}

/** A given name names the scope; where a file holds several, it comes before theirs. */
function nameOf({ owner }: FileScope, { scopes }: CostFile, name: string | undefined): string {
  if (name === undefined) {
    return showableName(owner.name);
  }
  const isOnly = scopes.every((other) => other.owner.scope === owner.scope);
  return isOnly ? name : `${name}: ${showableName(owner.name)}`;
}

async function writeScope(
  writer: CostStore,
  { owner, costType, months }: FileScope,
  name: string,
  at: EpochSeconds,
): Promise<ImportedScope> {
  const scope: CostScope = { source: 'import', scope: owner.scope, name };
  const runId = await writer.startCostRun(scope, 'import', at);
  const results: CostMonthResult[] = [];
  for (const month of months) {
    results.push(await replaced(writer, runId, month, at));
  }
  await writer.endCostRun({ runId, status: 'ok', calls: 0, waitedMs: 0, notes: [] }, at);
  const sum = (numberOf: (result: CostMonthResult) => number): number =>
    results.reduce((total, result) => total + numberOf(result), 0);
  return {
    scope: owner.scope,
    name,
    costType,
    months: months.map(({ month }) => month),
    totals: totalsOf(months.flatMap(({ rows }) => rows)),
    rowsSeen: sum(({ seen }) => seen),
    rowsChanged: sum(({ changed }) => changed),
    restatedDays: sum(({ restatedDays }) => restatedDays),
  };
}

/** @throws CostFileError when the writer keeps what is there: nothing is published then */
async function replaced(
  writer: CostStore,
  runId: number,
  month: CostMonth,
  at: EpochSeconds,
): Promise<CostMonthResult> {
  const result = await writer.replaceCostMonth(runId, month, at);
  if (result.refused !== undefined) {
    throw new CostFileError(result.refused);
  }
  return result;
}
