import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { generateCompany } from '../../../src/sample/company/company';
import { CliStage } from './cliStage';
import { startServer, type ServerProcess } from './serverProcess';

const company = () => generateCompany({ name: 'fasgpt', users: 5, chats: 12, messages: 40 });
const ENDLESS = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';
const OWN_TOKEN = 'correct-horse-battery-staple-0123456789';

describe('serve', function () {
  this.timeout(120_000);
  const stage = new CliStage(company);
  let server: ServerProcess;

  before(async () => {
    await stage.set();
    await stage.add();
    await stage.ok(['sync', '--full']);
    server = await startServer(['serve', '--data', stage.data]);
  });
  after(async () => {
    await server.stop();
    await stage.strike();
  });

  const asked = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(server.url + path, {
      ...init,
      headers: {
        authorization: `Bearer ${server.token}`,
        'content-type': 'application/json',
        // The server ends connections that nothing was asked on for a while, maybe just when the next question is sent.
        connection: 'close',
      },
    });

  const messages = async (): Promise<number> => {
    const body = JSON.stringify({ sql: 'SELECT COUNT(*) FROM messages' });
    const answer = (await (await asked('/v1/query', { method: 'POST', body })).json()) as {
      readonly rows: readonly (readonly number[])[];
    };
    return answer.rows[0]?.[0] ?? -1;
  };

  it('listens on this machine alone, and shows its token once', () => {
    assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/u);
    assert.equal(server.err().split(server.token).length, 2);
    assert.ok(server.token.length >= 43);
  });

  it('answers curl with the token, and tells it nothing without', function () {
    const curl = (...args: readonly string[]): string => {
      const { stdout, error } = spawnSync('curl', ['--silent', '--write-out', '\n%{http_code}', ...args], {
        encoding: 'utf8',
      });
      if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') {
        this.skip();
      }
      return stdout;
    };
    const bearer = ['--header', `Authorization: Bearer ${server.token}`];
    assert.match(curl(...bearer, `${server.url}/v1/instances`), /"name":"fasgpt".*\n200$/su);
    const query = ['--json', JSON.stringify({ sql: 'SELECT COUNT(*) AS n FROM users' })];
    assert.match(
      curl(...bearer, ...query, `${server.url}/v1/query`),
      /^\{"columns":\["n"\],"rows":\[\[5\]\].*\n200$/su,
    );
    assert.match(curl(...bearer, `${server.url}/metrics`), /^openwebui_sync_last_run_status\{.*\n200$/msu);
    for (const header of [[], ['--header', `Authorization: Bearer ${server.token}x`]]) {
      const refused = curl(...header, `${server.url}/v1/instances`);
      assert.match(refused, /"code":"unauthorized".*\n401$/su);
      assert.doesNotMatch(refused, /fasgpt/u);
    }
  });

  it('gives the report that the command line writes', async () => {
    const served = (await (await asked('/v1/reports/users?period=all')).json()) as {
      readonly datasets: object;
    };
    const written = JSON.parse(
      await stage.ok(['report', 'users', '--period', 'all', '--format', 'json']),
    ) as { readonly datasets: object };
    assert.deepEqual(served.datasets, written.datasets);
  });

  it('answers nobody who takes it for another server', async () => {
    const { port } = new URL(server.url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: 'attacker.example', authorization: `Bearer ${server.token}` };
      request({ host: '127.0.0.1', port, path: '/v1/instances', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    assert.equal(status, 421);
  });

  it('serves what was synced meanwhile, without a restart', async () => {
    const before = await messages();
    const [chat] = stage.server.world.chats.all();
    assert.ok(chat);
    stage.server.world.chats.addTurn(chat.id, { prompt: 'One more.' });
    await stage.ok(['sync', '--full']);
    assert.ok((await messages()) > before);
  });

  it('answers everybody of a crowd, if only that too many ask at once', async () => {
    const body = JSON.stringify({ sql: 'SELECT 1' });
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => asked('/v1/query', { method: 'POST', body })),
    );
    const statuses = new Set(answers.map(({ status }) => status));
    assert.deepEqual([...statuses].sort(), [200, 429]);
    const late = answers.find(({ status }) => status === 429);
    assert.equal(late?.headers.get('retry-after'), '2');
    await Promise.all(answers.map((answer) => answer.text()));
  });

  it('stops a question that nobody waits for any more', async () => {
    const another = await startServer(['serve', '--data', stage.data, '--time-limit', '3600']);
    const query = (sql: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`${another.url}/v1/query`, {
        ...init,
        method: 'POST',
        headers: { authorization: `Bearer ${another.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ sql }),
      });
    const leaving = new AbortController();
    const endless = query(ENDLESS, { signal: leaving.signal });
    // It is answered once the first one makes room.
    const next = query('SELECT 1');
    await fetch(`${another.url}/healthz`);
    leaving.abort();
    await assert.rejects(endless, { name: 'AbortError' });
    assert.equal((await next).status, 200);
    assert.equal(await another.stop(), 0);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`ends at ${signal} with code 0, in the middle of a question, too`, async () => {
      const another = await startServer(['serve', '--data', stage.data]);
      const question = fetch(`${another.url}/v1/query`, {
        method: 'POST',
        headers: { authorization: `Bearer ${another.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ sql: ENDLESS }),
      }).then(
        ({ status }) => status,
        () => undefined,
      );
      // Its answer shows that the question before it has arrived.
      await fetch(`${another.url}/healthz`);
      assert.equal(await another.stop(signal), 0, another.err());
      assert.notEqual(await question, 200);
    });
  }

  it('refuses to listen to other machines unless told to, and then without a token of the person', async () => {
    await stage.fails(
      ['serve', '--host', '0.0.0.0'],
      2,
      /^Other machines could connect to 0\.0\.0\.0\..*--allow-remote/u,
    );
    await stage.fails(['serve', '--host', '::'], 2, /--allow-remote/u);
    await stage.fails(['serve', '--host', '0.0.0.0', '--allow-remote'], 2, /needs a token of your own/u);
    await stage.fails(['mcp', '--http', '--host', '0.0.0.0'], 2, /--allow-remote/u);
    await stage.fails(
      ['mcp', '--http', '--host', '0.0.0.0', '--allow-remote'],
      2,
      /needs a token of your own/u,
    );
    await stage.fails(['mcp', '--port', '1234'], 2, /belong to --http/u);
  });

  it('takes no token that is weak, missing, or that others can read', async () => {
    const weak = await stage.run(['serve', '--token-env', 'WEAK'], { env: { WEAK: 'secret' } });
    assert.deepEqual([weak.code, /at least 32/u.test(weak.err)], [2, true], weak.err);
    assert.doesNotMatch(weak.err, /secret/u);
    await stage.fails(['serve', '--token-env', 'NO_SUCH_VARIABLE'], 1, /NO_SUCH_VARIABLE.* is not set/u);
    const file = join(stage.data, '..', `token-${process.pid}`);
    writeFileSync(file, `${OWN_TOKEN}\n`);
    chmodSync(file, 0o644);
    if (process.platform !== 'win32') {
      await stage.fails(['serve', '--token-file', file], 1, /chmod 600/u);
    }
    chmodSync(file, 0o600);
    const another = await startServer(['serve', '--data', stage.data, '--token-file', file]);
    const headers = { authorization: `Bearer ${OWN_TOKEN}` };
    assert.equal((await fetch(`${another.url}/v1/instances`, { headers })).status, 200);
    assert.doesNotMatch(another.err(), new RegExp(OWN_TOKEN, 'u'));
    assert.equal(await another.stop(), 0);
  });

  it('listens to other machines where somebody says so and chose a token', async () => {
    const args = [
      'serve',
      '--data',
      stage.data,
      '--host',
      '0.0.0.0',
      '--allow-remote',
      '--token-env',
      'OWN_TOKEN',
    ];
    const another = await startServer(args, { OWN_TOKEN });
    const { port } = new URL(another.url);
    const place = `http://127.0.0.1:${port}/v1/instances`;
    assert.equal((await fetch(place)).status, 401);
    assert.equal((await fetch(place, { headers: { authorization: `Bearer ${OWN_TOKEN}` } })).status, 200);
    assert.equal(await another.stop(), 0);
  });

  it('says that a port is taken', async () => {
    const { port } = new URL(server.url);
    await stage.fails(['serve', '--port', port], 1, /^Port \d+ is taken\. Choose another one with --port\./u);
  });
});
