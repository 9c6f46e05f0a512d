import * as l10n from '@vscode/l10n';
import type { ReportReader } from '../../store/resultSet';
import { connect } from '../connect';
import { explainConnection } from '../connectionErrors';
import { hasWarehouse, readFacts } from '../schema/bookkeeping';
import { WarehouseError } from '../warehouseErrors';
import type { Warehouse } from '../warehouseTypes';
import { createPostgresReader } from './postgresReader';

/**
 * Connects to a warehouse for reports; nothing is ever written over this connection. Dispose of it afterwards.
 * @throws WarehouseError where it is not reachable, or nothing was pushed to it yet
 */
export async function openWarehouseReader(
  warehouse: Warehouse,
  password: string | undefined,
): Promise<ReportReader> {
  const client = await connect(warehouse, password);
  try {
    await client.query('SET default_transaction_read_only TO on');
    if (!(await hasWarehouse(client, warehouse.schema)) || (await generationOf()) === 0) {
      throw new WarehouseError(
        l10n.t(
          'Nothing was pushed to the warehouse {0} yet. Next: {1}',
          warehouse.name,
          `push ${warehouse.name}`,
        ),
      );
    }
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explainConnection(error, warehouse);
  }
  return {
    ...createPostgresReader(client, generationOf),
    dispose: () => void client.end().catch(() => undefined),
  };

  async function generationOf(): Promise<number> {
    return Number((await readFacts(client)).get('generation') ?? 0);
  }
}
