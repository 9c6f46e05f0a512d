import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../../../src/sample/faults';
import { SampleWorld } from '../../../src/sample/world';
import { CliStage } from './cliStage';
import type { CliResult } from './runCli';

const KEY = 'sk-0123456789abcdef0123456789abcdef';
const WRONG_KEY = 'sk-fedcba9876543210fedcba9876543210';
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJpZCI6Im5vYm9keSJ9.c2lnbmF0dXJlLW9mLW5vYm9keQ';
const PASSWORD = 'correct horse battery staple';
const QUESTION = 'Who stole the crown jewels of Ruritania?';
const ANSWER = 'It was the butler with the golden monocle.';

const SECRETS = [KEY, WRONG_KEY, TOKEN, PASSWORD];
const TEXTS = [QUESTION, ANSWER];

function talkativeWorld(): SampleWorld {
  const world = new SampleWorld({ clock: () => Math.floor(Date.now() / 1000) });
  const admin = world.users.add({
    name: 'Ada Admin',
    email: 'ada@example.test',
    role: 'admin',
    apiKey: KEY,
    password: PASSWORD,
  });
  world.library.addModel({ id: 'gpt-x' });
  for (let number = 1; number <= 3; number += 1) {
    const chat = world.chats.add(admin.id, { title: `Case ${number}`, models: ['gpt-x'] });
    world.chats.addTurn(chat.id, { prompt: QUESTION, answers: [{ content: ANSWER }] });
  }
  return world;
}

/** What a careless server or proxy repeats of a request and of its data. */
const ECHO = `Authorization: Bearer ${KEY}; password=${PASSWORD}; ${QUESTION} ${ANSWER}`;

/** Rounds of failures, by the paths that they hit, each with all that must not be repeated. */
const ROUNDS: readonly Readonly<Record<string, Fault>>[] = [
  {
    '/api/v1/chats/share/': { kind: 'reply', status: 500, body: ECHO },
    '/api/v1/knowledge': { kind: 'reply', status: 403, body: { detail: ECHO } },
    '/api/v1/files': { kind: 'reply', status: 422, body: { detail: [ECHO] } },
    '/api/v1/models': {
      kind: 'reply',
      status: 200,
      body: `<title>${ECHO}</title>`,
      headers: { 'content-type': 'text/html' },
    },
  },
  {
    '/api/v1/groups': {
      kind: 'reply',
      status: 302,
      headers: { location: `http://127.0.0.2/?token=${KEY}&q=${QUESTION}` },
    },
  },
  {
    '/api/v1/chats/share/': {
      kind: 'rewrite',
      change: () => ({ id: 7, user_id: ECHO, chat: [ECHO], title: { text: ECHO } }),
    },
  },
  { '/api/v1/chats/share/': { kind: 'truncate', cut: 'silent' } },
  { '/api/v1/users': { kind: 'reply', status: 200, body: { users: ECHO, detail: ECHO } } },
  { '/api/v1/users': { kind: 'reply', status: 401, body: { detail: ECHO } } },
];

describe('what the command line writes', function () {
  this.timeout(120_000);
  const stage = new CliStage(talkativeWorld);
  beforeEach(() => stage.set());
  afterEach(() => stage.strike());

  it('never holds a key, a password or the text of a message', async () => {
    await stage.add();
    const results: (readonly [string, CliResult])[] = [];
    const keep = async (name: string, args: readonly string[], key = KEY): Promise<void> => {
      results.push([name, await stage.run(args, { env: { FASGPT_KEY: key } })]);
    };
    for (const [number, faults] of ROUNDS.entries()) {
      const takenBack = Object.entries(faults).map(([path, fault]) => stage.server.fail(path, fault, 100));
      await keep(`round ${number}`, ['sync', '--full']);
      takenBack.forEach((takeBack) => takeBack());
    }
    await keep('a wrong key', ['sync'], WRONG_KEY);
    await keep('a token that is not known', ['sync'], TOKEN);
    await keep('a key in the place of its name', ['instances', 'set-key', 'fasgpt', '--key-env', KEY]);
    await keep('a sync', ['sync', '--full']);
    await keep('a preview', ['sync', '--preview']);
    await keep('a comparison', ['verify', '--sample', 'all']);
    await keep('the status', ['status']);
    await keep('the status as JSON', ['status', '--json']);

    assert.deepEqual(
      results.map(([, { code }]) => code),
      [3, 3, 0, 0, 3, 3, 3, 3, 2, 0, 0, 0, 0, 0],
      'failures failed, a damaged chat does not end a sync, and all is well in the end',
    );
    for (const [name, { out, err }] of results) {
      assertClean(name, `${out}\n${err}`, [...SECRETS, ...TEXTS]);
    }
    for (const file of [
      'openwebui_sync.log',
      'openwebui_sync.log.1',
      'journal.jsonl',
      'status.json',
      'instances.json',
    ]) {
      if (existsSync(join(stage.data, file))) {
        assertClean(file, readFileSync(join(stage.data, file), 'utf8'), [...SECRETS, ...TEXTS]);
      }
    }
    for (const table of ['sync_runs', 'sync_run_streams', 'sync_state', 'quarantine']) {
      const rows = await stage.rows(`SELECT * FROM ${table}`);
      assertClean(table, JSON.stringify(rows), [...SECRETS, ...TEXTS]);
    }
    assert.ok(readFileSync(join(stage.data, 'openwebui_sync.log'), 'utf8').length > 0, 'there is a log');
    for (const entry of readdirSync(stage.data, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) {
        assertClean(entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1'), SECRETS);
      }
    }
  });
});

function assertClean(where: string, content: string, unwanted: readonly string[]): void {
  const found = unwanted.filter((text) => content.includes(text));
  assert.deepEqual(found, [], `in ${where}: ${excerpt(content, found[0])}`);
}

function excerpt(content: string, found: string | undefined): string {
  const at = found === undefined ? 0 : content.indexOf(found);
  return content.slice(Math.max(0, at - 200), at + 100);
}
