import { Client } from 'pg';
import type { PushOptions, PushResult, Warehouse } from '../../../src/warehouse/warehouseTypes';
import { push } from '../../../src/warehouse/push/push';
import type { MirrorDatabase } from '../../../src/store/writer/mirrorDatabase';
import { useMirrors, type TestMirrors } from '../../unit/store/builders';
import { postgresAddress, useSchema, type SchemaOfTest } from './postgres';

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

/** The server may notice a moment later that a push is gone: until its lock is. */
export async function waitForOtherPush(): Promise<void> {
  const client = new Client({ connectionString: postgresAddress() });
  await client.connect();
  try {
    await client.query(
      `DO $$ BEGIN
         WHILE EXISTS (SELECT 1 FROM pg_locks l JOIN pg_stat_activity a USING (pid)
           WHERE l.locktype = 'advisory' AND a.application_name = 'openwebui-sync') LOOP
           PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot();
         END LOOP; END $$`,
    );
  } finally {
    await client.end();
  }
}

/** A mirror in a folder, a schema, and what brings one to the other: made anew for each test. */
export interface TestPushes extends TestMirrors {
  readonly schema: SchemaOfTest;
  readonly push: (changes?: Partial<PushOptions>) => Promise<PushResult>;
  /** Opens the mirror at a time (seconds since 1970), changes it and publishes. */
  readonly write: (now: number, work: (mirror: MirrorDatabase) => void) => Promise<void>;
}

export function usePushes(): TestPushes {
  const mirrors = useMirrors();
  const schema = useSchema();
  return {
    ...mirrors,
    schema,
    push: (changes) => pushTo(schema.name, mirrors.root(), changes),
    write: async (now, work) => {
      const mirror = await mirrors.open({ now: () => now });
      work(mirror);
      mirror.publish();
      mirrors.close(mirror);
    },
  };
}
