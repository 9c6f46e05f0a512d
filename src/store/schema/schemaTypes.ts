/** A column as people see it. */
export interface SchemaColumn {
  readonly name: string;
  /** As declared; '' where a view computes it. */
  readonly type: string;
  /** From docs/schema.md; undefined where the page says nothing of it. */
  readonly meaning: string | undefined;
}

/** A table or view of the database as people see it. */
export interface SchemaTable {
  readonly name: string;
  readonly kind: 'table' | 'view';
  /** What one row is, from docs/schema.md. */
  readonly meaning: string | undefined;
  /** Not documented in docs/schema.md, so not meant for people's statements. */
  readonly isInternal: boolean;
  readonly columns: readonly SchemaColumn[];
}
