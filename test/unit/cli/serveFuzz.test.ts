import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { generateCompany } from '../../../src/sample/company/company';
import { CliStage } from './cliStage';
import { startServer, type ServerProcess } from './serverProcess';

const company = () => generateCompany({ name: 'fasgpt', users: 4, chats: 8, messages: 24 });

/** What may be answered to whatever is asked: no error of the server. */
const CALM = new Set([200, 400, 401, 403, 404, 405, 413, 415, 421, 422, 429, 431]);

describe('serve, whatever it is sent', function () {
  this.timeout(240_000);
  const stage = new CliStage(company);
  let server: ServerProcess;
  let files: ReadonlyMap<string, string>;

  before(async () => {
    await stage.set();
    await stage.add();
    await stage.ok(['sync', '--full']);
    server = await startServer(['serve', '--data', stage.data]);
    files = filesIn(stage.data);
  });
  after(async () => {
    await server.stop();
    await stage.strike();
  });
  afterEach('answers still, and has changed no file', async () => {
    assert.equal((await ask('SELECT COUNT(*) FROM users')).status, 200);
    assert.deepEqual(filesIn(stage.data), files);
  });

  const headers = ({ token } = server): Record<string, string> => ({
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    // The server ends connections that nothing was asked on for a while, maybe just when the next question is sent.
    connection: 'close',
  });

  const send = async (body: string, to = server): Promise<Response> => {
    const response = await fetch(`${to.url}/v1/query`, { method: 'POST', headers: headers(to), body });
    const text = await response.text();
    assert.ok(
      CALM.has(response.status),
      `${response.status} to ${body.slice(0, 200)}: ${text.slice(0, 200)}`,
    );
    JSON.parse(text);
    return response;
  };
  const ask = (sql: string, more: object = {}): Promise<Response> => send(JSON.stringify({ sql, ...more }));

  it('runs none of the statements that reach beyond a reading copy', async () => {
    const target = join(stage.data, 'stolen.db').replaceAll("'", "''");
    const reaching = [
      `ATTACH '${target}' AS x`,
      `ATTACH 'file:${target}?mode=rwc' AS x`,
      `VACUUM INTO '${target}'`,
      'VACUUM',
      'PRAGMA writable_schema = ON',
      'PRAGMA query_only = OFF',
      'PRAGMA journal_mode = WAL',
      'PRAGMA user_version = 99',
      'DROP TABLE users',
      'DELETE FROM messages',
      'INSERT INTO instances (id, name) VALUES (99, 1)',
      "UPDATE users SET name = 'x' RETURNING *",
      "REPLACE INTO meta VALUES ('a', 'b')",
      'CREATE TABLE x (y)',
      'CREATE TEMP TABLE x AS SELECT 1',
      'CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT 1; END',
      'ALTER TABLE users RENAME TO x',
      'BEGIN IMMEDIATE',
      'COMMIT',
      'SAVEPOINT x',
      'REINDEX',
      'ANALYZE',
      'DETACH main',
      "SELECT load_extension('/tmp/x.so')",
      `SELECT writefile('${target}', 'x')`,
      "SELECT readfile('/etc/passwd')",
      "SELECT fts3_tokenizer('simple', x'00')",
      'SELECT * FROM pragma_database_list',
    ];
    for (const sql of reaching) {
      await ask(sql);
    }
    const kept = await ask(
      "SELECT (SELECT COUNT(*) FROM users), (SELECT COUNT(*) FROM sqlite_schema WHERE name = 'x')",
    );
    assert.equal(kept.status, 200);
  });

  it('refuses what reads or writes files, by name', async () => {
    for (const sql of [
      "SELECT load_extension('x')",
      "SELECT readfile('/etc/passwd')",
      "SELECT writefile('x', 'y')",
    ]) {
      assert.equal((await ask(sql)).status, 400, sql);
    }
  });

  it('stops statements without an end, and survives those that want all memory', async () => {
    const costly = [
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n',
      "WITH RECURSIVE n(s) AS (SELECT 'x' UNION ALL SELECT s || s FROM n) SELECT length(s) FROM n",
      'SELECT hex(zeroblob(1000000000))',
      'SELECT zeroblob(2000000000)',
      "SELECT printf('%.*c', 1000000000, 'x')",
      "SELECT replace(hex(zeroblob(50000000)), '0', 'xxxxxxxxxx')",
      'SELECT group_concat(a.content) FROM messages a, messages b, messages c, messages d, messages e',
      `SELECT ${'('.repeat(5_000)}1${')'.repeat(5_000)}`,
      `SELECT ${Array.from({ length: 3_000 }, () => '1').join(',')}`,
      `SELECT 1 ${'UNION ALL SELECT 1 '.repeat(2_000)}`,
      `SELECT ${'-'.repeat(2)}1`,
    ];
    const hasty = await startServer(['serve', '--data', stage.data, '--time-limit', '1']);
    const statusOf = async (sql: string) => (await send(JSON.stringify({ sql }), hasty)).status;
    for (const sql of costly) {
      await statusOf(sql);
    }
    assert.equal(await statusOf(costly[0] ?? ''), 422);
    let next = await statusOf('SELECT 1');
    while (next === 422) {
      // On a slow machine a new thread takes longer to start.
      next = await statusOf('SELECT 1');
    }
    assert.equal(next, 200);
    assert.equal(await hasty.stop(), 0);
  });

  it('takes any text for a statement', async () => {
    const words = [
      'SELECT',
      'FROM',
      'users',
      '*',
      '(',
      ')',
      ',',
      "'",
      '"',
      ';',
      '--',
      '/*',
      'WITH',
      '1',
      'NULL',
      '\u0000',
      ':a',
      '?1',
      '[',
      '`',
    ];
    const sql = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(sql, async (text) => {
        await ask(text);
      }),
      { numRuns: 80 },
    );
  });

  it('takes any limit and any parameters', async () => {
    const limit = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.constantFrom(null, '5', -1, 1e308, 10_001, true, [], {}),
    );
    const parameters = fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), {
      maxKeys: 4,
    });
    await fc.assert(
      fc.asyncProperty(limit, parameters, async (rows, values) => {
        await ask('SELECT :a, * FROM users', { limit: rows, parameters: values });
      }),
      { numRuns: 60 },
    );
    assert.equal((await ask('SELECT 1', { limit: Number.MAX_SAFE_INTEGER })).status, 400);
  });

  it('takes any body', async () => {
    const deep = 100_000;
    const bodies: readonly (readonly [body: string, status: number])[] = [
      ['', 400],
      ['null', 400],
      ['{"sql":', 400],
      [`${'['.repeat(deep)}${']'.repeat(deep)}`, 400],
      [`${'{"sql":'.repeat(20_000)}1${'}'.repeat(20_000)}`, 400],
      [`{"sql":"${'x'.repeat(60_000)}"}`, 400],
      [`{"sql":"${'x'.repeat(3_000_000)}"}`, 413],
      ['{"__proto__":{"sql":"SELECT 1"}}', 400],
      ['\ufeff{"sql":"SELECT 1"}', 200],
    ];
    for (const [body, status] of bodies) {
      const response = await send(body);
      assert.equal(response.status, status, body.slice(0, 40));
    }
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string({ unit: 'binary', maxLength: 100 })), async (body) => {
        await send(body);
      }),
      { numRuns: 60 },
    );
  });

  it('takes any address', async () => {
    await fc.assert(
      fc.asyncProperty(fc.webPath(), fc.webQueryParameters(), async (path, query) => {
        for (const place of [path, `/v1${path}`, `/v1/reports${path}`, `/v1/metrics/turns`]) {
          const response = await fetch(`${server.url}${place}?${query}`, { headers: headers() });
          await response.text();
          assert.ok(CALM.has(response.status), `${response.status} at ${place}?${query}`);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('takes any bytes for a request, and tells none of what it holds', async () => {
    const token = `Authorization: Bearer ${server.token}`;
    const host = 'Host: 127.0.0.1';
    const requests = [
      'GET / HTTP/1.1\r\n\r\n',
      `GET /v1/instances HTTP/1.1\r\n${host}\r\nHost: attacker.example\r\n${token}\r\nConnection: close\r\n\r\n`,
      `GET http://attacker.example/v1/instances HTTP/1.1\r\nHost: attacker.example\r\n${token}\r\nConnection: close\r\n\r\n`,
      `GET /v1/instances HTTP/1.1\r\n${host}\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
      `GET /v1/instances HTTP/1.1\r\n${host}\r\n${'A: b\r\n'.repeat(3_000)}Connection: close\r\n\r\n`,
      `GET /v1/instances HTTP/1.1\r\n${host}\r\nAuthorization: Bearer \u0000\r\n\r\n`,
      `POST /v1/query HTTP/1.1\r\n${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `POST /v1/query HTTP/1.1\r\n${host}\r\nContent-Length: -1\r\n\r\n`,
      `BREW /v1/query HTTP/1.1\r\n${host}\r\n\r\n`,
      `GET ${'/x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n\r\n`,
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001',
    ];
    for (const bytes of requests) {
      const answer = await sent(server.url, bytes);
      assert.doesNotMatch(answer, /^HTTP\/1\.1 (?:200|5\d\d)/u, bytes.slice(0, 60));
      assert.doesNotMatch(answer, /fasgpt/u);
    }
  });
});

/** Sends bytes and closes its end. @returns everything that comes back */
function sent(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.end(bytes, 'latin1'));
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
    // A connection that is cut says as much as it said.
    socket.on('error', () => undefined).on('close', () => resolve(answer));
  });
}

/** Every file below a folder with a hash of its bytes and the time of its last change. */
function filesIn(root: string): ReadonlyMap<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names.map((name) => {
      const path = join(root, name);
      const stat = statSync(path);
      return [
        name,
        stat.isDirectory()
          ? 'folder'
          : `${createHash('sha256').update(readFileSync(path)).digest('hex')} ${stat.mtimeMs}`,
      ];
    }),
  );
}
