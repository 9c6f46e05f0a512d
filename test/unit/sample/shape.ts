/** Objects whose keys are data (ids, model names): their values are compared, not their keys. */
const MAPS = new Set(['messages', 'models', 'base_models']);

/**
 * What a recorded body has and another one lacks, as paths. Null fits every type; of a list, each recorded row must
 * have a row that covers it.
 */
export function missingFrom(recorded: unknown, actual: unknown, path = '$'): string[] {
  if (recorded === null || actual === null) {
    return [];
  }
  if (Array.isArray(recorded)) {
    return Array.isArray(actual)
      ? recorded.flatMap((row, index) => missingRow(row, actual, `${path}[${index}]`))
      : [`${path} is no list`];
  }
  if (typeof recorded !== typeof actual || Array.isArray(actual)) {
    return [`${path} is a ${typeof actual}, recorded is a ${typeof recorded}`];
  }
  return isRecord(recorded) && isRecord(actual) ? missingFields(recorded, actual, path) : [];
}

function missingFields(
  recorded: Record<string, unknown>,
  actual: Record<string, unknown>,
  path: string,
): string[] {
  if (MAPS.has(path.split('.').at(-1) ?? '')) {
    return missingFrom(Object.values(recorded), Object.values(actual), `${path}(values)`);
  }
  return Object.entries(recorded).flatMap(([key, value]) =>
    key in actual ? missingFrom(value, actual[key], `${path}.${key}`) : [`${path}.${key} is missing`],
  );
}

function missingRow(row: unknown, candidates: readonly unknown[], path: string): string[] {
  const attempts = candidates.map((candidate) => missingFrom(row, candidate, path));
  const [best] = attempts.sort((left, right) => left.length - right.length);
  return best ?? [`${path} has nothing to compare with`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
