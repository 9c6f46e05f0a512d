import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { CostMonth, CostType } from '../../store/costs/costTypes';
import { CostCollector, type CollectedFile } from './collectCosts';
import { csvRows } from './csvFile';
import { findColumns, type FileColumns } from './dialects';
import { monthsOf } from './importMonths';
import { CostFileError, type CostImportRequest } from './importTypes';
import type { RowOwner } from './rowScope';

/** What a file wants written. */
export interface CostFile {
  readonly dialect: FileColumns['dialect'];
  /** Rows of the file. */
  readonly rows: number;
  readonly scopes: readonly {
    readonly owner: RowOwner;
    readonly costType: CostType;
    /** Oldest first. */
    readonly months: readonly CostMonth[];
  }[];
}

/**
 * Reads a whole cost file and checks every row of it.
 * @param now ms since 1970 @throws CostFileError, the signal's reason
 */
export async function readCostFile(
  { path, costType, scope }: CostImportRequest,
  now: number,
  signal: AbortSignal,
): Promise<CostFile> {
  let columns: FileColumns | undefined;
  let collector: CostCollector | undefined;
  for await (const rows of csvRows(path, signal)) {
    for (const row of rows) {
      if (collector === undefined) {
        columns = findColumns(row.fields);
        collector = new CostCollector(columns, scope);
      } else {
        collector.add(row);
      }
    }
  }
  if (columns === undefined || collector === undefined) {
    throw new CostFileError(l10n.t('{0} is empty.', basename(path)));
  }
  const collected = collector.finish();
  const told = toldCostType(path, collected, costType);
  const madeAt = Math.min(now, (await stat(path)).mtimeMs);
  const coverage = { first: collected.firstDay, last: collected.lastDay, madeAt };
  return {
    dialect: columns.dialect,
    rows: collected.rows,
    scopes: collected.scopes.map((one) => {
      const view = one.costType === 'asTold' ? told : one.costType;
      return { owner: one.owner, costType: view, months: monthsOf(one.rows, view, coverage) };
    }),
  };
}

/** Exports of both views have the same columns: charges that only one has tell, else the person or the file's name. */
function toldCostType(path: string, { amortizedSign }: CollectedFile, asked: CostType | undefined): CostType {
  if (asked === 'actual' && amortizedSign !== undefined) {
    throw new CostFileError(
      l10n.t(
        'Row {0} is a charge of amortized cost ({1}). Import the file as amortized cost. Nothing was imported.',
        amortizedSign.number,
        amortizedSign.chargeType,
      ),
    );
  }
  const isAmortized = amortizedSign !== undefined || /amorti[sz]ed/iu.test(basename(path));
  return asked ?? (isAmortized ? 'amortized' : 'actual');
}
