import * as l10n from '@vscode/l10n';
import { confirm } from '../confirm';
import { chooseWarehouse } from './chooseWarehouse';
import type { Warehouses } from './warehouses';

/** Forgets a warehouse that is chosen, after a yes. @throws CancelledError, NoWarehouseError */
export async function removeWarehouse(warehouses: Warehouses): Promise<void> {
  const warehouse = await chooseWarehouse(l10n.t('Remove Warehouse'), await warehouses.list());
  await confirm({
    question: l10n.t('Remove the warehouse {0}?', warehouse.name),
    detail: l10n.t(
      'Its address and its password are forgotten. What was pushed to it stays there, and nothing that is erased here is erased there any more.',
    ),
    answers: [l10n.t('Remove')],
  });
  await warehouses.remove(warehouse);
}
