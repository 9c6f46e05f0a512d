/** A header of an answer, as Azure's pipeline iterates over them: name and value. */
export type Headers = Iterable<[string, string]>;

/** Least wait: an answer that says 0 must not make a storm of requests. */
const LEAST_MS = 1000;

/**
 * How long an answer asks to wait: the largest of all headers whose names end in `retry-after`, since Cost Management
 * has one for each of its limits (`x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after`, ...) and each must be kept.
 * @returns ms; undefined: no header says so
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const waits = [...headers]
    .filter(([name]) => name.toLowerCase().endsWith('retry-after'))
    .map(([, value]) => waitOf(value, now))
    .filter((ms) => Number.isFinite(ms));
  return waits.length === 0 ? undefined : Math.max(LEAST_MS, ...waits);
}

/** Seconds, or a date. */
function waitOf(value: string, now: number): number {
  const text = value.trim();
  return /^\d+(?:\.\d+)?$/u.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
}
