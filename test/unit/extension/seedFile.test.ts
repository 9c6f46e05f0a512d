import assert from 'node:assert/strict';
import { isLoopback, parseSeedFile } from '../../../src/extension/instances/seedFile';

const KEY = 'sk-0123456789abcdef';

function seed(url: string): string {
  return JSON.stringify({ version: 1, instances: [{ name: 'fasgpt', url, apiKey: KEY }] });
}

describe('the seed file', () => {
  it('brings instances of this machine', () => {
    for (const url of ['http://127.0.0.1:8081', 'http://localhost:1', 'http://[::1]:9/x']) {
      assert.deepEqual(parseSeedFile(seed(url), 0o100600, 'linux'), {
        instances: [{ name: 'fasgpt', url, apiKey: KEY }],
        costs: undefined,
      });
    }
  });

  it('brings a cost export, and which instances a resource serves', () => {
    const costs = {
      file: '/tmp/costs.csv',
      resources: [{ resource: '/subscriptions/1', instances: ['fasgpt'] }],
    };
    const content = JSON.stringify({ ...(JSON.parse(seed('http://127.0.0.1:1')) as object), costs });
    assert.deepEqual(parseSeedFile(content, 0o100600, 'linux').costs, costs);
  });

  it('is refused when others could read it', () => {
    assert.throws(() => parseSeedFile(seed('http://127.0.0.1:1'), 0o100644, 'linux'), /0600/);
    assert.throws(() => parseSeedFile(seed('http://127.0.0.1:1'), 0o100640, 'darwin'), /0600/);
  });

  it('is not judged by rights that the system does not have', () => {
    assert.equal(parseSeedFile(seed('http://127.0.0.1:1'), 0o100666, 'win32').instances.length, 1);
  });

  it('is refused whole when one address is elsewhere', () => {
    for (const url of [
      'https://example.org',
      'http://127.0.0.1.example.org',
      'http://127.0.0.1@example.org',
    ]) {
      assert.throws(() => parseSeedFile(seed(url), 0o100600, 'linux'), /not on this machine/);
    }
  });

  it('never quotes a key when it is malformed', () => {
    for (const content of [`{"apiKey":"${KEY}"`, seed('http://[::1]').replace('version', 'v')]) {
      assert.throws(
        () => parseSeedFile(content, 0o100600, 'linux'),
        (error: Error) => !error.message.includes(KEY),
      );
    }
  });

  it('knows loopback addresses by their host alone', () => {
    assert.equal(isLoopback('http://localhost.example.org'), false);
    assert.equal(isLoopback('ftp://localhost'), false);
    assert.equal(isLoopback('localhost'), false);
  });
});
