import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { connect } from '../../../src/warehouse/connect';
import type { SslMode, Warehouse } from '../../../src/warehouse/warehouseTypes';
import { useTemporaryFolder } from '../store/builders';

/** What a client of PostgreSQL asks first where it wants TLS. */
const TLS_REQUEST = Buffer.from('0000000804d2162f', 'hex');

/** `E`, the length, and the fields of an error: severity, code and message. */
const REFUSAL = ((): Buffer => {
  const fields = Buffer.from('SFATAL\0C28P01\0Mno\0\0');
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(4 + fields.length, 1);
  return Buffer.concat([head, fields]);
})();

/** A server that speaks TLS with a certificate that nobody trusts, and then refuses everybody. */
async function startServer(folder: string): Promise<Server> {
  const [keyPath, certPath] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '1',
      ],
      ...['-subj', '/CN=localhost', '-keyout', keyPath, '-out', certPath],
    ],
    { stdio: 'ignore' },
  );
  const [key, cert] = [readFileSync(keyPath), readFileSync(certPath)];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (asked) => {
      assert.deepEqual(asked, TLS_REQUEST);
      socket.write('S');
      const secure = new TLSSocket(socket, { isServer: true, key, cert });
      secure.on('error', () => undefined);
      secure.once('data', () => secure.end(REFUSAL));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('a warehouse behind TLS', function () {
  const folder = useTemporaryFolder();
  let server: Server;
  before(function () {
    if (spawnSync('openssl', ['version']).status !== 0) {
      this.skip();
    }
  });
  beforeEach(async () => {
    server = await startServer(folder());
  });
  afterEach(() => server.close());

  const connecting = (ssl: SslMode): Promise<unknown> => {
    const { port } = server.address() as AddressInfo;
    const warehouse: Warehouse = {
      ...{ name: 'Lake', host: 'localhost', port, database: 'usage', user: 'sync', schema: 'openwebui' },
      ssl,
    };
    return connect(warehouse, 'secret');
  };

  it('must prove who it is', async () => {
    await assert.rejects(connecting('verify-full'), {
      name: 'WarehouseError',
      message:
        'The certificate of the warehouse Lake does not prove that it is localhost (self-signed certificate). Use the name in the certificate, or set NODE_EXTRA_CA_CERTS to the file of the authority that signed it.',
    });
  });

  it('may be anybody where that was asked for', async () => {
    await assert.rejects(connecting('require'), {
      name: 'WarehouseError',
      message: 'The warehouse Lake refuses the user sync or the password. Check both.',
    });
  });
});
