import { basename } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { CostMonth, CostType } from '../../store/costs/costTypes';
import { CostCollector, type CollectedFile } from './collectCosts';
import { csvRows, type CsvPiece } from './csvFile';
import { csvSourcesAt, type CsvSource } from './csvSources';
import { findColumns, type FileColumns } from './dialects';
import { exportParts, type Manifest } from './exportParts';
import { utcDayIn } from './fields';
import { monthsOf, type Coverage } from './importMonths';
import { CostFileError, type CostImportRequest } from './importTypes';
import type { RowOwner } from './rowScope';
import { FormFinder } from './writtenForm';

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
 * Reads a whole cost file, or all parts of one export, and checks every row.
 * @param now ms since 1970 @throws CostFileError, the signal's reason
 */
export async function readCostFile(
  { paths, costType, scope }: CostImportRequest,
  now: number,
  signal: AbortSignal,
): Promise<CostFile> {
  const parts = await exportParts(paths);
  const sources: CsvSource[] = [];
  for (const path of parts.paths) {
    sources.push(...(await csvSourcesAt(path)));
  }
  const finder = new FormFinder(now);
  for (const source of sources) {
    for await (const { piece, columns } of piecesOf(source, signal)) {
      finder.add(piece, columns);
      if (finder.isFound) {
        break;
      }
    }
  }
  const collector = new CostCollector(finder.form, scope);
  let dialect: FileColumns['dialect'] | undefined;
  for (const source of sources) {
    await inFile(sources, source, async () => {
      for await (const { piece, columns } of piecesOf(source, signal)) {
        dialect ??= columns.dialect;
        if (dialect !== columns.dialect) {
          throw new CostFileError(l10n.t('Its columns are others than those of the first file.'));
        }
        piece.rows.forEach((row) => collector.add(row, columns));
      }
    });
  }
  const collected = collector.finish();
  refuseLost(collected, parts.manifest);
  const told = toldCostType(parts.paths, collected, parts.manifest, costType);
  const coverage = coverageOf(collected, parts.manifest, now, sources);
  return {
    dialect: dialect ?? 'azure',
    rows: collected.rows,
    scopes: collected.scopes.map((one) => {
      const view = one.costType === 'asTold' ? told : one.costType;
      return { owner: one.owner, costType: view, months: monthsOf(one.rows, view, coverage) };
    }),
  };
}

/** The rows below the header, with what the header says. @throws CostFileError where there is none */
async function* piecesOf(
  source: CsvSource,
  signal: AbortSignal,
): AsyncGenerator<{ readonly piece: CsvPiece; readonly columns: FileColumns }> {
  let columns: FileColumns | undefined;
  for await (const { delimiter, rows } of csvRows(source, signal)) {
    const [header, ...below] = rows;
    if (columns === undefined && header !== undefined) {
      columns = findColumns(header.fields);
      yield { piece: { delimiter, rows: below }, columns };
    } else if (columns !== undefined) {
      yield { piece: { delimiter, rows }, columns };
    }
  }
  if (columns === undefined) {
    throw new CostFileError(l10n.t('{0} is empty.', source.name));
  }
}

/** Of several files errors name theirs. */
async function inFile(
  { length }: readonly CsvSource[],
  { name }: CsvSource,
  read: () => Promise<void>,
): Promise<void> {
  try {
    await read();
  } catch (error) {
    throw error instanceof CostFileError && length > 1
      ? new CostFileError(`${name}: ${error.message}`, { cause: error })
      : error;
  }
}

/** @throws CostFileError where the files hold other rows than the manifest says */
function refuseLost({ rows }: CollectedFile, manifest: Manifest | undefined): void {
  if (manifest?.rows !== undefined && manifest.rows !== rows) {
    throw new CostFileError(
      l10n.t(
        'The files hold {0} rows, their manifest says {1}: one may be cut off. Copy them again. Nothing was imported.',
        rows,
        manifest.rows,
      ),
    );
  }
}

/** Days that were asked for are covered also where nothing was used at their ends. */
function coverageOf(
  { firstDay, lastDay }: CollectedFile,
  manifest: Manifest | undefined,
  now: number,
  sources: readonly CsvSource[],
): Coverage {
  const madeAt = manifest?.madeAt ?? Math.max(...sources.map((source) => source.madeAt));
  const dayOf = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : utcDayIn(text, undefined);
  const made = Math.min(now, madeAt);
  return {
    first: Math.min(firstDay, dayOf(manifest?.startDate) ?? firstDay),
    last: Math.max(lastDay, Math.min(dayOf(manifest?.endDate) ?? lastDay, Math.floor(made / 86_400_000))),
    madeAt: made,
  };
}

/** Exports of both views have the same columns: charges that only one has tell, else the person, a manifest or the file's name. */
function toldCostType(
  paths: readonly string[],
  { amortizedSign }: CollectedFile,
  manifest: Manifest | undefined,
  asked: CostType | undefined,
): CostType {
  if (asked === 'actual' && amortizedSign !== undefined) {
    throw new CostFileError(
      l10n.t(
        'Row {0} is a charge of amortized cost ({1}). Import the file as amortized cost. Nothing was imported.',
        amortizedSign.number,
        amortizedSign.chargeType,
      ),
    );
  }
  const byManifest = manifest?.costType === 'both' ? undefined : manifest?.costType;
  const isAmortized =
    amortizedSign !== undefined || paths.some((path) => /amorti[sz]ed/iu.test(basename(path)));
  return asked ?? byManifest ?? (isAmortized ? 'amortized' : 'actual');
}
