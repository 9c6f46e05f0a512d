import type { PushOptions, PushResult, Warehouse } from '../../../src/warehouse/warehouseTypes';
import { push } from '../../../src/warehouse/push/push';
import { postgresAddress } from './postgres';

/** The server for tests as a warehouse; its schema need not be there. */
export function warehouseAt(schema: string, changes: Partial<Warehouse> = {}): Warehouse {
  const { hostname, port, pathname, username } = new URL(postgresAddress());
  return {
    ...{ name: 'Lake', host: hostname, port: Number(port), database: pathname.slice(1), user: username },
    ...{ schema, ssl: 'disable' as const },
    ...changes,
  };
}

export function postgresPassword(): string {
  return new URL(postgresAddress()).password;
}

/** Pushes a data folder to a schema of the server for tests. */
export function pushTo(
  schema: string,
  root: string,
  changes: Partial<PushOptions> = {},
): Promise<PushResult> {
  return push({
    ...{ root, warehouse: warehouseAt(schema), password: postgresPassword(), clientVersion: '0.1.0' },
    signal: new AbortController().signal,
    ...changes,
  });
}
