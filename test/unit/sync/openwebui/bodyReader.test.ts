import assert from 'node:assert/strict';
import type { Clock } from '../../../../src/sync/engine/syncTypes';
import { LARGEST_BODY, readBody } from '../../../../src/sync/openwebui/bodyReader';
import { Watchdog } from '../../../../src/sync/openwebui/watchdog';

const MINUTE = 60_000;
const MB = 1024 * 1024;

/** Time that the server's bytes bring along; nobody sleeps to the end. */
class ByteClock implements Clock {
  time = 0;
  now = (): number => this.time;
  sleep = (): Promise<void> => new Promise<void>(() => undefined);
}

describe('reading a body', () => {
  const clock = new ByteClock();
  const watchdog = new Watchdog(clock, new AbortController().signal);

  /** An answer that goes on until the reader has enough, `msPerChunk` for each chunk. */
  function endless(chunk: Uint8Array, msPerChunk: number): Response {
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      clock.time += msPerChunk;
      controller.enqueue(chunk);
    };
    return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
  }

  async function read(response: Response): Promise<{ bytes: number; error: unknown }> {
    let bytes = 0;
    const limits = {
      clock,
      watchdog,
      idleMs: MINUTE,
      onTooLarge: () => new Error('too large'),
      onBytes: (count: number) => (bytes += count),
    };
    try {
      await readBody(response, limits);
    } catch (error) {
      return { bytes, error };
    }
    throw new Error('It came to an end');
  }

  it('stops after ten minutes, however steadily bytes drip', async () => {
    const dripping = new Watchdog(clock, new AbortController().signal);
    const before = clock.time;
    await assert.rejects(
      readBody(endless(new Uint8Array(1), MINUTE), {
        clock,
        watchdog: dripping,
        idleMs: 2 * MINUTE,
        onTooLarge: () => new Error('too large'),
        onBytes: () => undefined,
      }),
    );
    assert.equal(dripping.isTimedOut, true);
    assert.equal(clock.time - before, 10 * MINUTE);
  });

  it('stops above 64 MB when no length was told', async () => {
    const { bytes, error } = await read(endless(new Uint8Array(MB), 1));
    assert.match(String(error), /too large/);
    assert.equal(bytes, LARGEST_BODY + MB);
  });

  it('reads nothing of a body whose length is told to be more', async () => {
    const response = new Response('{}', { headers: { 'content-length': String(LARGEST_BODY + 1) } });
    const { bytes, error } = await read(response);
    assert.match(String(error), /too large/);
    assert.equal(bytes, 0);
  });
});
