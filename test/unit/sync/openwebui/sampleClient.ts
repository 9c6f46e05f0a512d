import { startSampleServer, type SampleServer } from '../../../../src/sample/server';
import type { SampleVersion } from '../../../../src/sample/versions';
import { DEFAULT_NOW, SampleWorld } from '../../../../src/sample/world';
import { systemClock } from '../../../../src/sync/engine/systemClock';
import { OpenWebUiClient } from '../../../../src/sync/openwebui/client';
import { FAST, LogLines } from '../engine/harness';

/** A sample server with an administrator, and clients that talk to it. */
export class SampleSide {
  readonly world: SampleWorld;
  readonly log = new LogLines();
  #seconds = DEFAULT_NOW;
  #server: SampleServer | undefined;

  private constructor(version: SampleVersion) {
    this.world = new SampleWorld({ version, clock: () => this.#seconds });
    this.world.users.add({ name: 'Ada', email: 'ada@example.org', role: 'admin' });
  }

  static async start(version: SampleVersion = '0.12.4'): Promise<SampleSide> {
    const side = new SampleSide(version);
    side.#server = await startSampleServer({ world: side.world });
    return side;
  }

  get server(): SampleServer {
    if (this.#server === undefined) {
      throw new Error('Not started');
    }
    return this.#server;
  }

  /** Paths with their queries, since the last call. */
  takeRequests(): readonly string[] {
    const paths = this.server.requests.map(({ path, query }) => path + query);
    this.server.clearRequests();
    return paths;
  }

  client(): OpenWebUiClient {
    const credential = { kind: 'apiKey', value: this.server.apiKey } as const;
    return new OpenWebUiClient({
      url: this.server.url,
      policy: { ...FAST, retries: 0 },
      clock: systemClock,
      log: this.log,
      credential,
    });
  }

  /** Lets time go by in the world. */
  wait(seconds: number): void {
    this.#seconds += seconds;
  }
}

/** A side for each test, closed after it. Call inside `describe`. */
export function useSampleSide(): (version?: SampleVersion) => Promise<SampleSide> {
  const open: SampleSide[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((side) => side.server.close()));
  });
  return async (version) => {
    const side = await SampleSide.start(version);
    open.push(side);
    return side;
  };
}
