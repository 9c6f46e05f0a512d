import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { createApi, type ApiOptions } from '../../../src/serve/api';
import { problemSchema, type Problem } from '../../../src/serve/http/problem';
import { openMirror as openServed, type Mirror } from '../../../src/serve/mirror';
import { ANSWERS, type AnswerName } from '../../../src/serve/routes/answers';
import { ROUTES } from '../../../src/serve/routes/allRoutes';
import { addInstance, setZone } from '../../../src/store/instances/instancesFile';
import { bundle } from '../store/bundle';
import { begin, chat, exchange, fetched, NOON, openMirror, runEnd, user } from '../store/builders';

export const TOKEN = 'a-token-of-the-tests-with-32-characters';
export const HOST = '127.0.0.1:8787';

/** What a request may say beside its address. */
export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** A mirror of two instances, of which one was synced, and the API on it without a network. */
export class ApiStage {
  #root = '';
  #out = '';
  #mirror: Mirror | undefined;
  #api: ReturnType<typeof createApi> | undefined;
  readonly told: string[] = [];

  get root(): string {
    return this.#root;
  }

  get mirror(): Mirror {
    assert.ok(this.#mirror);
    return this.#mirror;
  }

  /** @param isSynced false: instances are set up, and nothing else */
  async set(isSynced = true, changes: Partial<ApiOptions> = {}): Promise<void> {
    this.#root = mkdtempSync(join(tmpdir(), 'serve-'));
    this.#out = mkdtempSync(join(tmpdir(), 'serve-workers-'));
    await addInstance(this.#root, {
      name: 'alphaville',
      url: 'https://chat.example.org/ai',
      credential: { kind: 'environment', variable: 'SECRET_VARIABLE' },
    });
    await addInstance(this.#root, { name: 'betatown', url: 'https://beta.example.org' });
    await setZone(this.#root, 'Europe/Berlin');
    if (isSynced) {
      await fill(this.#root);
    }
    const worker = await bundle(this.#out, {
      query: 'src/store/queryWorker.ts',
      reader: 'src/store/readerWorker.ts',
    });
    this.#mirror = openServed({
      folder: this.#root,
      workers: { query: worker('query'), reader: worker('reader') },
    });
    this.#api = createApi(ROUTES, {
      mirror: this.#mirror,
      host: '127.0.0.1',
      token: TOKEN,
      version: '1.2.3',
      tell: (sentence) => this.told.push(sentence),
      now: () => NOON * 1000,
      ...changes,
    });
  }

  strike(): void {
    this.#mirror?.close();
    rmSync(this.#root, { recursive: true, force: true });
    rmSync(this.#out, { recursive: true, force: true });
  }

  /** Asks as somebody with the token does. */
  async ask(path: string, { headers = {}, ...asked }: Asked = {}): Promise<Response> {
    assert.ok(this.#api);
    return this.#api.request(`http://${HOST}${path}`, {
      ...asked,
      headers: { host: HOST, authorization: `Bearer ${TOKEN}`, ...headers },
    });
  }

  /** An answer of which every value is as it is declared. */
  async ok<N extends AnswerName>(
    path: string,
    name: N,
    asked: Asked = {},
  ): Promise<v.InferOutput<(typeof ANSWERS)[N]>> {
    const response = await this.ask(path, asked);
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return v.parse(ANSWERS[name], JSON.parse(text));
  }

  /** A refusal, as RFC 9457 writes it. */
  async refused(path: string, status: number, asked: Asked = {}): Promise<Problem> {
    return problemIn(await this.ask(path, asked), status);
  }

  query(body: object): Asked {
    return {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
  }
}

/** The problem that a response tells. */
export async function problemIn(response: Response, status: number): Promise<Problem> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const problem = v.parse(problemSchema, JSON.parse(text));
  assert.equal(problem.status, status);
  return problem;
}

async function fill(root: string): Promise<void> {
  const mirror = await openMirror(root);
  const run = begin(mirror, 'run-1', 1, { name: 'alphaville', url: 'https://chat.example.org/ai' });
  mirror.applyUsers(run, [user('ann', { name: 'Ann' }), user('bob', { name: 'Bob' })]);
  for (const [index, owner] of ['ann', 'ann', 'bob'].entries()) {
    mirror.applyChat(
      run,
      fetched(chat(`chat-${index}`, { userRemoteId: owner, messages: exchange(`chat-${index}`) })),
    );
  }
  mirror.endRun(runEnd({ runId: run, status: 'partial', errorCode: 'http', error: 'A chat failed.' }));
  mirror.publish();
  mirror.close();
}
