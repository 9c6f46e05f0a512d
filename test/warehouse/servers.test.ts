import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { Client, escapeLiteral } from 'pg';
import { openWarehouseReader } from '../../src/warehouse/reading/openWarehouseReader';
import { testWarehouse } from '../../src/warehouse/testWarehouse';
import type { Warehouse, WarehouseFacts } from '../../src/warehouse/warehouseTypes';
import { runCli } from '../unit/cli/runCli';
import { exchange, useMirrors } from '../unit/store/builders';
import { publishChat } from '../unit/store/shards';
import { createDatabase, createOddDatabase, type TestDatabase } from './support/oddDatabase';
import { useSchema } from './support/postgres';
import { assertEqualToMirror } from './support/pushed';
import { postgresPassword, pushTo, warehouseAt } from './support/warehouses';

/** Every sign that means something in an address, in a password file or in SQL, and what PostgreSQL prepares before it hashes. */
const SPECIAL = 'pä ß\'"\\/:@?#%&=+$,;{}[]\u00a0\u2126%41';

describe('The server of a warehouse', function () {
  this.timeout(180_000);
  const { root, open } = useMirrors();
  const databases: TestDatabase[] = [];
  const roles: string[] = [];
  afterEach(async () => {
    for (const database of databases.splice(0)) {
      await database.drop();
    }
    for (const role of roles.splice(0)) {
      await schema.client.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });

  const schema = useSchema();
  const { values } = schema;

  const test = (changes: Partial<Warehouse>, password = postgresPassword()): Promise<WarehouseFacts> =>
    testWarehouse(root(), warehouseAt(schema.name, changes), password);

  /** What a connection fails with; never the password. */
  const failing = async (changes: Partial<Warehouse>, password = postgresPassword()): Promise<string> => {
    const error = await test(changes, password).then(
      () => assert.fail('It connected'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof Error && error.name === 'WarehouseError', String(error));
    assert.ok(!error.message.includes(password), error.message);
    return error.message;
  };

  const createRole = async (options: string): Promise<string> => {
    const role = `${schema.name}_${roles.length}`;
    await schema.client.query(`CREATE ROLE ${role} LOGIN ${options}`);
    roles.push(role);
    return role;
  };

  const createdDatabase = async (making: Promise<TestDatabase>): Promise<TestDatabase> => {
    const database = await making;
    databases.push(database);
    return database;
  };

  it('tells what it is', async () => {
    const { server, ...facts } = await test({});
    assert.match(server, /^PostgreSQL \d+/u);
    assert.deepEqual(facts, { isEncrypted: false, isNew: true });
  });

  it('is not there, or not as it is called', async () => {
    const address =
      /^The warehouse Lake is not reachable at .+, port \d+\. Check its address and the network\.$/u;
    for (const changes of [{ port: 1 }, { host: 'localhost', port: 1 }, { host: 'nowhere.invalid' }]) {
      assert.match(await failing(changes), address);
    }
    assert.match(await failing({ host: '/nowhere' }), address);
    assert.equal(
      await failing({ database: 'nothing' }),
      'The warehouse Lake has no database nothing. Check the name, or create it there.',
    );
  });

  it('hangs up before it says anything', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    assert.match(
      await failing({ port }),
      /^The warehouse Lake is not reachable at 127\.0\.0\.1, port \d+\./u,
    );
    server.close();
  });

  it('refuses whom it does not know, or does not want', async () => {
    const refused = /^The warehouse Lake refuses the user \S+ or the password\. Check both\.$/u;
    assert.match(await failing({}, 'wrong'), refused);
    assert.match(await failing({ user: 'nobody_of_this_name' }, 'wrong'), refused);
    roles.push('shut_out');
    await schema.client.query("CREATE ROLE shut_out LOGIN PASSWORD 'x-secret-x'");
    assert.match(
      await failing({ user: 'shut_out' }, 'x-secret-x'),
      /^The warehouse Lake does not let the user shut_out in \(pg_hba\.conf rejects connection .+\)\. Check its rules for this machine \(pg_hba\.conf\), and whether it wants TLS\.$/u,
    );
    const full = await createRole("PASSWORD 'x-secret-x' CONNECTION LIMIT 0");
    assert.match(await failing({ user: full }, 'x-secret-x'), /has too many connections open/u);
  });

  it('says who may not connect, make or read what', async () => {
    const user = await createRole("PASSWORD 'x-secret-x'");
    const closed = await createdDatabase(createDatabase(''));
    await closed.run(`REVOKE ALL ON DATABASE ${closed.name} FROM PUBLIC`);
    assert.match(
      await failing({ user, database: closed.name }, 'x-secret-x'),
      new RegExp(
        `may not connect to the warehouse Lake .* GRANT CONNECT ON DATABASE ${closed.name} TO ${user}`,
        'u',
      ),
    );
    publishChat(await open(), 'one', exchange('one'));
    await pushTo(schema.name, root());
    const reading = (): Promise<unknown> =>
      openWarehouseReader(warehouseAt(schema.name, { user }), 'x-secret-x').then((reader) =>
        reader.dispose(),
      );
    const unreadable = {
      name: 'WarehouseError',
      message: new RegExp(
        `^The user ${user} may not read the warehouse Lake .* GRANT USAGE ON SCHEMA ${schema.name} TO ${user}; GRANT SELECT ON ALL TABLES`,
        'u',
      ),
    };
    await assert.rejects(reading(), unreadable);
    await schema.client.query(`GRANT USAGE ON SCHEMA ${schema.name} TO ${user}`);
    await assert.rejects(reading(), unreadable);
    await schema.client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${schema.name} TO ${user}`);
    await reading();
  });

  it('takes no changes', async () => {
    publishChat(await open(), 'one', exchange('one'));
    const frozen = await createdDatabase(createDatabase('', { default_transaction_read_only: 'on' }));
    await assert.rejects(
      pushTo(schema.name, root(), { warehouse: warehouseAt(schema.name, { database: frozen.name }) }),
      {
        name: 'WarehouseError',
        message:
          /^The warehouse Lake takes no changes \(.+\): it is a replica, or was made read-only\. Name the server/u,
      },
    );
  });

  for (const encryption of ['scram-sha-256', 'md5']) {
    it(`takes a password of any signs that it keeps by ${encryption}`, async () => {
      await schema.client.query(`SET password_encryption TO '${encryption}'`);
      const user = await createRole(`PASSWORD ${escapeLiteral(SPECIAL)}`);
      await schema.client.query(`GRANT CREATE ON DATABASE postgres TO ${user}`);
      const [kept] = await values(`SELECT rolpassword FROM pg_authid WHERE rolname = '${user}'`);
      assert.ok(String(kept).toLowerCase().startsWith(encryption), String(kept));
      assert.equal((await test({ user, schema: `${schema.name}_new` }, SPECIAL)).isNew, true);
      assert.match(await failing({ user }, `${SPECIAL}!`), /refuses the user/u);
    });
  }

  it('takes a password of any signs from a file and from the environment', async () => {
    const user = await createRole(`PASSWORD ${escapeLiteral(SPECIAL)}`);
    await schema.client.query(`GRANT ALL ON SCHEMA ${schema.name} TO ${user}`);
    const { host, port, database } = warehouseAt(schema.name);
    const path = join(root(), 'password');
    writeFileSync(path, `${SPECIAL}\n`, { mode: 0o600 });
    const url = `postgres://${user}@${host}:${port}/${database}`;
    const places = { Env: ['--password-env', 'LAKE_PASSWORD'], File: ['--password-file', path] };
    for (const [name, place] of Object.entries(places)) {
      const data = join(root(), name);
      const common = { env: { LAKE_PASSWORD: SPECIAL, OPENWEBUI_SYNC_DATA: data } };
      const added = [
        'warehouse',
        'add',
        name,
        '--url',
        url,
        '--schema',
        schema.name,
        ...place,
        '--data',
        data,
      ];
      assert.equal((await runCli(added, common)).code, 0);
      const { out, err } = await runCli(['warehouse', 'test', name, '--data', data], common);
      assert.match(out, /answers: PostgreSQL/u, err);
    }
  });

  it('is reached by a socket of this machine, and by IPv6', async () => {
    const [sockets] = await values('SHOW unix_socket_directories');
    const { port, database, user } = warehouseAt(schema.name);
    assert.equal((await test({ host: String(sockets) })).isEncrypted, false);
    const encoded = encodeURIComponent(String(sockets));
    const hosts = [encoded, ...(hasIpv6() ? ['[::1]'] : [])];
    for (const host of hosts) {
      const url = `postgres://${user}@${host}:${port}/${database}`;
      const data = join(root(), String(hosts.indexOf(host)));
      const env = { LAKE_PASSWORD: postgresPassword() };
      const add = [
        'warehouse',
        'add',
        'Lake',
        '--url',
        url,
        '--schema',
        schema.name,
        '--password-env',
        'LAKE_PASSWORD',
      ];
      const added = await runCli([...add, '--data', data], { env });
      assert.ok(added.out.includes(`(${url},`), added.out + added.err);
      const { out, err } = await runCli(['warehouse', 'test', '--data', data], { env });
      assert.match(out, /Lake answers: PostgreSQL .+, not encrypted\./u, err);
    }
    assert.equal(
      await failing({ host: String(sockets), ssl: 'require' }),
      'The warehouse Lake offers no TLS. Turn it on there, or add the warehouse again without TLS.',
    );
  });

  it('is encrypted where that is asked for, and proves who it is', async function () {
    const [authority] = await values('SHOW ssl_ca_file');
    if (authority === '') {
      this.skip();
    }
    assert.equal((await test({ ssl: 'require' })).isEncrypted, true);
    const stranger =
      /^The certificate of the warehouse Lake does not prove that it is \S+ \(self-signed certificate in certificate chain\)\./u;
    assert.match(await failing({ ssl: 'verify-full', host: 'localhost' }), stranger);
    const { port, database, user } = warehouseAt(schema.name);
    const env = { LAKE_PASSWORD: postgresPassword(), NODE_EXTRA_CA_CERTS: String(authority) };
    const asked = async (host: string): Promise<string> => {
      const data = join(root(), host);
      const url = `postgres://${user}@${host}:${port}/${database}`;
      const more = ['--schema', schema.name, '--ssl', 'verify-full', '--password-env', 'LAKE_PASSWORD'];
      await runCli(['warehouse', 'add', 'Lake', '--url', url, ...more, '--data', data], { env });
      const { out, err } = await runCli(['warehouse', 'test', '--data', data], { env });
      return out + err;
    };
    assert.match(await asked('localhost'), /^Lake answers: PostgreSQL .+, encrypted\./u);
    // The certificate is of the name alone.
    assert.match(await asked('127.0.0.1'), /does not prove that it is 127\.0\.0\.1 .*altnames/u);
  });

  it('is refused where it cannot keep every text', async () => {
    const other = await createdDatabase(createDatabase("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"));
    const message = `The database ${other.name} of the warehouse Lake cannot hold every text: its encoding is LATIN1. Make another one: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`;
    assert.equal(await failing({ database: other.name }), message);
    publishChat(await open(), 'one', exchange('one'));
    const warehouse = warehouseAt(schema.name, { database: other.name });
    await assert.rejects(pushTo(schema.name, root(), { warehouse }), { message });
  });

  it('changes no value by what it prefers', async () => {
    const odd = await createdDatabase(createOddDatabase());
    publishChat(await open(), 'Ünï', exchange('Ünï 日本 \\ \u{1f600}'));
    const warehouse = warehouseAt(schema.name, { database: odd.name });
    await pushTo(schema.name, root(), { warehouse });
    const client = new Client({ connectionString: odd.address });
    await client.connect();
    await client.query(
      `SET search_path TO ${schema.name}; SET extra_float_digits TO 1; SET statement_timeout TO 0`,
    );
    await assertEqualToMirror(client, root());
    await client.end();
    assert.deepEqual((await pushTo(schema.name, root(), { warehouse, isFull: true })).tables, {});
  });
});

function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address === '::1'),
  );
}
