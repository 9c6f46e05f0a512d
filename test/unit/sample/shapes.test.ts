import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SampleServer } from '../../../src/sample/server';
import { SAMPLE_VERSIONS } from '../../../src/sample/versions';
import type { SampleWorld } from '../../../src/sample/world';
import { withServer } from './sampleClient';
import { emptyWorld, fullWorld } from './worlds';
import { missingFrom } from './shape';

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly contentType: string;
  readonly requestBody?: unknown;
  readonly body: unknown;
}

const FIXTURES = join(__dirname, '../../fixtures/openwebui');
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

/** Which credential a recording was made with; the others with the administrator's token. */
const CREDENTIALS: Readonly<Record<string, (server: SampleServer) => string | null>> = {
  'auths-me-with-key': (server) => server.apiKey,
  'no-credential': () => null,
  'bad-token': () => 'not.a.token',
  'not-admin': () => 'sk-user',
};

for (const version of SAMPLE_VERSIONS) {
  describe(`The sample server as Open WebUI ${version}`, () => {
    for (const file of readdirSync(join(FIXTURES, version))) {
      const name = file.replace('.json', '');
      it(`answers ${name} as recorded`, async () => {
        const recorded = JSON.parse(readFileSync(join(FIXTURES, version, file), 'utf8')) as Recorded;
        const world = name === 'chat-share-k09' ? flatWorld() : fullWorld(version);
        await withServer({ world, version }, async (server) => {
          const answer = await replay(server, world, name, recorded);
          const type = answer.headers.get('content-type');
          assert.deepEqual([answer.status, type], [recorded.status, recorded.contentType]);
          if (recorded.contentType === 'application/json') {
            assert.deepEqual(missingFrom(recorded.body, await answer.json()), []);
          }
        });
      });
    }
  });
}

async function replay(
  server: SampleServer,
  world: SampleWorld,
  name: string,
  recorded: Recorded,
): Promise<Response> {
  const path = recorded.path.replace(UUID, (id) => (id === UNKNOWN ? id : idFor(world, recorded.path)));
  const query = recorded.query === '' ? '' : `?${recorded.query}`;
  const credential = (CREDENTIALS[name] ?? adminToken)(server);
  return fetch(server.url + path + query, {
    method: recorded.method,
    headers: {
      ...(credential === null ? {} : { authorization: `Bearer ${credential}` }),
      'content-type': 'application/json',
    },
    ...(recorded.requestBody === undefined ? {} : { body: JSON.stringify(recorded.requestBody) }),
  });
}

function adminToken(server: SampleServer): string {
  const { world } = server;
  return server.sessions.open(world.users.admin().id, { tokenLife: 3_600 }).token;
}

function idFor(world: SampleWorld, path: string): string {
  const user = world.users.all().find((row) => row.role === 'user');
  const kinds: readonly [string, string | undefined][] = [
    ['/users/', user?.id],
    ['/chats/list/user/', user?.id],
    ['/chats/', world.chats.all()[0]?.id],
    ['/files/', world.library.files()[0]?.id],
    ['/knowledge/', world.library.knowledge()[0]?.id],
    ['/groups/', world.users.groups()[0]?.id],
  ];
  const id = kinds.find(([part]) => path.includes(part))?.[1];
  assert.ok(id !== undefined, `nothing to put into ${path}`);
  return id;
}

/** A chat that has a list of messages and no tree. */
function flatWorld(): SampleWorld {
  const { world } = emptyWorld();
  const user = world.users.add();
  const chat = world.chats.add(user.id, { body: { kind: 'flat', messages: [] } });
  const usage = {
    prompt_tokens: 1,
    completion_tokens: 1,
    total_tokens: 2,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
  world.chats.addTurn(chat.id, { answers: [{ usage }] });
  return world;
}
