/** Equal names get a number from the second one on: `id`, `id_2`. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let count = 2; seen.has(unique); count += 1) {
      const numbered = `${name}_${count}`;
      unique = taken.has(numbered) ? unique : numbered;
    }
    seen.add(unique);
    return unique;
  });
}
