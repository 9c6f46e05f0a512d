import type { Warehouse } from '../../warehouse/warehouseTypes';
import { pushOne } from '../commands/push';
import { CliError } from '../exitCodes';
import { plainText } from '../plainText';
import type { Terminal } from '../terminal';
import { chosenWarehouse, passwordOf } from '../warehouses';
import { pushText } from '../warehouseText';

/** A warehouse that a schedule can push to: nobody is there to type a password, or sets a variable. @throws CliError */
export async function unattendedWarehouse(folder: string, name: string): Promise<Warehouse> {
  const warehouse = await chosenWarehouse(folder, name);
  if (warehouse.password?.kind === 'environment') {
    throw new CliError(
      `The password of ${warehouse.name} is in an environment variable, which a schedule does not see. Remove it and add it again with a file that holds it: warehouse add NAME --url URL --password-file PATH`,
    );
  }
  passwordOf(warehouse, {});
  return warehouse;
}

/** Pushes what changed since the last push. @throws CliError, or what the push failed with */
export async function pushUnattended(terminal: Terminal, folder: string, name: string): Promise<void> {
  const warehouse = await chosenWarehouse(folder, name);
  terminal.out(plainText(pushText(warehouse, await pushOne(folder, warehouse, {}, terminal))));
}
