import assert from 'node:assert/strict';
import type { Clock } from '../../../../src/sync/engine/syncTypes';
import { OpenWebUiClient } from '../../../../src/sync/openwebui/client';
import { isFailure, type OpenWebUiError } from '../../../../src/sync/openwebui/failures';
import { LogLines } from '../engine/harness';

const RETRIES = 3;
const ROUTE = { path: '/api/models' } as const;

/** Longer than any wait between two tries. */
const TIMEOUT_MS = 3_600_000;

/** Waits between tries pass at once, time-outs never come. */
const clock: Clock = {
  now: () => 0,
  sleep: (ms) => (ms === TIMEOUT_MS ? new Promise(() => undefined) : Promise.resolve()),
};

type Answer = 'lost' | 'ok' | number;

describe('a server that does not answer any more', () => {
  /** A client whose requests are answered in turn; the last answer is repeated. */
  function clientOf(...answers: Answer[]): { client: OpenWebUiClient; asked: () => number } {
    let asked = 0;
    const fetch: typeof globalThis.fetch = () => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      if (answer === 'lost') {
        return Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } }));
      }
      const status = answer === 'ok' ? 200 : (answer ?? 200);
      const headers = { 'content-type': 'application/json' };
      return Promise.resolve(new Response('{"detail":"x"}', { status, headers }));
    };
    const policy = { timeoutMs: TIMEOUT_MS, delayMs: 0, retries: RETRIES, concurrency: 4 };
    const client = new OpenWebUiClient({
      url: 'http://example.org',
      policy,
      clock,
      log: new LogLines(),
      fetch,
    });
    return { client, asked: () => asked };
  }

  async function failureOf(client: OpenWebUiClient): Promise<OpenWebUiError> {
    try {
      await client.getJson(ROUTE);
    } catch (error) {
      assert.ok(isFailure(error), String(error));
      return error;
    }
    throw new Error('It did not fail');
  }

  async function askTimes(client: OpenWebUiClient, times: number): Promise<void> {
    for (let request = 0; request < times; request++) {
      await client.getJson(ROUTE).catch(() => undefined);
    }
  }

  it('is not asked again after five requests in a row were given up', async () => {
    const { client, asked } = clientOf('lost');
    await askTimes(client, 5);
    assert.equal(asked(), 5 * (RETRIES + 1));
    const failure = await failureOf(client);
    assert.deepEqual([failure.code, failure.reach], ['connectionLost', 'run']);
    assert.match(failure.message, /connection to example\.org broke off/);
    await askTimes(client, 1_000);
    assert.equal(asked(), 5 * (RETRIES + 1));
  });

  it('is asked on while the failures are fewer, each of them its request’s own', async () => {
    const { client } = clientOf('lost');
    await askTimes(client, 4);
    assert.equal((await failureOf(client)).reach, 'item');
  });

  it('is asked on when an answer comes in between', async () => {
    const lost: Answer[] = Array<Answer>(4 * (RETRIES + 1)).fill('lost');
    const { client, asked } = clientOf(...lost, 'ok', ...lost, 'ok');
    await askTimes(client, 10);
    assert.equal(asked(), 2 * (lost.length + 1));
  });

  it('counts any answer of the server for a sign of life, also an exception', async () => {
    const { client, asked } = clientOf(500);
    await askTimes(client, 10);
    assert.equal(asked(), 10 * (RETRIES + 1));
  });

  it('is taken for down when a proxy says so', async () => {
    const { client } = clientOf(502);
    await askTimes(client, 5);
    const failure = await failureOf(client);
    assert.deepEqual([failure.code, failure.reach, failure.status], ['serverError', 'run', 502]);
  });

  it('ends the tries of requests that are under way too', async () => {
    const { client, asked } = clientOf('lost');
    const lane = async (): Promise<void> => askTimes(client, 50);
    await Promise.all([lane(), lane(), lane(), lane()]);
    assert.ok(asked() <= 8 * (RETRIES + 1), String(asked()));
  });
});
