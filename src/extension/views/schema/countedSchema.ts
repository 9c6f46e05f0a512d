import { NoDatabaseError } from '../../../store/errors';
import type { ReportReader } from '../../../store/resultSet';
import { countRows } from '../../../store/schema/countRows';
import { describeSchema } from '../../../store/schema/describeSchema';
import type { SchemaTable } from '../../../store/schema/schemaTypes';

/** A database with what is known of it. */
interface KnownSchema {
  readonly tables: readonly SchemaTable[];
  /** Rows by name; empty until they are counted. */
  readonly counts: ReadonlyMap<string, number>;
}

const NOTHING: KnownSchema = { tables: [], counts: new Map() };

/** What it tells of. */
export interface CountedSchemaEvents {
  /** The rows of what was read last are counted. */
  readonly onCounted: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** The schema of the file generation that was read last; its rows are counted once, after it is there. */
export class CountedSchema {
  #read: { readonly sourceId: string; readonly generation: number } | undefined;
  #known = NOTHING;

  constructor(private readonly events: CountedSchemaEvents) {}

  /** The newest schema of a source; nothing while there is no database. @throws SqlError */
  async read(sourceId: string, reader: Pick<ReportReader, 'query' | 'generation'>): Promise<KnownSchema> {
    const generation = await reader.generation();
    const before = this.#read;
    if (before?.sourceId === sourceId && before.generation === generation) {
      return this.#known;
    }
    const tables = generation === 0 ? [] : await tablesOf(reader);
    // Old numbers stand until the new ones are there: nothing flickers while syncs publish.
    const counts = before?.sourceId === sourceId ? this.#known.counts : NOTHING.counts;
    this.#read = { sourceId, generation };
    this.#known = { tables, counts };
    if (tables.length > 0) {
      void this.#count(this.#known, reader);
    }
    return this.#known;
  }

  async #count(known: KnownSchema, reader: Pick<ReportReader, 'query'>): Promise<void> {
    try {
      const counts = await countRows(reader, known.tables);
      if (this.#known === known) {
        this.#known = { ...known, counts };
        this.events.onCounted();
      }
    } catch (error) {
      this.events.onFailure(error);
    }
  }
}

async function tablesOf(reader: Pick<ReportReader, 'query'>): Promise<readonly SchemaTable[]> {
  try {
    return await describeSchema(reader);
  } catch (error) {
    if (error instanceof NoDatabaseError) {
      return [];
    }
    throw error;
  }
}
