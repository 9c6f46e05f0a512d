import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { DETAIL } from '../../../src/sample/http/replies';
import { SAMPLE_VERSIONS } from '../../../src/sample/versions';
import { get, getJson, post, withServer, type Answer } from './sampleClient';
import { emptyWorld, fullWorld } from './worlds';

const USERS = '/api/v1/users/?page=1&order_by=email&direction=asc';

function verdict(answer: Answer): [number, unknown] {
  return [answer.status, (answer.json() as { detail?: unknown }).detail];
}

describe('Access to the sample server', () => {
  for (const version of SAMPLE_VERSIONS) {
    it(`tells keys apart by the users list (${version})`, async () => {
      await withServer({ world: fullWorld(version) }, async (server) => {
        assert.equal((await get(server, USERS)).status, 200);
        assert.deepEqual(verdict(await get(server, USERS, 'sk-user')), [401, DETAIL.prohibited]);
        assert.deepEqual(verdict(await get(server, USERS, 'sk-unknown')), [401, DETAIL.invalidToken]);
        assert.deepEqual(verdict(await get(server, USERS, 'x.y.z')), [401, DETAIL.unreadableToken]);
      });
    });
  }

  it('takes the x-api-key header from 0.9', async () => {
    for (const [version, status] of [
      ['0.8.12', 401],
      ['0.9.6', 200],
    ] as const) {
      await withServer({ world: fullWorld(version) }, async (server) => {
        const response = await fetch(server.url + USERS, { headers: { 'x-api-key': server.apiKey } });
        assert.equal(response.status, status);
      });
    }
  });

  it('keeps pending accounts out', async () => {
    const { world } = emptyWorld();
    world.users.add({ role: 'pending', apiKey: 'sk-pending' });
    await withServer({ world }, async (server) => {
      assert.deepEqual(verdict(await get(server, '/api/models', 'sk-pending')), [401, DETAIL.prohibited]);
    });
  });

  it('refuses every key when keys are switched off', async () => {
    await withServer({ world: fullWorld('0.12.4'), gates: { apiKeys: false } }, async (server) => {
      assert.deepEqual(verdict(await get(server, USERS)), [403, DETAIL.keysOff]);
    });
  });

  it('lets a key use only the listed paths', async () => {
    await withServer(
      { world: fullWorld('0.12.4'), gates: { keyPaths: ['/api/v1/users'] } },
      async (server) => {
        assert.equal((await get(server, USERS)).status, 200);
        assert.equal((await get(server, '/api/v1/models/export')).status, 403);
      },
    );
  });

  it("hides other people's chats as if they were gone when chat access is off", async () => {
    const world = fullWorld('0.12.4');
    const [chat] = world.chats.all();
    assert.ok(chat);
    await withServer({ world, gates: { adminChatAccess: false } }, async (server) => {
      assert.deepEqual(verdict(await get(server, `/api/v1/chats/list/user/${chat.userId}`)), [
        401,
        DETAIL.prohibited,
      ]);
      assert.deepEqual(verdict(await get(server, `/api/v1/chats/share/${chat.id}`)), [401, DETAIL.notFound]);
      assert.deepEqual(verdict(await get(server, `/api/v1/chats/${chat.id}`)), [401, DETAIL.notFound]);
    });
  });

  it('closes the export and the statistics by their gates', async () => {
    const gates = { adminExport: false, adminAnalytics: false };
    await withServer({ world: fullWorld('0.12.4'), gates }, async (server) => {
      assert.deepEqual(verdict(await get(server, '/api/v1/chats/all/db')), [401, DETAIL.prohibited]);
      const page = await get(server, '/api/v1/analytics/summary');
      assert.deepEqual([page.status, page.contentType], [200, 'text/html; charset=utf-8']);
    });
  });

  it('signs in with a password, until the token ends', async () => {
    const { world, time } = emptyWorld('0.12.4');
    await withServer({ world }, async (server) => {
      const answer = await post(server, '/api/v1/auths/signin', {
        email: 'admin@example.org',
        password: 'dummy-password',
      });
      const { token, expires_at } = answer.json() as { token: string; expires_at: number };
      assert.equal(expires_at, time.now + 28 * 86_400);
      assert.equal((await get(server, USERS, token)).status, 200);
      time.now = expires_at;
      assert.deepEqual(verdict(await get(server, USERS, token)), [401, DETAIL.invalidToken]);
    });
  });

  it('stops the sixteenth wrong password within three minutes from 0.7 on', async () => {
    for (const [version, status] of [
      ['0.6.36', 400],
      ['0.7.2', 429],
    ] as const) {
      const { world, time } = emptyWorld(version);
      await withServer({ world }, async (server) => {
        const tryOnce = (): Promise<Answer> =>
          post(server, '/api/v1/auths/signin', { email: 'admin@example.org', password: 'wrong' });
        for (let tries = 0; tries < 15; tries++) {
          assert.equal((await tryOnce()).status, 400);
        }
        assert.equal((await tryOnce()).status, status);
        time.now += 181;
        assert.equal((await tryOnce()).status, 400);
      });
    }
  });

  it("notes the caller's activity, once a minute on 0.12", async () => {
    const { world, time } = emptyWorld('0.12.4');
    const admin = world.users.admin();
    const start = time.now;
    await withServer({ world }, async (server) => {
      time.now = start + 59;
      await get(server, USERS);
      assert.equal(admin.lastActiveAt, start);
      time.now = start + 60;
      await get(server, USERS);
      assert.equal(admin.lastActiveAt, start + 60);
    });
  });

  it('is reached by loopback only', async () => {
    await withServer({ world: emptyWorld().world }, async (server) => {
      const { hostname, port } = new URL(server.url);
      assert.equal(hostname, '127.0.0.1');
      const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
      for (const { address } of others.filter((entry) => !entry.internal && entry.family === 'IPv4')) {
        assert.equal(await canConnect(address, Number(port)), false, address);
      }
    });
  });

  it('packs answers from 0.6.11 when asked', async () => {
    for (const [version, encoding] of [
      ['0.6.5', null],
      ['0.6.36', 'gzip'],
    ] as const) {
      await withServer({ world: fullWorld(version) }, async (server) => {
        const response = await fetch(`${server.url}/api/models`, {
          headers: { authorization: `Bearer ${server.apiKey}`, 'accept-encoding': 'gzip' },
        });
        assert.equal(response.headers.get('content-encoding'), encoding);
        await response.json();
      });
    }
  });

  it('keeps a log without credentials', async () => {
    await withServer({ world: emptyWorld().world }, async (server) => {
      await getJson(server, '/api/version');
      await get(server, '/api/v1/nothing?x=1');
      assert.deepEqual(server.requests, [
        { method: 'GET', path: '/api/version', query: '', status: 200 },
        { method: 'GET', path: '/api/v1/nothing', query: '?x=1', status: 200 },
      ]);
    });
  });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const finish = (result: boolean): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => {
      finish(true);
    });
    socket.once('error', () => {
      finish(false);
    });
    socket.once('timeout', () => {
      finish(false);
    });
  });
}
