import assert from 'node:assert/strict';
import { startSampleServer, type SampleServer } from '../../../../src/sample/server';
import { SAMPLE_VERSIONS } from '../../../../src/sample/versions';
import { SampleWorld } from '../../../../src/sample/world';
import { systemClock } from '../../../../src/sync/engine/systemClock';
import type { Credential } from '../../../../src/sync/engine/syncTypes';
import { AREAS, type ConnectionReport } from '../../../../src/sync/openwebui/connectionReport';
import { probeConnection } from '../../../../src/sync/openwebui/probeConnection';
import { FAST, LogLines } from '../engine/harness';

describe('probeConnection', () => {
  let server: SampleServer;

  async function start(version: (typeof SAMPLE_VERSIONS)[number] = '0.12.4'): Promise<void> {
    const world = new SampleWorld({ version });
    world.users.add({ name: 'Ada', email: 'ada@example.org', role: 'admin' });
    for (let index = 0; index < 40; index++) {
      const user = world.users.add({
        name: `User ${index}`,
        email: `u${index}@example.org`,
        apiKey: `sk-${index}`,
      });
      for (let chat = 0; chat < 2; chat++) {
        world.chats.addTurn(world.chats.add(user.id, { title: `Chat ${chat}` }).id);
      }
    }
    server = await startSampleServer({ world });
  }

  afterEach(() => server.close());

  function probe(credential?: Credential): Promise<ConnectionReport> {
    return probeConnection({
      url: server.url,
      credential,
      policy: { ...FAST, retries: 0 },
      clock: systemClock,
      log: new LogLines(),
    });
  }

  const key = (value: string): Credential => ({ kind: 'apiKey', value });

  for (const version of SAMPLE_VERSIONS) {
    it(`finds everything readable on ${version}, and what a first sync costs`, async () => {
      await start(version);
      const report = await probe(key(server.apiKey));
      assert.deepEqual([report.ok, report.version, report.problem], [true, version, undefined]);
      assert.deepEqual(
        report.areas.map(({ area, access }) => `${area} ${access}`),
        AREAS.map((area) => `${area} readable`),
      );
      const { users = 0, chats = 0, calls = 0, minutes } = report.estimate ?? {};
      assert.equal(users, 41);
      assert.ok(chats > 50 && chats <= 82, String(chats));
      assert.ok(calls > users + chats);
      assert.equal(minutes, 1);
      assert.ok(server.requests.length <= 30);
    });
  }

  it('says when the key is rejected, is no administrator’s, is missing, or keys are off', async () => {
    await start();
    assert.equal((await probe(key('sk-wrong'))).problem?.code, 'keyRejected');
    assert.equal((await probe(key('sk-3'))).problem?.code, 'notAdmin');
    assert.equal((await probe()).problem?.code, 'keyMissing');
    server.setGates({ apiKeys: false });
    const report = await probe(key(server.apiKey));
    assert.deepEqual([report.ok, report.version, report.problem?.code], [false, '0.12.4', 'apiKeysOff']);
  });

  it('says which areas the account may not read', async () => {
    await start();
    server.setGates({ adminChatAccess: false });
    const report = await probe(key(server.apiKey));
    assert.equal(report.ok, true);
    const chats = report.areas.find(({ area }) => area === 'chats');
    assert.equal(chats?.access, 'refused');
    assert.equal(report.estimate, undefined);
  });

  for (const version of SAMPLE_VERSIONS) {
    it(`says which areas the key may not read on ${version}`, async () => {
      await start(version);
      server.setGates({ keyPaths: ['/api/v1/users', '/api/v1/chats', '/api/v1/files'] });
      const report = await probe(key(server.apiKey));
      assert.equal(report.ok, true);
      const refused = report.areas.filter(({ access }) => access === 'refused');
      assert.deepEqual(
        refused.map(({ area }) => area),
        ['groups', 'feedback', 'models', 'knowledge_bases'],
      );
      for (const access of refused) {
        assert.equal('problem' in access && access.problem.code, 'endpointNotAllowed');
      }
    });
  }

  it('says when something else answers', async () => {
    await start();
    server.fail('/api/version', { kind: 'html' }, 10);
    const report = await probe(key(server.apiKey));
    assert.deepEqual([report.ok, report.version, report.problem?.code], [false, undefined, 'notOpenWebUi']);
  });
});
