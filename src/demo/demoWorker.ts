import { parentPort, workerData } from 'node:worker_threads';
import { buildDemo } from './buildDemo';
import type { DemoOrder, DemoProgress } from './protocol';

/** Least time between two messages. */
const TELL_EVERY_MS = 100;

if (parentPort === null) {
  throw new Error('The demo is made in a worker only');
}
const port = parentPort;
let toldAt = 0;

// A failure is thrown into the extension as the thread's error.
void buildDemo(workerData as DemoOrder, (running) => {
  const now = Date.now();
  if (now - toldAt >= TELL_EVERY_MS) {
    toldAt = now;
    port.postMessage({ type: 'progress', running } satisfies DemoProgress);
  }
});
