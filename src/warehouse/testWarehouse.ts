import { dataFolderAt } from '../store/files/dataFolder';
import { newestGeneration } from '../store/files/fileGeneration';
import { connect } from './connect';
import { explainConnection } from './connectionErrors';
import { mirrorIdOf } from './push/mirrorId';
import { hasWarehouse, readFacts, readLastPush } from './schema/bookkeeping';
import { assertMayMake, assertUsable } from './schema/ensureTables';
import type { Warehouse, WarehouseFacts } from './warehouseTypes';

/**
 * Connects, and looks whether a push could begin, or reports be read where there is no mirror.
 * @throws WarehouseError that says what hinders one
 */
export async function testWarehouse(
  root: string,
  warehouse: Warehouse,
  password: string | undefined,
): Promise<WarehouseFacts> {
  const client = await connect(warehouse, password);
  try {
    const { rows } = await client.query<{ server: string; tls: boolean | null }>(
      `SELECT split_part(version(), ' on ', 1) AS server,
         (SELECT s.ssl FROM pg_stat_ssl s WHERE s.pid = pg_backend_pid()) AS tls`,
    );
    const common = { server: rows[0]?.server ?? '', isEncrypted: rows[0]?.tls === true };
    if (!(await hasWarehouse(client, warehouse.schema))) {
      await assertMayMake(client, warehouse);
      return { ...common, isNew: true };
    }
    const hasMirror = newestGeneration(dataFolderAt(root).generations) > 0;
    assertUsable(await readFacts(client), warehouse, hasMirror ? await mirrorIdOf(root) : undefined);
    return { ...common, isNew: false, lastPush: await readLastPush(client) };
  } catch (error) {
    throw explainConnection(error, warehouse);
  } finally {
    await client.end().catch(() => undefined);
  }
}
