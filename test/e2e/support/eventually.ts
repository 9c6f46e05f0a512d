import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 100;

/**
 * Asks again until there is an answer.
 * @param ask gives `undefined` or `false` as long as there is none
 * @param what names the thing in the failure
 * @throws when the time is over
 */
export async function eventually<T>(
  ask: () => Promise<T | undefined | false>,
  what: string,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (Date.now() > deadline) {
      throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
    }
    await delay(pollMs);
  }
}
