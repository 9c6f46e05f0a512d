import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

const ADDRESS = 'OPENWEBUI_SYNC_POSTGRES';

/** The address of the server for tests, with its password. @throws Error outside of `npm test -- --suite=warehouse` */
export function postgresAddress(): string {
  const address = process.env[ADDRESS];
  if (address === undefined) {
    throw new Error(
      `${ADDRESS} is not set. Run: npm test -- --suite=warehouse, or node scripts/postgres.mjs`,
    );
  }
  return address;
}

/** A schema of its own on the server for tests. */
export interface TestSchema {
  readonly name: string;
  /** Its search path is the schema alone. */
  readonly client: Client;
  /** Takes the schema away and closes the connection. */
  drop(): Promise<void>;
}

export async function createSchema(): Promise<TestSchema> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new Client({ connectionString: postgresAddress() });
  await client.connect();
  await client.query(`CREATE SCHEMA ${name}`);
  await client.query(`SET search_path TO ${name}`);
  return {
    name,
    client,
    drop: async () => {
      await client.query(`DROP SCHEMA ${name} CASCADE`);
      await client.end();
    },
  };
}

/** A schema for each test, made anew. */
export interface SchemaOfTest extends Pick<TestSchema, 'name' | 'client'> {
  /** The first column of a statement's rows. */
  readonly values: (sql: string) => Promise<unknown[]>;
}

/** Makes a schema before each test and takes it away afterwards. */
export function useSchema(): SchemaOfTest {
  let schema: TestSchema;
  beforeEach(async () => (schema = await createSchema()));
  afterEach(() => schema.drop());
  return {
    get name() {
      return schema.name;
    },
    get client() {
      return schema.client;
    },
    values: async (sql) => {
      const { rows } = await schema.client.query<unknown[]>({ text: sql, rowMode: 'array' });
      return rows.map(([value]) => value);
    },
  };
}
