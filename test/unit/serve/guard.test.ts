import assert from 'node:assert/strict';
import { ROUTES } from '../../../src/serve/routes/allRoutes';
import { ApiStage, HOST, problemIn, TOKEN } from './apiStage';

describe('The guard of the HTTP API', function () {
  this.timeout(120_000);
  const stage = new ApiStage();
  before(() => stage.set());
  after(() => stage.strike());

  const places = [
    ...ROUTES.filter(({ isOpen }) => isOpen !== true).map(({ path }) => path.replace('{id}', 'users')),
    '/openapi.json',
    '/',
    '/nowhere',
    '/v1/../healthz/x',
  ];

  it('tells nobody without the token anything, not even what there is', async () => {
    const wrong = [
      '',
      'Bearer',
      'Bearer ',
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(1)}`,
      `Basic ${TOKEN}`,
      TOKEN,
    ];
    const bodies = new Set<string>();
    for (const path of places) {
      for (const authorization of wrong) {
        const response = await stage.ask(path, { headers: { authorization } });
        assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer /u);
        bodies.add(JSON.stringify(await problemIn(response, 401)));
      }
    }
    assert.equal(bodies.size, 1, 'every refusal is the same');
  });

  it('takes the token and nothing else from the header, in any case of its scheme', async () => {
    assert.equal(
      (await stage.ask('/v1/instances', { headers: { authorization: `bearer ${TOKEN}` } })).status,
      200,
    );
    const response = await stage.ask(`/v1/instances?token=${TOKEN}`, { headers: { authorization: '' } });
    assert.equal(response.status, 401);
  });

  it('answers a watchdog without a token, and tells it nothing', async () => {
    const response = await stage.ask('/healthz', { headers: { authorization: '' } });
    assert.deepEqual([response.status, await response.text()], [200, 'ok\n']);
  });

  it('answers no page whose name was made to point to this machine', async () => {
    for (const host of [
      'attacker.example',
      'attacker.example:8787',
      '127.0.0.1.attacker.example',
      '10.0.0.1',
      'a b',
      '',
    ]) {
      for (const path of ['/v1/instances', '/healthz']) {
        const problem = await stage.refused(path, 421, { headers: { host } });
        assert.equal(problem.code, 'wrong_host', host);
      }
    }
    for (const host of ['localhost:1234', '127.0.0.1', '[::1]:8787', 'LOCALHOST']) {
      assert.equal((await stage.ask('/v1/instances', { headers: { host } })).status, 200, host);
    }
  });

  it('answers no page of another origin, and lets browsers read nothing', async () => {
    for (const origin of ['https://attacker.example', 'http://127.0.0.1:9999', 'null', 'file://']) {
      const response = await stage.ask('/v1/instances', { headers: { origin } });
      assert.equal(response.headers.get('access-control-allow-origin'), null);
      assert.equal((await problemIn(response, 403)).code, 'forbidden', origin);
    }
    const preflight = await stage.ask('/v1/query', {
      method: 'OPTIONS',
      headers: { origin: `http://${HOST}`, 'access-control-request-method': 'POST' },
    });
    assert.equal(preflight.headers.get('access-control-allow-origin'), null);
    assert.equal(preflight.status, 405);
  });

  it('lets nothing be kept, framed or taken for something else, answers that fail included', async () => {
    const answers = await Promise.all([
      stage.ask('/v1/instances'),
      stage.ask('/healthz'),
      stage.ask('/nowhere'),
      stage.ask('/v1/instances', { headers: { authorization: '' } }),
      stage.ask('/v1/query', stage.query({ sql: 'x' })),
      stage.ask('/v1/instances', { method: 'PUT' }),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 404, 401, 400, 405],
    );
    for (const { headers, status } of answers) {
      assert.equal(headers.get('cache-control'), 'no-store', String(status));
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/u);
    }
  });
});
