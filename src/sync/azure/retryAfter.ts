/** A header of an answer, as Azure's pipeline iterates over them: name and value. */
export type Headers = Iterable<[string, string]>;

/** Least wait: an answer that says 0 must not make a storm of requests. */
const LEAST_MS = 1000;
/** Longest wait: Azure's quotas are renewed each hour, and what is beyond a day is no time to wait for. */
const MOST_MS = 86_400_000;

/**
 * How long an answer asks to wait: the largest of all headers whose names end in `retry-after`, since Cost Management
 * has one for each of its limits (`x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after`, ...) and each must be kept.
 * @returns ms; undefined: no header says so
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const waits = [...headers]
    .filter(([name]) => name.toLowerCase().endsWith('retry-after'))
    .flatMap(([, value]) => waitsIn(value.trim(), now));
  return waits.length === 0 ? undefined : Math.min(MOST_MS, Math.max(LEAST_MS, ...waits));
}

/** Seconds, several of them where a proxy joined headers of one name, or a date as HTTP has it; nothing for any other text. */
function waitsIn(text: string, now: number): readonly number[] {
  if (/^\d+(?:\.\d+)?(?:\s*,\s*\d+(?:\.\d+)?)*$/u.test(text)) {
    return text.split(',').map((seconds) => Number(seconds) * 1000);
  }
  // Date.parse takes -5 for a day in May.
  const at = /^[a-z]+,? .* GMT$/iu.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? [] : [at - now];
}
