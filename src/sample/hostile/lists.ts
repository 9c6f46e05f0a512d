/** A row of a list as JSON. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** Keys under which the versions put the rows of a list. */
const ROW_KEYS = ['items', 'users', 'data'] as const;

/** Changes the rows of a list's answer, be it an array or an object that holds one; other answers stay. */
export function withRows(body: unknown, change: (rows: readonly JsonRow[]) => readonly unknown[]): unknown {
  if (Array.isArray(body)) {
    return change(body as readonly JsonRow[]);
  }
  const fields = body as JsonRow | null;
  const key = ROW_KEYS.find((name) => Array.isArray(fields?.[name]));
  return key === undefined || fields === null
    ? body
    : { ...fields, [key]: change(fields[key] as readonly JsonRow[]) };
}

/** Changes every object of a JSON value, innermost first. */
export function withObjects(value: unknown, change: (fields: JsonRow) => JsonRow): unknown {
  if (Array.isArray(value)) {
    return value.map((part: unknown) => withObjects(part, change));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const parts = Object.entries(value).map(([name, part]): [string, unknown] => [
    name,
    withObjects(part, change),
  ]);
  return change(Object.fromEntries(parts));
}
