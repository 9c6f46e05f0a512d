import { Worker } from 'node:worker_threads';
import type { DemoOrder, DemoProgress } from '../../demo/protocol';

/** How a demo is made. */
export interface DemoThread {
  /** Bundle of `src/demo/demoWorker.ts`. */
  readonly workerPath: string;
  readonly order: DemoOrder;
  readonly onProgress: (running: DemoProgress['running']) => void;
  /** Ends the thread at once, its servers and writer with it. */
  readonly signal: AbortSignal;
}

/**
 * Makes a demo in a thread of its own.
 * @throws the signal's reason when cancelled, else what went wrong there
 */
export async function makeInThread({ workerPath, order, onProgress, signal }: DemoThread): Promise<void> {
  signal.throwIfAborted();
  const worker = new Worker(workerPath, { workerData: order });
  const end = (): void => void worker.terminate();
  signal.addEventListener('abort', end, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', ({ running }: DemoProgress) => onProgress(running));
      worker.on('error', reject);
      worker.on('exit', (code) => {
        if (code === 0 || signal.aborted) {
          resolve();
        } else {
          reject(new Error(`The thread that makes the demo ended with code ${code}`));
        }
      });
    });
  } finally {
    signal.removeEventListener('abort', end);
  }
  signal.throwIfAborted();
}
