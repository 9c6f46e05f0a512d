/** Keeps copies of tables as they are now. @returns puts them back */
export function backUp(tables: readonly Map<string, unknown>[]): () => void {
  const kept = tables.map((rows) => structuredClone(rows));
  return () => {
    tables.forEach((rows, index) => {
      rows.clear();
      for (const [id, row] of structuredClone(kept[index] ?? [])) {
        rows.set(id, row);
      }
    });
  };
}
