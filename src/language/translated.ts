/**
 * A table of words that is read in the language of the moment. Modules are loaded before the language is known, so a plain
 * constant would stay English. The keys must not depend on the language.
 */
export function translated<T extends object>(words: () => T): T {
  const table = words();
  for (const key of Object.keys(table) as (keyof T)[]) {
    Object.defineProperty(table, key, { enumerable: true, get: () => words()[key] });
  }
  return table;
}
