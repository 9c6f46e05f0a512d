import type { ReportReader } from '../../../src/store/resultSet';
import { createPostgresReader } from '../../../src/warehouse/reading/postgresReader';
import type { TestMirror } from '../../unit/reports/mirror';
import { copyTable, loadMirror } from './loadMirror';
import { createSchema, type TestSchema } from './postgres';

/** A mirror and a warehouse with the same rows. */
export class Twin {
  readonly mirror: TestMirror;
  readonly warehouse: ReportReader;
  readonly #schema: TestSchema;

  private constructor(mirror: TestMirror, schema: TestSchema) {
    this.mirror = mirror;
    this.#schema = schema;
    this.warehouse = {
      ...createPostgresReader(schema.client, () => Promise.resolve(1)),
      dispose: () => undefined,
    };
  }

  static async of(mirror: TestMirror): Promise<Twin> {
    const schema = await createSchema();
    await loadMirror(mirror, schema.client);
    // As autovacuum would have done by the time that anybody asks.
    await schema.client.query('ANALYZE');
    return new Twin(mirror, schema);
  }

  /** Brings tables of the warehouse to what the mirror holds now. */
  async copy(...tables: readonly string[]): Promise<void> {
    for (const table of tables) {
      await copyTable(this.mirror, this.#schema.client, table);
    }
  }

  async dispose(): Promise<void> {
    this.mirror.dispose();
    await this.#schema.drop();
  }
}
