import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { statusBarModel } from '../../src/extension/views/statusBarModel';
import { installCopy } from '../../src/headless/cliCopy';
import { currentCopy } from '../../src/headless/currentCopy';
import { headlessFolderAt } from '../../src/headless/headlessFolder';
import { noteInstalled } from '../../src/headless/installedSchedule';
import { generateCompany } from '../../src/sample/company/company';
import { startSampleServer, type SampleServer } from '../../src/sample/server';
import type { Instance } from '../../src/store/instances/instance';
import { updateInstance } from '../../src/store/instances/instancesFile';
import { holdAnswers } from '../heldAnswers';
import { Answers } from './answers';
import { addInstance, removeAllInstances, theCore, theExtension, until } from './support';

describe('syncs without the editor', () => {
  let core: Core;
  let server: SampleServer;
  let instance: Instance;
  let keys: string;

  before(async () => {
    core = await theCore();
    keys = mkdtempSync(join(tmpdir(), 'headless-'));
    server = await startSampleServer({
      world: generateCompany({ name: 'headless', users: 4, chats: 10, messages: 30 }),
    });
  });
  beforeEach(async () => {
    await removeAllInstances(core);
    rmSync(headlessFolderAt(core.folder.root).root, { recursive: true, force: true });
    instance = await addInstance(core, 'alpha', server);
    const path = join(keys, 'alpha.key');
    writeFileSync(path, server.apiKey, { mode: 0o600 });
    await updateInstance(core.folder.root, instance.id, { credential: { kind: 'file', path } });
  });
  afterEach(() => setSchedule(undefined));
  after(async () => {
    await removeAllInstances(core);
    await server.close();
    rmSync(headlessFolderAt(core.folder.root).root, { recursive: true, force: true });
    rmSync(keys, { recursive: true, force: true });
  });

  const dist = (): string => join(theExtension().extensionPath, 'dist');
  const ownVersion = (): string => (theExtension().packageJSON as { version: string }).version;
  const runs = () =>
    core.mirror.status.instances.find(({ instanceId }) => instanceId === instance.id)?.runs ?? [];

  async function setSchedule(value: string | undefined): Promise<void> {
    const configuration = vscode.workspace.getConfiguration('openwebuiSync');
    await configuration.update('timer.schedule', value, vscode.ConfigurationTarget.Global);
  }

  /** Runs the copy in the data folder as the system does: with no environment, by a Node of its own. */
  function launch(
    ...args: readonly string[]
  ): Promise<{ readonly code: number | null; readonly said: string }> {
    const { launcher } = headlessFolderAt(core.folder.root);
    const child = spawn(process.execPath, [launcher, ...args], { env: { ELECTRON_RUN_AS_NODE: '1' } });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, said }));
    });
  }

  /** Takes down what is typed into terminals. */
  function fakeTerminal() {
    const window = vscode.window as unknown as Record<string, unknown>;
    const original = window['createTerminal'];
    const typed: { readonly text: string; readonly isRun: boolean }[] = [];
    window['createTerminal'] = () => ({
      show: () => undefined,
      sendText: (text: string, isRun: boolean) => typed.push({ text, isRun }),
    });
    return { typed, restore: () => (window['createTerminal'] = original) };
  }

  /** What a line prints that somebody runs in a shell. */
  function shell(line: string): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile('sh', ['-c', line], (error, out, err) =>
        error === null ? resolve(out) : reject(new Error(err, { cause: error })),
      );
    });
  }

  it('are done by the command line of this extension, which takes the place of an older one', async () => {
    await installCopy(core.folder.root, { dist: dist(), version: '0.0.1' }, Date.now());
    await core.updateCommandLine();
    assert.equal((await currentCopy(core.folder.root))?.version, ownVersion());
    assert.equal((await launch('--version')).said.trim(), ownVersion());
  });

  for (const kept of [true, false]) {
    it(`are set up by a line in a terminal, of the command line ${kept ? 'in the data folder' : 'here'}`, async () => {
      if (kept) {
        await installCopy(core.folder.root, { dist: dist(), version: ownVersion() }, Date.now());
      }
      const answers = new Answers();
      const { typed, restore } = fakeTerminal();
      try {
        answers.give('Every hour');
        await vscode.commands.executeCommand('openwebuiSync.installSchedule');
      } finally {
        restore();
        answers.restore();
      }
      const [{ text, isRun } = { text: '', isRun: true }] = typed;
      assert.equal(isRun, false);
      const { launcher } = headlessFolderAt(core.folder.root);
      assert.equal(
        text.includes(`'${kept ? launcher : join(dist(), 'cli.js')}' schedule install`),
        true,
        text,
      );
      const said = await shell(`${text} --print`);
      assert.ok(said.includes(launcher), said);
    });
  }

  it('are left to a newer command line, and to nobody where none was asked for', async () => {
    await core.updateCommandLine();
    assert.equal(await currentCopy(core.folder.root), undefined);
    await installCopy(core.folder.root, { dist: dist(), version: '99.0.0' }, Date.now());
    await core.updateCommandLine();
    assert.equal((await currentCopy(core.folder.root))?.version, '99.0.0');
  });

  it('are shown while and after they run, and the timer does none of their work', async () => {
    await installCopy(core.folder.root, { dist: dist(), version: ownVersion() }, Date.now());
    await noteInstalled(core.folder.root, {
      scheduler: 'systemd',
      every: { kind: 'hourly' },
      node: process.execPath,
      installedAt: Math.floor(Date.now() / 1000),
    });
    await setSchedule('hourly');
    await until(core, () => core.timer.isOn);
    const startedAt = Date.now();
    assert.ok((core.timer.nextRuns(startedAt).get(instance.id) ?? Infinity) <= startedAt);

    // So that it is seen while it runs.
    const letGo = holdAnswers(server, ({ path }) => path.includes('/chats/'));
    const run = launch('schedule', 'run', '--every', '1h', '--data', core.folder.root);
    try {
      await until(core, () => core.mirror.running.length > 0);
      assert.match(core.model.tree()[0]?.description ?? '', /^running in another window$/);
      await core.timer.tick(Date.now());
    } finally {
      letGo();
    }
    const { code, said } = await run;
    assert.equal(code, 0, said);
    await core.mirror.reload();
    assert.deepEqual(
      runs().map(({ status, trigger }) => ({ status, trigger })),
      [{ status: 'ok', trigger: 'schedule' }],
    );

    server.clearRequests();
    assert.ok((core.timer.nextRuns().get(instance.id) ?? 0) > startedAt + 50 * 60_000);
    await core.timer.tick(Date.now());
    assert.deepEqual(server.requests, []);
    assert.equal(runs().length, 1);

    const tooltip = (): string => statusBarModel(core.model.view())?.tooltip ?? '';
    await until(core, () => /Also synced without the editor every hour, last at/.test(tooltip()));
  });
});
