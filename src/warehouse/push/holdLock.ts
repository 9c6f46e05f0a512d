import type { ClientBase } from 'pg';
import * as l10n from '@vscode/l10n';
import { WarehouseBusyError } from '../warehouseErrors';
import type { Warehouse } from '../warehouseTypes';

/** Keeps other pushes to the same schema away for as long as the connection lasts. @throws WarehouseBusyError */
export async function holdLock(client: ClientBase, { name, schema }: Warehouse): Promise<void> {
  const { rows } = await client.query<{ held: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held',
    [`openwebui-sync ${schema}`],
  );
  if (rows[0]?.held !== true) {
    throw new WarehouseBusyError(
      l10n.t('Another push to the warehouse {0} is under way. Wait for its end, or push again later.', name),
    );
  }
}
