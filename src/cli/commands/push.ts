import type { Command } from 'commander';
import { loadWarehouse } from '../../warehouse/loadWarehouse';
import { lastPushOf, loadWarehouses, noteLastPush } from '../../warehouse/warehousesFile';
import type { PushResult, Warehouse } from '../../warehouse/warehouseTypes';
import { existingDataFolder } from '../dataFolder';
import { CliError, EXIT, type ExitCode } from '../exitCodes';
import { jsonText } from '../jsonText';
import { plainText } from '../plainText';
import { createPushProgress } from '../pushProgress';
import { sentenceOf } from '../remedies';
import type { Terminal } from '../terminal';
import { VERSION } from '../version';
import { pushText } from '../warehouseText';
import { chosenWarehouse, passwordOf, warehouseFailure } from '../warehouses';
import { dataOption, type DataOption } from './dataOption';

interface PushCommandOptions extends DataOption {
  readonly all?: boolean;
  readonly full?: boolean;
  readonly afterRestore?: boolean;
  readonly json?: boolean;
}

const HELP = `
Pushes what has changed since the last push, beside a sync that may be running. What the mirror let go to save space stays in
the warehouse; who was erased, and what a stricter privacy mode excludes, goes from it. A push that was stopped goes on from there.`;

/** `push [NAME] [--all] [--full] [--after-restore] [--json]` */
export function addPushCommand(program: Command, terminal: Terminal): void {
  program
    .command('push [name]')
    .description('push what changed in the local database to a warehouse, which is a PostgreSQL database')
    .option('--all', 'to every warehouse')
    .option('--full', 'compare all rows, not only those that were written since the last push')
    .option('--after-restore', 'let the warehouse follow a database that was restored or made anew')
    .option('--json', 'what was done, as JSON')
    .addOption(dataOption())
    .addHelpText('after', HELP)
    .action((name: string | undefined, options: PushCommandOptions) => push(name, options, terminal));
}

async function push(
  name: string | undefined,
  options: PushCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const folder = existingDataFolder(options.data, terminal.env);
  if (name !== undefined && options.all === true) {
    throw new CliError('Name one warehouse, or give --all.', EXIT.usage);
  }
  if (options.all === true && (await loadWarehouses(folder)).length > 0) {
    await pushAll(folder, options, terminal);
    return;
  }
  const warehouse = await chosenWarehouse(folder, name);
  const result = await pushOne(folder, warehouse, options, terminal);
  terminal.out(
    options.json === true ? jsonText(named(warehouse, result)) : plainText(pushText(warehouse, result)),
  );
}

/** A warehouse that fails does not keep the others from being pushed to. */
async function pushAll(folder: string, options: PushCommandOptions, terminal: Terminal): Promise<void> {
  const codes = new Set<ExitCode>();
  const results: object[] = [];
  for (const warehouse of await loadWarehouses(folder)) {
    try {
      const result = await pushOne(folder, warehouse, options, terminal);
      results.push(named(warehouse, result));
      if (options.json !== true) {
        terminal.out(plainText(pushText(warehouse, result)));
      }
    } catch (error) {
      if (terminal.signal.aborted) {
        throw error;
      }
      const message = sentenceOf(error);
      results.push({ warehouse: warehouse.name, error: message });
      terminal.err(`${plainText(message)}\n`);
      codes.add(error instanceof CliError ? error.exitCode : EXIT.failed);
    }
  }
  if (options.json === true) {
    terminal.out(jsonText(results));
  }
  const [code, another] = codes;
  if (code !== undefined) {
    throw new CliError('Not every warehouse was pushed to.', another === undefined ? code : EXIT.failed);
  }
}

function named({ name }: Warehouse, result: PushResult): object {
  return { warehouse: name, ...result };
}

/** Pushes what changed since the last push, and notes it. @throws CliError, or what the warehouse failed with */
export async function pushOne(
  folder: string,
  warehouse: Warehouse,
  { full, afterRestore }: PushCommandOptions,
  terminal: Terminal,
): Promise<PushResult> {
  const view = createPushProgress(terminal, warehouse.name);
  try {
    const result = await loadWarehouse(__dirname).push({
      ...{ root: folder, warehouse, password: passwordOf(warehouse, terminal.env), clientVersion: VERSION },
      ...{
        isFull: full,
        afterRestore,
        signal: terminal.signal,
        onProgress: (progress) => view.show(progress),
      },
    });
    if (result.hadNews) {
      await noteLastPush(folder, warehouse.name, lastPushOf(result));
    }
    return result;
  } catch (error) {
    throw warehouseFailure(error, terminal);
  } finally {
    view.clear();
  }
}
