import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ServerInfo, ServersReply, ServersRequest } from './servers';

/** The sample servers, in a process of their own so that their work does not slow what is measured. */
export class ServersProcess {
  readonly #child: ChildProcess;

  private constructor(
    child: ChildProcess,
    readonly servers: readonly ServerInfo[],
  ) {
    this.#child = child;
  }

  static async start(): Promise<ServersProcess> {
    const child = fork(join(__dirname, 'servers.ts'));
    const reply = await nextReply(child);
    if (reply.type !== 'started') {
      throw new Error(`The sample servers did not start: ${reply.type}`);
    }
    return new ServersProcess(child, reply.servers);
  }

  /** Requests that all servers have answered so far. */
  async requests(): Promise<number> {
    const reply = await this.#ask({ type: 'count' });
    return reply.type === 'counted' ? reply.requests.reduce((sum, count) => sum + count, 0) : 0;
  }

  /** @returns the number of chats that changed. */
  async change(share: number): Promise<number> {
    const reply = await this.#ask({ type: 'change', share });
    return reply.type === 'changed' ? reply.chats : 0;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.send({ type: 'stop' } satisfies ServersRequest);
    await ended;
  }

  async #ask(request: ServersRequest): Promise<ServersReply> {
    const reply = nextReply(this.#child);
    this.#child.send(request);
    return reply;
  }
}

async function nextReply(child: ChildProcess): Promise<ServersReply> {
  const early = new AbortController();
  try {
    return await Promise.race([
      once(child, 'message', { signal: early.signal }).then(([reply]) => reply as ServersReply),
      once(child, 'exit', { signal: early.signal }).then(([code]) => {
        throw new Error(`The sample servers ended with code ${String(code)}.`);
      }),
    ]);
  } finally {
    early.abort();
  }
}
