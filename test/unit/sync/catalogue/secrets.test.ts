import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunSummary } from '../../../../src/store/runs';
import { signIn } from '../../../../src/sync/openwebui/auth';
import { OpenWebUiClient } from '../../../../src/sync/openwebui/client';
import type { HostileName } from '../../../../src/sample/hostile/catalogue';
import { FAST, useMirroring, type Mirroring } from '../engine/harness';
import { CHAT, FULL, hostile, LIST, watchWaits } from './support';

const SENTENCE = 'The merger with Contoso is planned for May.';
const ANSWER = 'Keep the heron’s nest secret.';
const TITLE = 'Plans nobody may know';
const COMMENT = 'My salary is too low to judge this.';
const PASSWORD = 'correct-horse-battery-staple';
const OTHERS_KEY = 'sk-of-somebody-else-4711';

/** What runs through all ways in which an answer can be wrong. */
const HOSTILE: readonly (readonly [HostileName, string | undefined])[] = [
  ['truncated JSON', CHAT],
  ['truncated close-delimited', CHAT],
  ['truncated close-delimited', '/api/v1/users/'],
  ['truncated NDJSON', undefined],
  ['broken JSON', LIST],
  ['broken JSON', CHAT],
  ['broken JSON', '/api/v1/evaluations/'],
  ['wrong types', CHAT],
  ['wrong types', LIST],
  ['unknown fields', undefined],
  ['unusable ids', undefined],
  ['another chat than asked for', undefined],
  ['big integers', undefined],
  ['HTML that claims to be JSON', undefined],
  ['sign-in page with status 200', undefined],
  ['502 from a proxy', undefined],
  ['redirect to another origin', undefined],
  ['key rejected', undefined],
  ['500 everywhere', undefined],
  ['429 with Retry-After 10 minutes', undefined],
  ['connection cut', undefined],
  ['chat access off', undefined],
  ['empty list', undefined],
];

describe('What a hostile server must not bring to light', () => {
  const mirroring = useMirroring();

  async function withSecrets(m: Mirroring): Promise<void> {
    const bob = m.at(-90_000, () =>
      m.world.users.add({ name: 'bob', email: 'bob@example.org', apiKey: OTHERS_KEY, password: PASSWORD }),
    );
    m.at(-86_400, () => {
      for (let index = 0; index < 3; index += 1) {
        const chat = m.world.chats.add(bob.id, { title: TITLE });
        const { answers } = m.world.chats.addTurn(chat.id, {
          prompt: SENTENCE,
          answers: [{ content: ANSWER, usage: { prompt_tokens: 3 } }],
        });
        m.world.chats.rate(chat.id, answers[0]!.id, 1, { comment: COMMENT });
      }
    });
    await m.start();
  }

  /** What people see or send on: logs, events, summaries, side files and the tables about runs. */
  async function told(m: Mirroring, summaries: readonly unknown[]): Promise<string> {
    const files = ['status.json', 'journal.jsonl'].map((name) => join(m.folder, name));
    assert.ok(files.every((file) => existsSync(file)));
    const tables = [
      'sync_runs',
      'sync_run_streams',
      'sync_state',
      'quarantine',
      'held_deletions',
      'instances',
    ];
    const rows = await Promise.all(tables.map((table) => m.rows(`SELECT * FROM ${table}`)));
    return [
      ...m.log.lines,
      JSON.stringify(m.events),
      JSON.stringify(summaries),
      ...files.map((file) => readFileSync(file, 'utf8')),
      JSON.stringify(rows),
    ].join('\n');
  }

  for (const version of ['0.5.20', '0.12.4'] as const) {
    it(`keys, passwords, titles and sentences are in no log, record, status or journal (${version})`, async () => {
      const m = mirroring(version);
      await withSecrets(m);
      watchWaits(m);
      const summaries: unknown[] = [await m.sync(FULL)];
      for (const [name, at] of HOSTILE) {
        m.world.chats.all().forEach(({ id }) => m.world.chats.addTurn(id, { prompt: SENTENCE }));
        const end = hostile(m, name, at === undefined ? {} : { at });
        summaries.push(await m.sync(FULL), await m.sync({ trigger: 'schedule' }));
        end();
      }
      Object.defineProperty(m, 'credential', {
        get: () => {
          throw new TypeError(`Cannot read ${SENTENCE} of ${PASSWORD}`);
        },
      });
      summaries.push(await m.sync());
      assert.equal((summaries.at(-1) as RunSummary).errorCode, 'unexpected');

      const failed = summaries.filter((run) => (run as RunSummary).status !== 'ok');
      assert.ok(failed.length >= HOSTILE.length / 2, 'little went wrong');
      assert.equal((await m.count('messages', `content = '${SENTENCE}'`)) > 0, true, 'the text is mirrored');
      const text = await told(m, summaries);
      assert.ok(text.length > 10_000);
      const secrets = [m.server.apiKey, OTHERS_KEY, PASSWORD, SENTENCE, ANSWER, TITLE, COMMENT];
      for (const secret of [
        ...secrets,
        'page-body-nobody-may-repeat',
        'merger',
        'heron',
        'Plans nob',
        'My salary',
      ]) {
        const at = text.indexOf(secret);
        assert.equal(at, -1, text.slice(Math.max(0, at - 200), at + 100));
      }
    });
  }

  it('a password and a token are in no error and no log of the sign-in, whatever the answer', async () => {
    const m = mirroring();
    await withSecrets(m);
    const options = { url: m.server.url, policy: { ...FAST, retries: 0 }, clock: m.clock, log: m.log };
    const tried: string[] = [];
    for (const name of [
      undefined,
      '500 everywhere',
      'sign-in page with status 200',
      'connection cut',
    ] as const) {
      const end = name === undefined ? undefined : hostile(m, name);
      for (const password of [PASSWORD, `wrong-${PASSWORD}`]) {
        try {
          const { value } = await signIn(new OpenWebUiClient(options), 'bob@example.org', password);
          assert.ok(!m.log.lines.join('\n').includes(value));
        } catch (error) {
          tried.push(textOf(error));
        }
      }
      end?.();
    }
    assert.ok(tried.length >= 7, `${tried.length} failed`);
    assert.ok(m.log.lines.length >= 4);
    assert.ok(!`${tried.join('\n')}\n${m.log.lines.join('\n')}`.includes(PASSWORD));
  });
});

/** An error with its causes, as a careless log would show it. */
function textOf(error: unknown): string {
  return error instanceof Error ? `${error.stack ?? ''}\n${textOf(error.cause)}` : String(error);
}
