import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { loadCostConnections } from '../../store/costs/costConnectionsFile';
import type { CurrencyTotal } from '../../store/costs/costTypes';
import { amountOfE8 } from '../../store/costs/e8';
import { loadInstances } from '../../store/instances/instancesFile';
import { importCosts } from '../../sync/costImport/importCosts';
import type { ImportedScope } from '../../sync/costImport/importTypes';
import { createFolderLocker } from '../../sync/engine/folderLocker';
import { countOf } from '../../sync/words';
import { totalsText } from '../costText';
import type { CostParts } from '../costSession';
import { chooseDataFolder } from '../dataFolder';
import { jsonText } from '../jsonText';
import { plainText } from '../plainText';
import type { Terminal } from '../terminal';
import { VERSION } from '../version';
import { dataOption, type DataOption } from './dataOption';

interface ImportOptions extends DataOption {
  readonly name?: string;
  readonly scope?: string;
  readonly amortized?: boolean;
  readonly actual?: boolean;
  readonly json?: boolean;
}

/** `cost import FILE... [--name NAME] [--scope SCOPE] [--amortized | --actual] [--json]` */
export function addCostImportCommand(cost: Command, terminal: Terminal, parts: CostParts): void {
  cost
    .command('import <files...>')
    .description(
      'import a cost export of Azure or a FOCUS file (.csv, .csv.gz, .zip), its manifest.json, or all of its parts',
    )
    .option('--name <name>', 'what to call it (default: the name of the subscription)')
    .option('--scope <scope>', 'the scope of the export, where it is a part of a subscription')
    .addOption(
      new Option('--amortized', 'the file holds amortized cost (default: as it tells)').conflicts('actual'),
    )
    .option('--actual', 'the file holds actual cost')
    .option('--json', 'tell what was imported as JSON')
    .addOption(dataOption())
    .action((files: readonly string[], options: ImportOptions) =>
      importFiles(terminal, parts, files, options),
    );
}

async function importFiles(
  terminal: Terminal,
  { clock, writerOf }: CostParts,
  files: readonly string[],
  { data, name, scope, amortized, actual, json }: ImportOptions,
): Promise<void> {
  const folder = chooseDataFolder(data, terminal.env);
  const { zone } = await loadInstances(folder);
  const costType = amortized === true ? 'amortized' : actual === true ? 'actual' : undefined;
  const result = await importCosts(
    { paths: files.map((file) => resolve(file)), name, scope, costType },
    {
      locker: createFolderLocker(folder, VERSION),
      openWriter: writerOf(folder, zone, (sentence) => terminal.err(`${sentence}\n`)),
      connections: await loadCostConnections(folder),
      now: () => clock.now(),
    },
    terminal.signal,
  );
  if (json === true) {
    const scopes = result.scopes.map((scope) => ({ ...scope, totals: scope.totals.map(amountOf) }));
    terminal.out(jsonText({ ...result, scopes }));
    return;
  }
  terminal.out(`${countOf(result.rows, 'row')} of the file are imported.\n`);
  terminal.out(plainText(result.scopes.map(scopeLine).join('')));
}

/** As `cost status --json` tells amounts. */
function amountOf({ currency, costE8 }: CurrencyTotal): { readonly currency: string; readonly cost: number } {
  return { currency, cost: amountOfE8(costE8) };
}

function scopeLine({ name, costType, months, totals, rowsChanged, restatedDays }: ImportedScope): string {
  const first = months[0] ?? '';
  const last = months.at(-1) ?? '';
  const period = first === last ? first : `${first} to ${last}`;
  const change = rowsChanged === 0 ? 'nothing new' : `${countOf(rowsChanged, 'row')} changed`;
  const restated = restatedDays === 0 ? '' : `, ${countOf(restatedDays, 'day')} had another cost before`;
  return `  ${name}, ${costType}, ${period}: ${totalsText(totals)} (${change}${restated})\n`;
}
