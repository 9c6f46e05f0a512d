/** A value that JSON holds: a `bigint` anywhere in it is a fault of types, and not one of a command that did its work. */
type InJson<T> = T extends bigint
  ? never
  : T extends object
    ? { readonly [Key in keyof T]: InJson<T[Key]> }
    : T;

/** What `--json` writes to standard output: one document, for people to read too. */
export function jsonText<T>(value: T & InJson<T>): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
