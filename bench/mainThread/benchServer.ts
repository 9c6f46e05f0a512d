import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { BenchServerOptions, BenchServerReply, BenchServerRequest } from './server';

/** A sample server in a process of its own, so that its work is not taken for ours. */
export class BenchServer {
  readonly #child: ChildProcess;

  private constructor(
    child: ChildProcess,
    readonly url: string,
    readonly apiKey: string,
  ) {
    this.#child = child;
  }

  static async start(options: BenchServerOptions): Promise<BenchServer> {
    const child = fork(join(__dirname, 'server.ts'), [JSON.stringify(options)]);
    const reply = await nextReply(child);
    if (reply.type !== 'started') {
      throw new Error(`The sample server did not start: ${reply.type}`);
    }
    return new BenchServer(child, reply.url, reply.apiKey);
  }

  /** Adds a turn to this share (0 to 1) of the chats. @returns how many that were */
  async change(share: number): Promise<number> {
    const reply = nextReply(this.#child);
    this.#child.send({ type: 'change', share } satisfies BenchServerRequest);
    const answer = await reply;
    return answer.type === 'changed' ? answer.chats : 0;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.send({ type: 'stop' } satisfies BenchServerRequest);
    await ended;
  }
}

async function nextReply(child: ChildProcess): Promise<BenchServerReply> {
  const ended = new AbortController();
  try {
    return await Promise.race([
      once(child, 'message', { signal: ended.signal }).then(([reply]) => reply as BenchServerReply),
      once(child, 'exit', { signal: ended.signal }).then(([code]) => {
        throw new Error(`The sample server ended with code ${String(code)}.`);
      }),
    ]);
  } finally {
    ended.abort();
  }
}
