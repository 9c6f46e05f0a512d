import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';

/** A column as Parquet types it; every value may be NULL. */
export interface ParquetColumn {
  readonly name: string;
  readonly element: Omit<SchemaElement, 'name' | 'repetition_type'>;
}

/** A Parquet file, group of rows by group of rows: memory holds one of them. */
export class ParquetFile {
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;
  readonly #columns: readonly ParquetColumn[];

  /** @param columns with names that are unique */
  constructor(columns: readonly ParquetColumn[]) {
    this.#columns = columns;
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: [
        { name: 'root', num_children: columns.length },
        ...columns.map(({ name, element }) => ({ ...element, name, repetition_type: 'OPTIONAL' as const })),
      ],
      createdBy: 'OpenWebUI Sync',
    });
  }

  /** @param values of each column, all `count` long @returns the bytes of the group */
  group(values: readonly unknown[][], count: number): Uint8Array {
    void this.#writer.write({
      columnData: this.#columns.map(({ name }, index) => ({ name, data: values[index] ?? [] })),
      rowGroupSize: count,
    });
    return this.#taken();
  }

  /** The bytes that end the file. */
  end(): Uint8Array {
    void this.#writer.finish();
    return this.#taken();
  }

  /** The bytes since the last time. The writer goes on counting, which its offsets need. */
  #taken(): Uint8Array {
    const part = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    return part;
  }
}
