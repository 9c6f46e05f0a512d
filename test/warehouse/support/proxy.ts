import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { warehouseAt } from './warehouses';

/** Stands between pushes and the server for tests, to count what goes over and to break it off. */
export interface TestProxy {
  readonly port: number;
  /** Bytes from the server, and to it, since the proxy began. */
  readonly received: () => number;
  readonly sent: () => number;
  /** Breaks connections off after so many more bytes to the server; Infinity: none. */
  readonly breakAfter: (bytes: number) => void;
  readonly close: () => Promise<void>;
}

export async function startProxy(): Promise<TestProxy> {
  const { host, port } = warehouseAt('any');
  const sockets = new Set<Socket>();
  let received = 0;
  let sent = 0;
  let left = Infinity;
  const server = createServer((near) => {
    const far = connect(port, host);
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', end).on('close', end);
    }
    near.on('data', (chunk) => {
      sent += chunk.length;
      left -= chunk.length;
      if (left < 0) {
        end();
      } else {
        far.write(chunk);
      }
    });
    far.on('data', (chunk) => {
      received += chunk.length;
      near.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    received: () => received,
    sent: () => sent,
    breakAfter: (bytes) => void (left = bytes),
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}
