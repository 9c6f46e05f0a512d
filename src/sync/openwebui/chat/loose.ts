/** Fields of a JSON object, none of them certain. */
export type Fields = Readonly<Record<string, unknown>>;

/** The list itself; anything else is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The object itself; anything else has no fields. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
