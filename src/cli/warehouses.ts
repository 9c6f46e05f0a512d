import { toError } from '../store/errors';
import { loadWarehouses, warehouseNamed } from '../warehouse/warehousesFile';
import type { Warehouse } from '../warehouse/warehouseTypes';
import { readSecret } from './credentials';
import { CliError, EXIT } from './exitCodes';
import type { Terminal } from './terminal';

/** What is said where none was added. */
export const NO_WAREHOUSE =
  'There is no warehouse yet. Next: warehouse add NAME --url postgres://user@host:port/database';

/** The warehouse of a name, or the only one where none was typed. @throws CliError */
export async function chosenWarehouse(folder: string, typed: string | undefined): Promise<Warehouse> {
  const warehouses = await loadWarehouses(folder);
  const [first, second] = warehouses;
  if (first === undefined) {
    throw new CliError(NO_WAREHOUSE);
  }
  if (typed === undefined && second !== undefined) {
    const names = warehouses.map(({ name }) => name).join(', ');
    throw new CliError(`There are several warehouses. Name one, or give --all: ${names}`, EXIT.usage);
  }
  const found = typed === undefined ? first : warehouseNamed(warehouses, typed);
  if (found === undefined) {
    const names = warehouses.map(({ name }) => name).join(', ');
    throw new CliError(`There is no warehouse "${typed ?? ''}". There is: ${names}`, EXIT.usage);
  }
  return found;
}

/** The password of a warehouse; undefined: where PostgreSQL's own programs look. @throws CliError when it is not there */
export function passwordOf({ name, password }: Warehouse, env: Terminal['env']): string | undefined {
  return password === undefined ? undefined : readSecret(password, env, `the password of ${name}`);
}

/** What a warehouse failed with, with its exit code: the bundle that speaks to warehouses has classes of its own. */
export function warehouseFailure(thrown: unknown, { signal }: Terminal): Error {
  const error = toError(thrown);
  if (signal.aborted) {
    return new CliError('Cancelled. What was pushed stays; push again to go on from there.', EXIT.cancelled);
  }
  return error.name === 'WarehouseBusyError' ? new CliError(error.message, EXIT.busy) : error;
}
