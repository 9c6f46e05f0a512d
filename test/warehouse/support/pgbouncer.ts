import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { postgresPassword, warehouseAt } from './warehouses';

/** Whether this machine has PgBouncer. */
export const hasPgBouncer = spawnSync('pgbouncer', ['--version']).status === 0;

/** A PgBouncer in front of the server for tests. */
export interface PgBouncer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts one that knows the owner of the server's database. @param more lines of its configuration */
export async function startPgBouncer(mode: string, ...more: readonly string[]): Promise<PgBouncer> {
  const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'));
  // As root it becomes somebody else.
  chmodSync(folder, 0o755);
  const { host, port: server, database, user } = warehouseAt('any');
  const port = await freePort();
  writeFileSync(join(folder, 'users.txt'), `"${user}" "${postgresPassword()}"\n`);
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    [
      ...['[databases]', `${database} = host=${host} port=${server}`],
      ...['[pgbouncer]', 'listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir ='],
      ...[
        `pool_mode = ${mode}`,
        'auth_type = scram-sha-256',
        `auth_file = ${join(folder, 'users.txt')}`,
        ...more,
      ],
    ].join('\n'),
  );
  const isRoot = process.getuid?.() === 0;
  const child = spawn('pgbouncer', [...(isRoot ? ['-u', 'nobody'] : []), join(folder, 'pgbouncer.ini')]);
  await isUp(child);
  return {
    port,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function isUp(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`PgBouncer did not start:\n${said.join('\n')}`)));
    if (child.stderr === null) {
      throw new Error('PgBouncer says nothing');
    }
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      if (line.includes('process up')) {
        resolve();
      }
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
