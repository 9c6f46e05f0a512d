import type { SampleServer } from '../sample/server';
import type { Instance } from '../store/instances/instance';

/** A company's server under the address that the demo gives it. */
export interface DemoServer {
  readonly instance: Instance;
  readonly server: SampleServer;
}

/** Reaches the servers by the addresses of their instances, and nothing else. */
export function fetchFrom(servers: readonly DemoServer[]): typeof globalThis.fetch {
  return (input, init) => {
    const { href } = new URL(input instanceof Request ? input.url : input);
    const found = servers.find(({ instance }) => href.startsWith(`${instance.url}/`));
    if (found === undefined) {
      return Promise.reject(new Error(`The demo has no server at ${href}`));
    }
    const { instance, server } = found;
    return globalThis.fetch(`${server.url}${href.slice(instance.url.length)}`, init);
  };
}
