/** A connection that can be ended. */
interface Session {
  close(): Promise<void>;
}

const MOST = 64;

/**
 * Sessions of clients by id. Clients seldom say that they leave: of too many the one that was not used for longest ends.
 */
export class McpSessions<S extends Session> {
  /** Least recently used first. */
  readonly #sessions = new Map<string, S>();
  readonly #most: number;

  constructor(most = MOST) {
    this.#most = most;
  }

  add(id: string, session: S): void {
    this.#sessions.set(id, session);
    const [oldest] = this.#sessions;
    if (this.#sessions.size > this.#most && oldest !== undefined) {
      this.remove(oldest[0]);
      void oldest[1].close();
    }
  }

  /** The session, which counts as used. */
  find(id: string): S | undefined {
    const session = this.#sessions.get(id);
    if (session !== undefined) {
      this.#sessions.delete(id);
      this.#sessions.set(id, session);
    }
    return session;
  }

  remove(id: string | undefined): void {
    this.#sessions.delete(id ?? '');
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.close()));
  }
}
