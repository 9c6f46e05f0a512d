import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { readVersion } from '../../../../src/sync/openwebui/auth';
import { OpenWebUiClient } from '../../../../src/sync/openwebui/client';
import { isFailure, type FailureCode } from '../../../../src/sync/openwebui/failures';
import { filePages } from '../../../../src/sync/openwebui/files';
import { collect } from '../../../../src/sync/openwebui/paging';
import { userPages } from '../../../../src/sync/openwebui/users';
import { LogLines } from '../engine/harness';
import { inTurn, POLICY, RetryClock, useLocalServers } from './localServer';

const JSON_TYPE = { 'content-type': 'application/json' };
const KEYS_OFF = { detail: 'Use of API key is not enabled in the environment.' };
const NO_USERS = { users: [], total: 0 };

describe('answers that are not what they seem', () => {
  const serve = useLocalServers();

  function clientOf(url: string, retries: number = POLICY.retries): OpenWebUiClient {
    const credential = { kind: 'apiKey', value: 'sk-1' } as const;
    const options = { url, credential, clock: new RetryClock(), log: new LogLines() };
    return new OpenWebUiClient({ ...options, policy: { ...POLICY, retries } });
  }

  async function failureOf(work: Promise<unknown>): Promise<FailureCode> {
    try {
      await work;
    } catch (error) {
      assert.ok(isFailure(error), String(error));
      return error.code;
    }
    throw new Error('It did not fail');
  }

  /** Answers wrongly at first and rightly from the second request on. */
  async function wrongAtFirst(answer: (response: ServerResponse) => void): Promise<string> {
    let requests = 0;
    return serve((_request, response) => {
      requests += 1;
      if (requests === 1) {
        answer(response);
      } else {
        response.writeHead(200, JSON_TYPE).end('{"version":"0.9.6"}');
      }
    });
  }

  const cutShort: readonly [string, (response: ServerResponse) => void, FailureCode][] = [
    [
      'fewer bytes than its length said',
      (response) => {
        response.writeHead(200, { ...JSON_TYPE, 'content-length': '100' });
        response.write('{"version":"0.9', () => response.destroy());
      },
      'connectionLost',
    ],
    [
      'chunks without the last one',
      (response) => {
        response.writeHead(200, JSON_TYPE);
        response.write('{"version":"0.9', () => response.destroy());
      },
      'connectionLost',
    ],
    [
      'half of it and a clean end',
      (response) => {
        response.useChunkedEncodingByDefault = false;
        response.writeHead(200, { ...JSON_TYPE, connection: 'close' });
        response.end('{"version":"0.9');
      },
      'malformedJson',
    ],
    [
      'nothing at all',
      (response) => {
        response.writeHead(200, JSON_TYPE).end();
      },
      'malformedJson',
    ],
  ];
  for (const [what, answer, code] of cutShort) {
    it(`asks again after ${what}, and fails as ${code} when nothing better comes`, async () => {
      assert.equal(await readVersion(clientOf(await wrongAtFirst(answer))), '0.9.6');
      const url = await serve((_request, response) => answer(response));
      assert.equal(await failureOf(readVersion(clientOf(url, 0))), code);
    });
  }

  it('takes a proxy’s 407 for what it is', async () => {
    const url = await serve(inTurn({ status: 407, body: 'Proxy Authentication Required' }));
    assert.equal(await failureOf(readVersion(clientOf(url))), 'proxySignIn');
  });

  it('keeps numbers exact that JavaScript cannot hold', async () => {
    const body = '[{"id":12345678901234567890,"meta":{"size":9007199254740993},"filename":"a"}]';
    const url = await serve((_request, response) => response.writeHead(200, JSON_TYPE).end(body));
    const { rows } = await collect(filePages(clientOf(url)));
    assert.deepEqual(
      rows.map(({ remoteId, size, filename }) => [remoteId, size, filename]),
      [['12345678901234567890', undefined, 'a']],
    );
  });

  it('asks less at once of a server that has no time', async () => {
    for (const answer of [{ status: 503, body: 'starting' }, { status: 429 }]) {
      let active = 0;
      let most = 0;
      const canned = inTurn(answer, answer, { status: 200, body: { version: '1' } });
      const url = await serve((request, response) => {
        most = canned.seen.length > 2 ? Math.max(most, ++active) : 0;
        setImmediate(() => {
          active = Math.max(0, active - 1);
          canned(request, response);
        });
      });
      const client = clientOf(url);
      await readVersion(client);
      await Promise.all(Array.from({ length: 15 }, () => readVersion(client)));
      assert.equal(most, 1);
    }
  });

  it('tells a path that keys may not use from keys that are off, where both are answered alike', async () => {
    const url = await serve((request, response) => {
      const isOpen = request.url?.startsWith('/api/v1/users/') === true;
      response.writeHead(isOpen ? 200 : 403, JSON_TYPE);
      response.end(JSON.stringify(isOpen ? NO_USERS : KEYS_OFF));
    });
    const client = clientOf(url);
    assert.equal(await failureOf(collect(filePages(client))), 'apiKeysOff');
    await collect(userPages(client, 'email'));
    assert.equal(await failureOf(collect(filePages(client))), 'endpointNotAllowed');
  });
});
