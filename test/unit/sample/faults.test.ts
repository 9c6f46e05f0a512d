import assert from 'node:assert/strict';
import { holdAnswers } from '../../heldAnswers';
import { get, withServer } from './sampleClient';
import { emptyWorld } from './worlds';

const PATH = '/api/v1/users/';

describe('Planned faults of the sample server', () => {
  it('answer as told, as often as told', async () => {
    await withServer({ world: emptyWorld().world }, async (server) => {
      server.fail(
        PATH,
        { kind: 'reply', status: 429, body: { detail: 'slow down' }, headers: { 'retry-after': '7' } },
        2,
      );
      for (const status of [429, 429, 200]) {
        assert.equal((await get(server, PATH)).status, status);
      }
      server.fail(/page=2/, { kind: 'reply', status: 502, body: 'Bad Gateway' });
      assert.equal((await get(server, `${PATH}?page=1`)).status, 200);
      assert.equal((await get(server, `${PATH}?page=2`)).text, 'Bad Gateway');
    });
  });

  it('send the headers that are asked for', async () => {
    await withServer({ world: emptyWorld().world }, async (server) => {
      server.fail(PATH, { kind: 'reply', status: 503, headers: { 'retry-after': '7' } });
      assert.equal((await get(server, PATH)).headers.get('retry-after'), '7');
    });
  });

  it('can be taken back', async () => {
    await withServer({ world: emptyWorld().world }, async (server) => {
      const takeBack = server.fail(PATH, { kind: 'html' }, Infinity);
      assert.equal((await get(server, PATH)).contentType, 'text/html; charset=utf-8');
      takeBack();
      assert.equal((await get(server, PATH)).contentType, 'application/json');
    });
  });

  it('cut the connection', async () => {
    await withServer({ world: emptyWorld().world }, async (server) => {
      server.fail(PATH, { kind: 'reset' });
      await assert.rejects(get(server, PATH));
      server.fail(PATH, { kind: 'truncate', cut: 'announced' });
      await assert.rejects(get(server, PATH));
    });
  });

  it('end an answer early in a way that looks right', async () => {
    await withServer({ world: emptyWorld().world }, async (server) => {
      server.fail(PATH, { kind: 'truncate', cut: 'silent' });
      const answer = await get(server, PATH);
      assert.equal(answer.status, 200);
      assert.throws(() => answer.json(), SyntaxError);
    });
  });

  it('leave a request hanging until it is given up', async () => {
    await withServer({ world: emptyWorld().world }, async (server) => {
      for (const after of ['request', 'headers', 'half'] as const) {
        server.fail(PATH, { kind: 'hang', after });
        const asked = fetch(server.url + PATH, { signal: AbortSignal.timeout(50) }).then((response) =>
          response.text(),
        );
        await assert.rejects(asked, { name: 'TimeoutError' });
      }
    });
  });

  it('drip the right answer', async () => {
    await withServer({ world: emptyWorld().world }, async (server) => {
      server.fail('/api/version', { kind: 'drip', chunkBytes: 10, everyMs: 1 });
      assert.deepEqual((await get(server, '/api/version')).json(), { version: '0.12.4', deployment_id: '' });
    });
  });

  it('answer as if other parameters had been sent', async () => {
    const { world } = emptyWorld();
    Array.from({ length: 30 }, () => world.users.add());
    await withServer({ world }, async (server) => {
      server.fail(PATH, { kind: 'misread', query: { page: '1' } });
      const first = (await get(server, `${PATH}?page=1`)).json();
      server.fail(PATH, { kind: 'misread', query: { page: '1' } });
      assert.deepEqual((await get(server, `${PATH}?page=2`)).json(), first);
    });
  });

  it('change the right answer as JSON or as text, and nothing else', async () => {
    await withServer({ world: emptyWorld().world }, async (server) => {
      server.fail('/api/version', {
        kind: 'rewrite',
        change: (body) => ({ ...(body as object), version: '9' }),
      });
      assert.deepEqual((await get(server, '/api/version')).json(), { version: '9', deployment_id: '' });
      server.fail('/api/version', {
        kind: 'retext',
        change: (text) => text.replace('""', '12345678901234567890'),
      });
      assert.match((await get(server, '/api/version')).text, /:12345678901234567890\}$/);
      assert.deepEqual((await get(server, '/api/version')).json(), { version: '0.12.4', deployment_id: '' });
    });
  });

  it('let something happen before the right answer', async () => {
    const { world } = emptyWorld();
    await withServer({ world }, async (server) => {
      server.fail(PATH, { kind: 'meanwhile', act: ({ path }) => void world.users.add({ name: path }) });
      assert.match((await get(server, PATH)).text, /"name":"\/api\/v1\/users\/"/);
    });
  });

  it('hold the right answer back until it is let go', async () => {
    const { world } = emptyWorld();
    await withServer({ world }, async (server) => {
      const letGo = holdAnswers(server, PATH);
      const answer = get(server, PATH);
      await get(server, '/api/version');
      world.users.add({ name: 'Somebody who came meanwhile' });
      letGo();
      assert.match((await answer).text, /Somebody who came meanwhile/);
    });
  });
});
