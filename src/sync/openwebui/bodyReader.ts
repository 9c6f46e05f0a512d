import type { Clock } from '../engine/syncTypes';
import type { Watchdog } from './watchdog';

/** The largest answer that is read, in bytes. */
export const LARGEST_BODY = 64 * 1024 * 1024;
/** The longest that a whole answer may take, in ms. */
const LONGEST_ANSWER_MS = 10 * 60_000;

export interface BodyLimits {
  readonly clock: Clock;
  readonly watchdog: Watchdog;
  /** Longest wait for the next bytes. */
  readonly idleMs: number;
  /** The error for a body above {@link LARGEST_BODY}. */
  readonly onTooLarge: () => Error;
  readonly onBytes: (count: number) => void;
}

/** Reads a body to its end, within the limits of size, silence and whole time. */
export async function readBody(response: Response, limits: BodyLimits): Promise<Uint8Array> {
  if (Number(response.headers.get('content-length') ?? 0) > LARGEST_BODY) {
    await response.body?.cancel();
    throw limits.onTooLarge();
  }
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
  if (reader === undefined) {
    return new Uint8Array();
  }
  try {
    return joined(await chunksOf(reader, limits));
  } finally {
    // Frees the connection when reading ended early; after a complete read there is nothing left to cancel.
    void reader.cancel().catch(() => undefined);
  }
}

async function chunksOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { clock, watchdog, idleMs, onTooLarge, onBytes }: BodyLimits,
): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  const deadline = clock.now() + LONGEST_ANSWER_MS;
  let size = 0;
  for (;;) {
    const left = deadline - clock.now();
    if (left <= 0) {
      watchdog.expire();
      watchdog.signal.throwIfAborted();
    }
    const { done, value } = await watchdog.within(Math.min(idleMs, left), reader.read());
    if (done) {
      return chunks;
    }
    size += value.byteLength;
    onBytes(value.byteLength);
    if (size > LARGEST_BODY) {
      throw onTooLarge();
    }
    chunks.push(value);
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
