import assert from 'node:assert/strict';
import { createServer, request, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import type { SampleServer } from '../../src/sample/server';
import type { Instance } from '../../src/store/instances/instance';
import { Answers } from './answers';
import { removeAllInstances, startSmallServer, theCore, until } from './support';

const SIGN_IN = '/api/v1/auths/signin';
const secondsNow = (): number => Math.floor(Date.now() / 1000);

describe('signing in with a password', () => {
  let core: Core;
  let server: SampleServer;
  let instance: Instance;
  let answers: Answers;

  before(async () => {
    core = await theCore();
  });
  beforeEach(async () => {
    await removeAllInstances(core);
    server = await startSmallServer('sign-in');
    answers = new Answers();
    instance = await core.instances.add({ name: 'alpha', url: server.url });
  });
  afterEach(async () => {
    answers.restore();
    await removeAllInstances(core);
    await server.close();
  });

  /** A session that has just ended, with or without the password that renews it. */
  async function keepEnded(password?: string): Promise<void> {
    const { id, email } = server.world.users.admin();
    const { token } = server.sessions.open(id, { tokenLife: 1 });
    const login = password === undefined ? undefined : { email, password };
    await core.credentials.set(instance, { kind: 'token', value: token, expiresAt: secondsNow() }, login);
  }

  function tries(): number {
    return server.requests.filter(({ path }) => path === SIGN_IN).length;
  }

  it('renews a session by one try when the password was kept', async () => {
    await keepEnded(server.world.users.admin().password);
    await vscode.commands.executeCommand('openwebuiSync.sync', 'alpha');
    await until(core, () => /^20 chats/.test(core.model.tree()[0]?.description ?? ''));
    assert.equal(tries(), 1);
    const stored = await core.credentials.getStored(instance);
    assert.equal(stored?.login?.password, server.world.users.admin().password);
    await vscode.commands.executeCommand('openwebuiSync.sync', 'alpha');
    assert.equal(tries(), 1);
  });

  it('forgets a password that is wrong after one try, and asks once', async () => {
    await keepEnded('not the password');
    await vscode.commands.executeCommand('openwebuiSync.sync', 'alpha');
    await vscode.commands.executeCommand('openwebuiSync.sync', 'alpha');
    assert.equal(tries(), 1);
    assert.equal((await core.credentials.getStored(instance))?.login, undefined);
    const told = answers.shown.filter(({ text }) => /the kept password was forgotten/.test(text));
    assert.equal(told.length, 1);
    assert.deepEqual(told[0]?.buttons, ['Sign In Again']);
    await until(core, () => /key needed/.test(core.model.tree()[0]?.description ?? ''));
  });

  it('keeps the password of a new instance only when that is asked for', async () => {
    const { email, password } = server.world.users.admin();
    const add = async (name: string, keep: string) => {
      answers.give(
        server.url,
        name,
        '$(account) E-Mail and Password',
        email,
        password,
        keep,
        'Pseudonyms',
        'Later',
      );
      await vscode.commands.executeCommand('openwebuiSync.addInstance');
      assert.deepEqual(answers.left, []);
      const added = core.instances.list().find((candidate) => candidate.name === name);
      assert.ok(added);
      assert.equal(added.privacy, 'pseudonyms');
      return core.credentials.getStored(added);
    };
    const without = await add('without', '$(circle-slash) Do Not Keep the Password');
    assert.equal(without?.credential.kind, 'token');
    assert.equal(without.login, undefined);
    const kept = await add('kept', '$(key) Keep the Password in the System Keyring');
    assert.deepEqual(kept?.login, { email, password });
    const files = await readFile(join(core.folder.root, 'instances.json'), 'utf8');
    assert.ok(!files.includes(password) && !files.includes(email));
  });

  it('tells once that a session is about to end which nobody renews', async () => {
    const { id } = server.world.users.admin();
    const expiresAt = secondsNow() + 600;
    const { token } = server.sessions.open(id, { tokenLife: 600 });
    // Entered long ago, as far as the product knows: less than a tenth of its life is left.
    const savedAt = Date.now() - 28 * 86_400_000;
    const name = `credential/${instance.id}/${new URL(server.url).origin}`;
    const text = JSON.stringify({
      version: 1,
      savedAt,
      credential: { kind: 'token', value: token, expiresAt },
    });
    await core.context.secrets.store(name, text);
    await until(
      core,
      () => core.model.tree()[0]?.children.some(({ label }) => label === 'Sign-in ends') === true,
    );
    await core.signIns.refresh();
    await core.signIns.refresh();
    const told = answers.shown.filter(({ text: shown }) => /The sign-in to alpha ends on/.test(shown));
    assert.equal(told.length, 1);
  });
});

describe('a server below a path', () => {
  let core: Core;
  let server: SampleServer;
  let proxy: Server;

  before(async () => {
    core = await theCore();
    server = await startSmallServer('below-a-path');
    proxy = createServer((incoming, outgoing) => {
      const { url = '', method, headers } = incoming;
      if (!url.startsWith('/chat/')) {
        outgoing.writeHead(404).end();
        return;
      }
      const onward = request(server.url + url.slice('/chat'.length), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => removeAllInstances(core));
  after(async () => {
    await removeAllInstances(core);
    proxy.close();
    await server.close();
  });

  it('is synced at that path and asked at no other', async () => {
    const { port } = proxy.address() as AddressInfo;
    const instance = await core.instances.add({ name: 'alpha', url: `http://127.0.0.1:${port}/chat/` });
    await core.credentials.set(instance, { kind: 'apiKey', value: server.apiKey });
    await vscode.commands.executeCommand('openwebuiSync.sync', 'alpha');
    await until(core, () => /^20 chats/.test(core.model.tree()[0]?.description ?? ''));
  });
});
