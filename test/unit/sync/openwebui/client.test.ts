import assert from 'node:assert/strict';
import { systemClock } from '../../../../src/sync/engine/systemClock';
import { readVersion, signIn } from '../../../../src/sync/openwebui/auth';
import { fetchChat } from '../../../../src/sync/openwebui/chats';
import { OpenWebUiClient, type ClientOptions } from '../../../../src/sync/openwebui/client';
import { isFailure, type FailureCode } from '../../../../src/sync/openwebui/failures';
import { userPages } from '../../../../src/sync/openwebui/users';
import { LogLines } from '../engine/harness';
import { inTurn, POLICY, RetryClock, useLocalServers, type CannedAnswer } from './localServer';

const KEY = 'sk-0123456789abcdef';

describe('OpenWebUiClient', () => {
  const log = new LogLines();
  const serve = useLocalServers();

  function clientOf(url: string, changes: Partial<ClientOptions> = {}): OpenWebUiClient {
    const credential = { kind: 'apiKey', value: KEY } as const;
    return new OpenWebUiClient({ url, policy: POLICY, clock: new RetryClock(), log, credential, ...changes });
  }

  async function failureOf(work: Promise<unknown>): Promise<FailureCode> {
    try {
      await work;
    } catch (error) {
      assert.ok(isFailure(error), String(error));
      assert.ok(!error.message.includes(KEY) && !error.message.includes('{'), error.message);
      return error.code;
    }
    throw new Error('It did not fail');
  }

  it('keeps the path of the address and sends the key, but not for the version', async () => {
    const seen: [url: string | undefined, key: string | undefined][] = [];
    const url = await serve((request, response) => {
      seen.push([request.url, request.headers.authorization]);
      response.setHeader('content-type', 'application/json').end('{"version":"0.9.6"}');
    });
    const client = clientOf(`${url}/chat/ui/`);
    assert.equal(await readVersion(client), '0.9.6');
    await client.getJson({ path: '/api/models' });
    assert.deepEqual(seen, [
      ['/chat/ui/api/version', undefined],
      ['/chat/ui/api/models', `Bearer ${KEY}`],
    ]);
  });

  it('asks for nothing outside its list', async () => {
    const client = clientOf('http://127.0.0.1:9');
    await assert.rejects(client.getJson({ path: '/api/v1/chats/all/db' }), /not among the allowed/);
    await assert.rejects(client.getJson({ path: '/api/v1/users/../../version' }), /not among the allowed/);
    assert.throws(() => fetchChat(client, '..'));
  });

  it('refuses addresses that are none, without repeating a password', () => {
    for (const url of ['chat.example.org', 'ftp://example.org', 'https://me:secret@example.org']) {
      assert.throws(
        () => clientOf(url),
        (error) => isFailure(error, 'badAddress') && !error.message.includes('secret'),
      );
    }
  });

  const answers: [string, CannedAnswer, FailureCode][] = [
    ['an unreadable token', { status: 401, body: { detail: '401 Unauthorized' } }, 'keyRejected'],
    ['no credential on old servers', { status: 403, body: { detail: 'Not authenticated' } }, 'keyRejected'],
    [
      'an unknown key',
      {
        status: 401,
        body: { detail: 'Your session has expired or the token is invalid. Please sign in again.' },
      },
      'keyRejected',
    ],
    [
      'keys switched off',
      { status: 403, body: { detail: 'Use of API key is not enabled in the environment.' } },
      'apiKeysOff',
    ],
    [
      'a path that keys may not use',
      { status: 403, body: { detail: 'API key not allowed here.' } },
      'endpointNotAllowed',
    ],
    [
      'an account without rights',
      {
        status: 401,
        body: { detail: 'You do not have permission to access this resource. Please contact …' },
      },
      'notAdmin',
    ],
    ['a web page', { status: 200, body: '<!doctype html><title>Sign in</title>' }, 'htmlInsteadOfJson'],
    [
      'a web page that claims to be JSON',
      { status: 200, body: '<html>', headers: { 'content-type': 'application/json' } },
      'htmlInsteadOfJson',
    ],
    [
      'a refusing proxy',
      { status: 403, body: '<html>', headers: { 'content-type': 'text/html' } },
      'refusedByProxy',
    ],
    ['a damaged server', { status: 500, body: 'Internal Server Error' }, 'serverError'],
    [
      'cut JSON',
      { status: 200, body: '[1,', headers: { 'content-type': 'application/json' } },
      'malformedJson',
    ],
    ['another form', { status: 200, body: { hello: 1 } }, 'unexpectedAnswer'],
    [
      'a redirect elsewhere',
      { status: 302, headers: { location: 'https://login.example.org/?next=1' } },
      'redirected',
    ],
    ['a redirect to a page of its own', { status: 302, headers: { location: '/login' } }, 'redirected'],
  ];
  for (const [what, answer, code] of answers) {
    it(`takes ${what} for ${code}`, async () => {
      const client = clientOf(await serve(inTurn(answer)));
      assert.equal(await failureOf(userPages(client, 'email').next()), code);
    });
  }

  it('never carries the key to another origin', async () => {
    let asked = 0;
    const other = await serve((_request, response) => {
      asked += 1;
      response.end();
    });
    const url = await serve(inTurn({ status: 307, headers: { location: `${other}/api/version` } }));
    assert.equal(await failureOf(readVersion(clientOf(url))), 'redirected');
    assert.equal(asked, 0);
  });

  it('follows a redirect to an allowed path of the same origin', async () => {
    const listener = inTurn(
      { status: 307, headers: { location: '/api/version' } },
      { status: 200, body: { version: '1' } },
    );
    assert.equal(await readVersion(clientOf(await serve(listener))), '1');
    assert.equal(listener.seen.length, 2);
  });

  it('tries four times, with pauses that grow up to a bound', async () => {
    const listener = inTurn({ status: 502, body: 'Bad gateway' });
    const clock = new RetryClock();
    const client = clientOf(await serve(listener), { clock, random: () => 1 });
    assert.equal(await failureOf(client.getJson({ path: '/api/models' })), 'serverError');
    assert.equal(listener.seen.length, 4);
    assert.deepEqual(clock.waits, [1_000, 2_000, 4_000]);
    assert.deepEqual([client.statistics.requests, client.statistics.retries], [4, 3]);
  });

  it('does not repeat what a repetition cannot mend', async () => {
    const listener = inTurn({ status: 403, body: { detail: 'no' } });
    await failureOf(clientOf(await serve(listener)).getJson({ path: '/api/models' }));
    assert.equal(listener.seen.length, 1);
  });

  it('waits as long as it is asked to, in seconds or until a date of the server’s clock', async () => {
    const date = new Date(Date.UTC(2030, 0, 1)).toUTCString();
    const listener = inTurn(
      { status: 429, headers: { 'retry-after': '7' } },
      {
        status: 503,
        headers: { date, 'retry-after': new Date(Date.UTC(2030, 0, 1, 0, 0, 30)).toUTCString() },
      },
      { status: 200, body: { version: '1' } },
    );
    const clock = new RetryClock();
    await readVersion(clientOf(await serve(listener), { clock }));
    assert.ok(clock.waits.includes(7_000) && clock.waits.includes(30_000), String(clock.waits));
  });

  it('does not wait longer than two minutes', async () => {
    const listener = inTurn({ status: 429, headers: { 'retry-after': '121' } });
    const client = clientOf(await serve(listener));
    await assert.rejects(client.getJson({ path: '/api/models' }), (error) => {
      assert.ok(isFailure(error, 'rateLimited'));
      assert.equal(error.retryAfterMs, 121_000);
      assert.match(error.message, /in 3 minutes/);
      return true;
    });
    assert.equal(listener.seen.length, 1);
  });

  it('ends a request that nothing comes from', async () => {
    const url = await serve(() => undefined);
    const policy = { ...POLICY, timeoutMs: 30, retries: 0 };
    const client = clientOf(url, { policy, clock: systemClock });
    assert.equal(await failureOf(readVersion(client)), 'timeout');
  });

  it('ends a body that stops coming', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"version"');
    });
    const policy = { ...POLICY, timeoutMs: 30, retries: 0 };
    assert.equal(await failureOf(readVersion(clientOf(url, { policy, clock: systemClock }))), 'timeout');
  });

  it('leaves out what is larger than 64 MB', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': String(65 * 1024 * 1024),
      });
      response.write('{');
    });
    assert.equal(await failureOf(fetchChat(clientOf(url), 'c1')), 'tooLarge');
  });

  it('notices a connection that breaks off', async () => {
    const url = await serve((request) => request.socket.destroy());
    const policy = { ...POLICY, retries: 0 };
    assert.equal(await failureOf(readVersion(clientOf(url, { policy }))), 'connectionLost');
  });

  it('names what goes wrong below HTTP', async () => {
    const cause = Object.assign(new Error('x'), { code: 'ENOTFOUND' });
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
    const client = clientOf('http://example.org', { fetch, policy: { ...POLICY, retries: 0 } });
    assert.equal(await failureOf(readVersion(client)), 'dns');
  });

  it('stops at once when cancelled, even if fetch does not listen', async () => {
    const abort = new AbortController();
    const fetch = () => new Promise<Response>(() => undefined);
    const work = readVersion(clientOf('http://example.org', { fetch, signal: abort.signal }));
    const waiting = assert.rejects(work, { name: 'AbortError' });
    abort.abort();
    await waiting;
  });

  it('measures how far the server’s clock is off', async () => {
    const now = Date.UTC(2025, 10, 16, 12);
    const clock = Object.assign(new RetryClock(), { now: () => now });
    const date = new Date(now + 600_000).toUTCString();
    const url = await serve(inTurn({ status: 200, body: { version: '1' }, headers: { date } }));
    const client = clientOf(url, { clock });
    await readVersion(client);
    assert.equal(client.statistics.skewMs, 600_000);
    assert.equal(client.serverNow, (now + 600_000) / 1000);
  });

  it('has at most four requests under way', async () => {
    let active = 0;
    let most = 0;
    const fetch = async (): Promise<Response> => {
      most = Math.max(most, ++active);
      await new Promise(setImmediate);
      active -= 1;
      return Response.json({ version: '1' });
    };
    const client = clientOf('http://example.org', { fetch });
    await Promise.all(Array.from({ length: 30 }, () => readVersion(client)));
    assert.equal(most, 4);
  });

  it('takes 404 and strange answers at the version for another program', async () => {
    for (const answer of [{ status: 404 }, { status: 200, body: {} }, { status: 200, body: '<html>' }]) {
      assert.equal(await failureOf(readVersion(clientOf(await serve(inTurn(answer))))), 'notOpenWebUi');
    }
  });

  describe('signing in', () => {
    it('gives a token with its end, and sends no old key along', async () => {
      let key: string | undefined = 'unset';
      const url = await serve((request, response) => {
        key = request.headers.authorization;
        response
          .setHeader('content-type', 'application/json')
          .end('{"token":"eyJ.x.y","expires_at":1797903983}');
      });
      const credential = await signIn(clientOf(url), 'a@example.org', 'secret');
      assert.deepEqual(credential, { kind: 'token', value: 'eyJ.x.y', expiresAt: 1797903983 });
      assert.equal(key, undefined);
    });

    it('is tried once', async () => {
      const listener = inTurn({ status: 500, body: 'oops' });
      await failureOf(signIn(clientOf(await serve(listener)), 'a@example.org', 'secret'));
      assert.deepEqual(listener.seen, ['POST /api/v1/auths/signin']);
    });

    it('tells a wrong password from a second factor', async () => {
      const wrong = inTurn({ status: 400, body: { detail: 'The email or password provided is incorrect.' } });
      assert.equal(await failureOf(signIn(clientOf(await serve(wrong)), 'a', 'b')), 'wrongPassword');
      const factor = inTurn({ status: 200, body: { mfa_required: true } });
      assert.equal(await failureOf(signIn(clientOf(await serve(factor)), 'a', 'b')), 'secondFactor');
    });
  });

  it('logs neither keys nor passwords nor bodies', () => {
    const text = log.lines.join('\n');
    assert.ok(text.includes('/api/version'));
    for (const secret of [KEY, 'secret', 'eyJ', 'Bad gateway']) {
      assert.ok(!text.includes(secret), secret);
    }
  });
});
