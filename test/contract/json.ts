/** Careful reading of JSON whose shape only the server knows. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object itself, or an empty one where there is none. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** @throws Error when the field is absent: the caller cannot go on without it. */
export function requiredText(value: unknown, name: string): string {
  const text = objectOf(value)[name];
  if (typeof text !== 'string') {
    throw new Error(`No "${name}" in ${JSON.stringify(value).slice(0, 200)}`);
  }
  return text;
}
