import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { WarehouseModule } from './warehouseTypes';

/**
 * What speaks to warehouses, from a bundle of its own: `pg` is not loaded before this is called. Node keeps what was
 * loaded once.
 * @param distFolder the folder of the bundles
 */
export function loadWarehouse(distFolder: string): WarehouseModule {
  const file = join(distFolder, 'warehouse.js');
  return createRequire(file)(file) as WarehouseModule;
}
