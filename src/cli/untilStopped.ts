import type { RunningServer } from '../serve/serversModule';
import type { Terminal } from './terminal';

/** Keeps a server at work until its client has gone or somebody ends it: that is how it is meant to end, and no failure. */
export async function untilStopped(
  server: RunningServer,
  { signal }: Pick<Terminal, 'signal'>,
): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([server.ended, stopped]);
  await server.close();
}
