import { setTimeout as delay } from 'node:timers/promises';
import { errors } from 'playwright-core';

/**
 * Milliseconds for what takes long by itself, such as a sync or the start of a window. A busy machine takes many times what an
 * idle one does: this is when a test gives up, not how long anything may take.
 */
export const longMs = 300_000;

/** Milliseconds for one try of what is tried again. */
export const tryMs = 10_000;

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

/**
 * Whether something of the browser comes about within its time.
 * @throws whatever else goes wrong with it
 */
export async function comesAbout(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) {
      return false;
    }
    throw error;
  }
}

/** As Playwright takes it. @param timeout in milliseconds; undefined: the page's */
export function timeoutOf(timeout: number | undefined): { readonly timeout?: number } {
  return timeout === undefined ? {} : { timeout };
}
