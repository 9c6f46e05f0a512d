import { NoDatabaseError } from '../../../store/errors';
import { describeSchema } from '../../../store/schema/describeSchema';
import type { SchemaTable } from '../../../store/schema/schemaTypes';
import type { DataSource } from '../../sources/dataSource';

/** What the cache needs of a source. */
export type SchemaSource = Pick<DataSource, 'sourceId' | 'reader'> & {
  readonly mirror: { readonly status: { readonly generation: number } };
};

/** The tables of the newest generation of a source, read once. */
export class SchemaCache {
  #kept: { readonly key: string; readonly tables: Promise<readonly SchemaTable[]> } | undefined;

  /** None while nothing was mirrored. */
  tables({ sourceId, reader, mirror }: SchemaSource): Promise<readonly SchemaTable[]> {
    const { generation } = mirror.status;
    if (generation === 0) {
      return Promise.resolve([]);
    }
    const key = `${sourceId} ${generation}`;
    if (this.#kept?.key !== key) {
      const tables = describeSchema(reader).catch((error: unknown) => {
        // The next question tries again.
        this.#kept = undefined;
        if (error instanceof NoDatabaseError) {
          return [];
        }
        throw error;
      });
      this.#kept = { key, tables };
    }
    return this.#kept.tables;
  }
}
