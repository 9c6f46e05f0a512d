import { Option, type Command } from 'commander';
import { loadInstances } from '../../store/instances/instancesFile';
import { loadWarehouse } from '../../warehouse/loadWarehouse';
import {
  addWarehouse,
  DEFAULT_SCHEMA,
  loadWarehouses,
  removeWarehouse,
} from '../../warehouse/warehousesFile';
import { SSL_MODES, type SslMode } from '../../warehouse/warehouseTypes';
import { isLocalHost, parseWarehouseUrl } from '../../warehouse/warehouseUrl';
import { secretPlace } from '../credentials';
import { chooseDataFolder, existingDataFolder } from '../dataFolder';
import { jsonText } from '../jsonText';
import { plainText } from '../plainText';
import { shellWord } from '../shellWord';
import type { Terminal } from '../terminal';
import { chosenWarehouse, NO_WAREHOUSE, passwordOf, warehouseFailure } from '../warehouses';
import { addressText, factsText, warehouseLine } from '../warehouseText';
import { dataOption, type DataOption } from './dataOption';

interface AddOptions extends DataOption, PasswordOptions {
  readonly url: string;
  readonly schema: string;
  readonly ssl?: SslMode;
}

interface PasswordOptions {
  readonly passwordEnv?: string;
  readonly passwordFile?: string;
}

const ADD_HELP = `
TLS: disable; require (encrypted, whoever answers); verify-full (with a certificate of the server's own name).
Without --password-env and --password-file the password is looked for where psql does: PGPASSWORD, ~/.pgpass.`;

/** `warehouse add | list | test | remove` */
export function addWarehouseCommand(program: Command, terminal: Terminal): void {
  const warehouse = program
    .command('warehouse')
    .description('add, list, test and remove the PostgreSQL databases that "push" fills');

  warehouse
    .command('add <name>')
    .description('add a database; nothing is pushed yet')
    .requiredOption('--url <url>', 'postgres://user@host:port/database, without a password')
    .option('--schema <name>', 'schema to fill; nothing else may be in it', DEFAULT_SCHEMA)
    .addOption(
      new Option('--ssl <mode>', 'TLS (default: verify-full; on this machine disable)').choices(SSL_MODES),
    )
    .option('--password-env <variable>', 'environment variable that holds the password')
    .option('--password-file <path>', 'file that holds the password, readable by you alone (0600)')
    .addOption(dataOption())
    .addHelpText('after', ADD_HELP)
    .action((name: string, options: AddOptions) => add(name, options, terminal));

  warehouse
    .command('list')
    .description('list the warehouses, with the last push to each')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action(async (options: DataOption & { readonly json?: boolean }) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const warehouses = await loadWarehouses(folder);
      const { zone } = await loadInstances(folder);
      if (options.json === true) {
        terminal.out(jsonText(warehouses));
      } else if (warehouses.length === 0) {
        terminal.err(`${NO_WAREHOUSE}\n`);
      } else {
        terminal.out(plainText(warehouses.map((one) => warehouseLine(one, zone)).join('')));
      }
    });

  warehouse
    .command('test [name]')
    .description('connect, and see whether a push could begin')
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .action((name: string | undefined, options: DataOption & { readonly json?: boolean }) =>
      test(name, options, terminal),
    );

  warehouse
    .command('remove <name>')
    .description('remove a warehouse from the list; what was pushed to it stays there')
    .addOption(dataOption())
    .action(async (typed: string, options: DataOption) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const { name, schema } = await chosenWarehouse(folder, typed);
      await removeWarehouse(folder, name);
      terminal.out(
        `Removed ${name}. What was pushed stays there, and erasures reach it no more. To delete it: DROP SCHEMA ${schema} CASCADE\n`,
      );
    });
}

async function add(name: string, options: AddOptions, terminal: Terminal): Promise<void> {
  const address = parseWarehouseUrl(options.url);
  const folder = chooseDataFolder(options.data, terminal.env);
  const password = secretPlace('password', { variable: options.passwordEnv, file: options.passwordFile });
  const ssl = options.ssl ?? (isLocalHost(address.host) ? 'disable' : 'verify-full');
  const added = await addWarehouse(folder, { name, ...address, schema: options.schema, ssl, password });
  terminal.out(
    `Added ${added.name} (${addressText(added)}, schema ${added.schema}). Next: warehouse test ${shellWord(added.name)}\n`,
  );
}

async function test(
  typed: string | undefined,
  options: DataOption & { readonly json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const folder = existingDataFolder(options.data, terminal.env);
  const warehouse = await chosenWarehouse(folder, typed);
  const { zone } = await loadInstances(folder);
  const password = passwordOf(warehouse, terminal.env);
  try {
    const facts = await loadWarehouse(__dirname).testWarehouse(folder, warehouse, password);
    terminal.out(
      options.json === true
        ? jsonText({ name: warehouse.name, ...facts })
        : plainText(factsText(warehouse, facts, zone)),
    );
  } catch (error) {
    throw warehouseFailure(error, terminal);
  }
}
