import assert from 'node:assert/strict';
import { startSampleServer } from '../../../../src/sample/server';
import { SampleWorld } from '../../../../src/sample/world';
import { isReadable } from '../../../../src/sync/openwebui/routes';
import { useMirroring } from '../engine/harness';
import {
  assertTells,
  callsTo,
  CHAT,
  FULL,
  hostile,
  LIST,
  living,
  mirrored,
  streamOf,
  TIMER,
} from './support';

const GROUPS = '/api/v1/groups/';
const KNOWLEDGE = '/api/v1/knowledge/';

describe('The failure catalogue: endpoints and web pages', () => {
  const mirroring = useMirroring();

  for (const name of ['endpoint missing', 'HTML with status 200'] as const) {
    it(`case 4: ${name}: the stream is unsupported, the run is not harmed, and a new version is probed`, async () => {
      const m = mirroring('0.9.6');
      await m.start();
      m.addUser('bob', 2);
      m.at(-86_400, () => m.world.users.addGroup('Sales', []));
      const end = hostile(m, name, { at: GROUPS });
      const run = await m.sync(FULL);
      assert.deepEqual([run.status, streamOf(run, 'groups').status], ['ok', 'unsupported']);
      assertTells(m, streamOf(run, 'groups').error, /has no .*groups/);
      assert.equal(callsTo(m, GROUPS), 1, 'it is not repeated');
      assert.deepEqual([await m.count('chats'), await m.count('user_groups')], [2, 0]);
      end();
      m.world.version = '0.12.4';
      await m.sync(TIMER);
      assert.equal(await m.count('user_groups'), 1);
    });
  }

  it('case 4: a list that was there before and is missing now keeps its rows', async () => {
    const m = mirroring();
    m.at(-86_400, () => m.world.users.addGroup('Sales', []));
    await mirrored(m, 1);
    hostile(m, 'HTML with status 200', { at: GROUPS });
    await m.sync();
    assert.equal(await m.count('user_groups'), 1);
  });

  it('case 7: a sign-in page for JSON, with status 200 too: named by its title, never quoted', async () => {
    const m = mirroring();
    await mirrored(m, 2);
    hostile(m, 'sign-in page with status 200');
    const run = await m.sync(FULL);
    assert.equal(run.status, 'failed');
    assertTells(m, run.error, /Sign in to Example Corp/, /\/api\/v1\/users\//, /Check for a sign-in page/);
    assert.ok(!JSON.stringify([run, m.log.lines]).includes('page-body-nobody-may-repeat'));
    assert.ok(m.requests.length <= 12, `${m.requests.length} calls`);
    assert.deepEqual(await living(m), [2, 2, 4]);
  });

  it('case 7: a web page that claims to be JSON is known by its first byte', async () => {
    const m = mirroring();
    const { chatIds } = await mirrored(m, 2);
    m.world.chats.remove(chatIds[0]!);
    hostile(m, 'HTML that claims to be JSON');
    const run = await m.sync();
    assert.deepEqual([run.status, streamOf(run, 'chats').status], ['partial', 'failed']);
    assertTells(m, streamOf(run, 'chats').error, /Sign in to Example Corp/, /chats\/list\/user/);
    assert.deepEqual(await living(m), [2, 2, 4]);
  });

  for (const path of ['/login', '/api/version']) {
    it(`case 7: a redirect to ${path} elsewhere names where it leads, and the key never goes there`, async () => {
      const m = mirroring();
      await mirrored(m, 2);
      const world = new SampleWorld({ seed: 'elsewhere' });
      world.users.add({ role: 'admin' });
      const other = await startSampleServer({ world });
      try {
        const location = `${other.url}${path}?next=secret`;
        m.server.fail('/api/', { kind: 'reply', status: 302, headers: { location } }, Infinity);
        const run = await m.sync();
        assert.deepEqual([run.status, run.errorCode, run.requests], ['failed', 'redirected', 1]);
        assertTells(m, run.error, /to another address/, /Enter that address/);
        assert.ok(run.error?.includes(other.url + path) === true && !run.error.includes('secret'));
        assert.deepEqual(other.requests, []);
      } finally {
        await other.close();
      }
    });
  }

  it('case 7: the named redirect of the hostile server ends the run after one call', async () => {
    const m = mirroring();
    await mirrored(m, 1);
    hostile(m, 'redirect to another origin');
    const run = await m.sync();
    assert.deepEqual([run.errorCode, m.requests.length], ['redirected', 1]);
    assertTells(m, run.error, /http:\/\/127\.0\.0\.1:9\/login/);
  });

  it('case 9: lines of NDJSON that end early are no list, and delete nothing', async () => {
    const m = mirroring();
    const { chatIds } = await mirrored(m, 3);
    m.world.chats.remove(chatIds[2]!);
    hostile(m, 'truncated NDJSON');
    const run = await m.sync(FULL);
    assert.deepEqual(
      [run.status, streamOf(run, 'chats').status, run.counts.deleted],
      ['partial', 'failed', 0],
    );
    assertTells(m, streamOf(run, 'chats').error, /chats\/list\/user/, /form that is not known/, /Update/);
    assert.deepEqual(await living(m), [2, 3, 6]);
  });

  it('case 9: the export of all chats, which leaves rows out, is never asked for', async () => {
    const m = mirroring();
    await mirrored(m, 2);
    assert.ok(!m.requests.some((path) => path.includes('/all/db') || path.includes('/export/')));
    assert.ok(!isReadable('/api/v1/chats/all/db') && !isReadable('/api/v1/chats/all'));
  });

  it('case 20: only reading requests of the allow-list are sent, whatever happens', async () => {
    const m = mirroring();
    await m.start();
    const bob = m.addUser('bob', 3);
    m.at(-86_400, () => {
      m.world.chats.setTags(bob.chatIds[0]!, ['travel']);
      m.world.users.addGroup('Sales', [bob.id]);
      m.world.library.addKnowledge({
        name: 'Base',
        fileIds: [m.world.library.addFile({ filename: 'a' }).id],
      });
    });
    const seen: string[] = [];
    m.server.fail(
      ({ method, path, query }) => {
        seen.push(`${method} ${path}${query}`);
        return false;
      },
      { kind: 'reset' },
      1,
    );
    await m.sync(FULL);
    m.world.chats.remove(bob.chatIds[1]!);
    hostile(m, '502 from a proxy', { times: 3 });
    await m.sync();
    assert.ok(seen.length > 20);
    for (const request of seen) {
      const [method = '', path = ''] = request.split(/[ ?]/);
      assert.equal(method, 'GET', request);
      assert.ok(isReadable(path), request);
      assert.doesNotMatch(request, /tag:|search|[?&]q(uery)?=/);
    }
  });

  it('case 20: what changes something on the server is not in the allow-list', () => {
    const id = '11111111-1111-4111-8111-111111111111';
    for (const path of [
      '/api/v1/chats/search',
      '/api/v1/chats/tags',
      `/api/v1/chats/${id}`,
      `/api/v1/chats/${id}/share`,
      `/api/v1/chats/${id}/archive`,
      '/api/v1/chats/archive/all',
      '/api/v1/auths/signout',
      '/api/v1/utils/db/download',
      `${KNOWLEDGE}${id}/reset`,
      `${LIST}${id}/../../all`,
      `${CHAT}${id}/anything`,
    ]) {
      assert.ok(!isReadable(path), path);
    }
  });
});
